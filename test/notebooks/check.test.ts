// Checking committed outputs with the real kernel. Needs dist (npm run build).
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test from 'ava';
import { DataError, SettingsError } from '../../src/errors.js';
import { checkNotebooks } from '../../src/notebooks/check.js';
import { createNotebook, formatNotebook, readNotebook } from '../../src/notebooks/nbformat.js';

const folder = mkdtempSync(join(tmpdir(), 'sgs-checked-'));
test.after.always(() => rmSync(folder, { recursive: true }));

function write(name: string, cells: Parameters<typeof createNotebook>[0]): string {
  const file = join(folder, name);
  writeFileSync(file, formatNotebook(createNotebook(cells)));
  return file;
}
async function check(files: string[], update = false): Promise<{ wrong: string[]; lines: string }> {
  const lines: string[] = [];
  const wrong = await checkNotebooks(files, { update, jobs: 2, print: (line) => lines.push(line) });
  return { wrong, lines: lines.join('\n') };
}

test.serial(
  'checkNotebooks: outputs are renewed, then as committed; another result and one that fails are named by cell',
  async (t) => {
    const counter = join(folder, 'counter.txt');
    writeFileSync(counter, '1');
    const file = write('a.ipynb', [
      '# A notebook',
      { code: `import { readFileSync, writeFileSync } from 'node:fs';\nimport { join } from 'node:path';` },
      {
        code: `writeFileSync(join(process.env.SGS_FIGURES!, 'a'), '');\nconsole.log('fine', readFileSync('counter.txt', 'utf8'));`,
      },
    ]);
    const broken = write('b.ipynb', [{ code: 'console.log("b");' }]);
    t.like(await check([file]), { wrong: [file] });
    t.regex((await check([file])).lines, /a\.ipynb {2}NOT CHECKED .*\n {4}has no outputs$/);

    t.deepEqual((await check([file, broken], true)).wrong, []);
    const [, , cell] = readNotebook(file).cells;
    t.like(cell, { execution_count: 2, outputs: [{ name: 'stdout', text: 'fine 1\n' }] });
    const bytes = readFileSync(file);
    t.regex((await check([file], true)).lines, /as it was/);
    t.deepEqual(readFileSync(file), bytes);

    writeFileSync(file, bytes.toString().replace('"version": "3.7.2"', '"version": "0"'));
    t.regex((await check([file])).lines, /its metadata language_info is not the kernel's/);
    t.regex((await check([file], true)).lines, /renewed/);
    t.deepEqual(readFileSync(file), bytes);

    writeFileSync(counter, '2');
    writeFileSync(
      broken,
      readFileSync(broken, 'utf8').replace(/console\.log\(\\"b\\"\);/, 'throw new Error();'),
    );
    const { wrong, lines } = await check([file, broken]);
    t.deepEqual(wrong, [file, broken]);
    t.regex(lines, /cell 3 `writeFileSync.*`: stream\.text, line 1: "fine 1" is now "fine 2"/);
    t.regex(lines, /b\.ipynb {2}FAILED/);
    t.deepEqual(readFileSync(file), bytes, 'a check writes nothing');
    t.false(existsSync(join(folder, 'figures')));
  },
);

test('checkNotebooks: a file that is no notebook is one fault among others', async (t) => {
  const file = join(folder, 'c.ipynb');
  writeFileSync(file, '{"cells": ');
  const { wrong, lines } = await check([file]);
  t.deepEqual(wrong, [file]);
  t.regex(lines, /c\.ipynb {2}NOT CHECKED .*\n {4}.*c\.ipynb: /);
});

test('checkNotebooks: nothing to check, and outputs that may not be committed are refused', async (t) => {
  await t.throwsAsync(checkNotebooks([join(folder, 'none')]), { instanceOf: DataError });
  await t.throwsAsync(checkNotebooks([]), { instanceOf: SettingsError });
  const file = write('c.ipynb', [{ code: 'console.log(process.cwd());' }]);
  const before = readFileSync(file);
  await t.throwsAsync(check([file], true), {
    instanceOf: DataError,
    message: /c\.ipynb: cell 1 .*names a folder of a machine/,
  });
  t.deepEqual(readFileSync(file), before);
});
