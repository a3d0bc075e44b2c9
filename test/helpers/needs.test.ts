import { execFile } from 'node:child_process';
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import test from 'ava';
import { temporaryFolder } from './folder.js';

test('settings in the environment do not reach tests; the folder of data does, as an absolute path', (t) => {
  const found = Object.keys(process.env).filter((name) => name.startsWith('SGS_') && name !== 'SGS_DATA');
  t.deepEqual(found, []);
  const { SGS_DATA } = process.env;
  if (SGS_DATA !== undefined) t.is(SGS_DATA, resolve(SGS_DATA));
});

test('what is missing is skipped by the file, counted by ava, and said in the last line', async (t) => {
  const folder = temporaryFolder(t);
  mkdirSync(join(folder, 'data'));
  writeFileSync(join(folder, 'data', 'there.bin'), '');
  symlinkSync(resolve('node_modules'), join(folder, 'node_modules'), 'junction');
  writeFileSync(join(folder, 'package.json'), '{"type": "module"}');
  // Tests of its own to compile, and where the compiled ones are.
  mkdirSync(join(folder, 'test'));
  writeFileSync(join(folder, 'test', 'nothing.ts'), 'export {};');
  writeFileSync(
    join(folder, 'test', 'tsconfig.json'),
    '{"compilerOptions": {"types": [], "outDir": "../build"}, "files": ["nothing.ts"]}',
  );
  writeFileSync(join(folder, 'test', 'compiled.config.mjs'), "export default { files: ['*.test.js'] };");
  const at = (file: string): string => JSON.stringify(pathToFileURL(resolve(file)).href);
  writeFileSync(
    join(folder, 'a.test.js'),
    `import ${at('test/_environment.mjs')};
     import ${at('test/_register-ts.mjs')};
     const { testWithData } = await import(${at('test/helpers/needs.ts')});
     testWithData('there.bin')('with its file', (t) => t.is(process.env.SGS_THREADS, undefined));
     testWithData('there.bin', 'absent.bin')('without its file', (t) => t.fail());
     testWithData('absent.bin')('another', (t) => t.fail());`,
  );
  const [code, stdout] = await new Promise<[unknown, string]>((done) =>
    execFile(
      process.execPath,
      [resolve('test/run.mjs')],
      {
        cwd: folder,
        env: { ...process.env, SGS_DATA: 'data', SGS_THREADS: 'x', NODE_OPTIONS: '', AVA_PATH: '' },
      },
      (error, out) => done([error?.code ?? 0, out]),
    ),
  );
  t.is(code, 0, stdout);
  t.regex(stdout, /✔ with its file/);
  t.regex(stdout, /2 tests skipped/);
  t.is(stdout.trimEnd().split('\n').at(-1), '2 skipped: SGS_DATA has no absent.bin (2)');
});
