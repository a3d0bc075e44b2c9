// Where modules come from and what happens where there is no compiler; that what it compiles is right is held by
// test/engines/event/ops/described-neurons.slow.ts.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import test from 'ava';
import { EngineError, UnsupportedError } from '../../../../src/errors.js';
import * as browser from '../../../../src/engines/event/generate/browser/compile.js';
import {
  compileStep,
  type Compiler,
  type CompileSettings,
  loadCompiler,
  moduleName,
} from '../../../../src/engines/event/generate/compile.js';
import { compilerOptions } from '../../../../src/engines/event/compiler-options.js';
import { temporaryFolder } from '../../../helpers/folder.js';

/** The smallest module there is. */
const EMPTY = Uint8Array.of(0, 0x61, 0x73, 0x6d, 1, 0, 0, 0);

/** A compiler that counts, and sees the step and the loops. */
function counting(result: Uint8Array | null = EMPTY) {
  const seen: string[][] = [];
  const compiler: Compiler = {
    version: 'any',
    main(options, { readFile, writeFile }) {
      seen.push(options);
      for (const file of ['described.ts', 'step.ts', 'arguments.ts'])
        if (readFile(file) === null) throw new Error(`${file} is not packed`);
      if (readFile('../secret.ts') !== null) throw new Error('more than what is packed');
      if (result) writeFile('step.wasm', result);
      return Promise.resolve({
        error: result ? null : new Error('1 error'),
        stderr: { toString: () => (result ? '' : 'TS1005: expected') },
      });
    },
  };
  return { seen, load: () => Promise.resolve(compiler) };
}

const never: CompileSettings['load'] = () => Promise.reject(new Error('the compiler was asked for'));

test('a step is compiled once: then it comes from memory, and in another process from the disk', async (t) => {
  const cache = temporaryFolder(t);
  const { seen, load } = counting();
  const first = await compileStep('// once', 'plain', { cache, load });
  t.is(await compileStep('// once', 'plain', { cache, load }), first);
  t.is(seen.length, 1);
  t.deepEqual(seen[0].slice(3), compilerOptions('plain', 'waiting'));
  const file = `${moduleName('// once', 'plain')}.wasm`;
  t.deepEqual(new Uint8Array(readFileSync(join(cache, file))), EMPTY);
  const other = temporaryFolder(t);
  writeFileSync(join(other, file), EMPTY);
  t.true(
    (await compileStep('// once', 'plain', { cache: other, load: never })) instanceof WebAssembly.Module,
  );
});

test('another step and another build are other modules', (t) => {
  const names = [moduleName('a', 'plain'), moduleName('b', 'plain'), moduleName('a', 'fma')];
  t.is(new Set(names).size, 3);
  t.true(names.every((name) => /^[0-9a-f]{32}$/.test(name)));
});

test('a damaged file is made again, and a folder that cannot be written keeps nobody from running', async (t) => {
  const cache = temporaryFolder(t);
  const file = join(cache, `${moduleName('// damaged', 'plain')}.wasm`);
  writeFileSync(file, EMPTY.subarray(0, 5));
  const { seen, load } = counting();
  await compileStep('// damaged', 'plain', { cache, load });
  t.is(seen.length, 1);
  t.deepEqual(new Uint8Array(readFileSync(file)), EMPTY);
  const blocked = join(temporaryFolder(t), 'file');
  writeFileSync(blocked, 'a file where the folder should be');
  t.true((await compileStep('// blocked', 'plain', { cache: blocked, load })) instanceof WebAssembly.Module);
});

test('without the compiler it says what to install, and looks again the next time', async (t) => {
  const cache = temporaryFolder(t);
  const missing = () => Promise.reject(new UnsupportedError('not installed'));
  await t.throwsAsync(compileStep('// later', 'plain', { cache, load: missing }), {
    instanceOf: UnsupportedError,
  });
  const { load } = counting();
  t.true((await compileStep('// later', 'plain', { cache, load })) instanceof WebAssembly.Module);
  t.true(existsSync(cache));
});

test('what does not compile is a defect of the engine, and says what the compiler said', async (t) => {
  const cache = join(temporaryFolder(t), 'made');
  mkdirSync(cache);
  const { load } = counting(null);
  await t.throwsAsync(compileStep('// wrong', 'plain', { cache, load }), {
    instanceOf: EngineError,
    message: /does not compile: TS1005: expected; this is a defect of the engine/,
  });
});

test('another version of the compiler is as good as none; the one that the package is tested with is taken', async (t) => {
  const install = /run `npm install assemblyscript@[\d.]+`, or take `--engine tfjs`, which needs none/;
  const other: Compiler = { version: '0.1.0', main: () => Promise.reject(new Error('unused')) };
  const wrong = await t.throwsAsync(
    loadCompiler(() => Promise.resolve(other)),
    {
      instanceOf: UnsupportedError,
      message: install,
    },
  );
  t.regex(wrong!.message, /compiled by assemblyscript [\d.]+, and version 0\.1\.0 is installed/);
  const absent = () => Promise.reject(new Error('Cannot find package'));
  const missing = await t.throwsAsync(loadCompiler(absent), {
    instanceOf: UnsupportedError,
    message: install,
  });
  t.regex(missing!.message, /which is not installed/);
  const version = /assemblyscript ([\d.]+),/.exec(wrong!.message)![1];
  const right = { ...other, version };
  t.is(await loadCompiler(() => Promise.resolve(right)), right);
});

test('in a page nothing is compiled, and what to take is said', (t) => {
  t.throws(() => browser.compileStep('', 'plain'), { instanceOf: UnsupportedError, message: /take LIF/ });
});
