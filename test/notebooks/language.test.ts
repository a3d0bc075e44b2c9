import { createRequire } from 'node:module';
import test from 'ava';
import { DataError } from '../../src/errors.js';
import { requireTypescript } from '../../src/notebooks/language.js';
import { createNotebook, KERNEL_METADATA } from '../../src/notebooks/nbformat.js';
import { runNotebook } from '../../src/notebooks/run.js';
import { temporaryFolder } from '../helpers/folder.js';
import { packageRoot } from '../../src/paths.js';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const require = createRequire(import.meta.url);

test('KERNEL_METADATA: what tslab and the kernel’s specification say, word for word', (t) => {
  const { JupyterHandlerImpl } = require('tslab/dist/jupyter.js') as {
    JupyterHandlerImpl: new (
      executor: unknown,
      isJs: boolean,
    ) => { handleKernel(): { language_info: unknown } };
  };
  const { language_info: said } = new JupyterHandlerImpl(undefined, false).handleKernel();
  const folder = join(packageRoot(), 'jupyter', 'kernels', 'tslab');
  const spec = JSON.parse(readFileSync(join(folder, 'kernel.json'), 'utf8')) as Record<string, unknown>;
  t.deepEqual(KERNEL_METADATA, {
    kernelspec: { display_name: spec.display_name, language: spec.language, name: 'tslab' },
    language_info: said,
  } as never);
});

test('requireTypescript: another language is refused by name, none and any spelling of ours are taken', (t) => {
  const of = (metadata: object): ReturnType<typeof createNotebook> => ({
    ...createNotebook([]),
    metadata: metadata as never,
  });
  for (const metadata of [
    {},
    { kernelspec: { language: 'TypeScript' } },
    { language_info: { name: 'typescript' } },
  ])
    t.notThrows(() => requireTypescript(of(metadata), 'a.ipynb'));
  for (const metadata of [
    { kernelspec: { language: 'python', name: 'python3' }, language_info: { name: 'typescript' } },
    { kernelspec: { name: 'python3' }, language_info: { name: 'python' } },
  ])
    t.throws(() => requireTypescript(of(metadata), 'a.ipynb'), {
      instanceOf: DataError,
      message: /^a\.ipynb: a notebook in the language "python", expected "typescript"; run it with/,
    });
});

test('runNotebook: a Python notebook is refused before any kernel is started', async (t) => {
  const file = join(temporaryFolder(t), 'py.ipynb');
  const kernelspec = { display_name: 'Python 3', language: 'python', name: 'python3' };
  writeFileSync(
    file,
    JSON.stringify({ cells: [], metadata: { kernelspec }, nbformat: 4, nbformat_minor: 5 }),
  );
  // A kernel would fail in a folder that does not exist.
  await t.throwsAsync(runNotebook(file, { cwd: '/nowhere' }), { message: /language "python"/ });
});
