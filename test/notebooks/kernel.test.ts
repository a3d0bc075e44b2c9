// One kernel for all: starting one takes seconds. Needs dist (npm run build).
import { once } from 'node:events';
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { stripVTControlCharacters } from 'node:util';
import test, { type ExecutionContext } from 'ava';
import { Kernel } from '../../src/notebooks/kernel.js';
import type { Output } from '../../src/notebooks/nbformat.js';
import { packageRoot } from '../../src/paths.js';
import { temporaryFolder } from '../helpers/folder.js';

const cwd = resolve('notebooks');
const textOf = (outputs: readonly Output[]): string =>
  outputs.map((output) => (output.output_type === 'stream' ? output.text : '')).join('');

/** Waits until a cell has printed something, which it may do after its end; the check is the caller's. */
async function waitFor(outputs: readonly Output[], wanted: RegExp): Promise<void> {
  for (let tries = 0; tries < 3000 && !wanted.test(textOf(outputs)); tries++) await sleep(20);
}

/**
 * An interrupt for when a cell is ready for it: aborts once the cell has made a file, with `ready` as code. A time after
 * its start is none: type-checking takes as long as it takes, and the synchronous part of a cell dies of an interrupt.
 */
function interruptWhenReady(t: ExecutionContext): { ready: string; signal: AbortSignal } {
  const file = join(temporaryFolder(t), 'ready');
  const controller = new AbortController();
  const timer = setInterval(() => existsSync(file) && controller.abort(), 20);
  t.teardown(() => clearInterval(timer));
  return {
    ready: `require('node:fs').writeFileSync(${JSON.stringify(file)}, '');`,
    signal: controller.signal,
  };
}

let kernel: Kernel;
test.before(async () => {
  kernel = await Kernel.start({ cwd, environment: { SGS_TEST: 'given' } });
});
test.after.always(() => kernel?.shutdown());

test.serial('Kernel: the folder, the environment, a closed stdin and top-level await', async (t) => {
  const { status, outputs } = await kernel.execute(
    `const text = await Promise.resolve(process.env.SGS_TEST);
     import { readFileSync } from 'node:fs';
     console.log(text, readFileSync(0).length, process.cwd().endsWith('notebooks'))`,
  );
  t.is(status, 'ok', textOf(outputs));
  t.is(textOf(outputs), 'given 0 true\n');
});

test.serial('Kernel: util.isNullOrUndefined is there for tfjs-node-gpu on any Node', async (t) => {
  const { outputs } = await kernel.execute(
    `const { isNullOrUndefined } = require('util'); console.log(isNullOrUndefined(null), isNullOrUndefined(0))`,
  );
  t.is(textOf(outputs), 'true false\n');
});

test.serial(
  'Kernel: the last value of a cell is shown as what it is; a promise says that it lacks its await',
  async (t) => {
    const imported = await kernel.execute(`import { loadTrained, show, toTable } from 'sgs-snn';`);
    t.is(imported.status, 'ok', imported.stderr);
    const shown = async (code: string): Promise<Output[]> => {
      const { status, outputs, stderr } = await kernel.execute(code);
      t.is(status, 'ok', stderr);
      return [...outputs];
    };
    const html = (outputs: readonly Output[]): string =>
      outputs.map((output) => ('data' in output ? String(output.data['text/html'] ?? '') : '')).join('');
    t.regex(html(await shown(`loadTrained('convnet-shapes10').record`)), /<td[^>]*>test accuracy<\/td>/);
    t.regex(html(await shown(`toTable([{ a: 7 }])`)), /<td[^>]*>7<\/td>/);
    const [figure] = await shown(`({ data: [{ type: 'scatter', y: [1, 2] }], layout: {} })`);
    t.true('data' in figure && 'application/vnd.plotly.v1+json' in figure.data);
    t.is(textOf(await shown(`Promise.resolve(1)`)), 'a promise, not its value: write `await` before it\n');
    t.is(stripVTControlCharacters(textOf(await shown(`[1, 'a']`))), "[ 1, 'a' ]\n");
  },
);

test.serial('Kernel: 3000 lines printed in one go all arrive', async (t) => {
  const { status, outputs } = await kernel.execute('for (let i = 0; i < 3000; i++) console.log(i);');
  t.is(status, 'ok');
  t.is(textOf(outputs), Array.from({ length: 3000 }, (_, i) => `${i}\n`).join(''));
});

test.serial('Kernel: a type error stops a cell, and the next cell still runs', async (t) => {
  const failed = await kernel.execute('const wrong: string = 3;');
  t.is(failed.status, 'error');
  t.regex(failed.stderr, /Type 'number' is not assignable to type 'string'/);
  t.is(textOf((await kernel.execute('console.log("on")')).outputs), 'on\n');
});

test.serial('Kernel: what code that a cell left running writes to stderr later is told too', async (t) => {
  const cell = await kernel.execute('setTimeout(() => console.error("late"), 500); void 0;');
  t.is(cell.status, 'ok');
  await waitFor(cell.outputs, /late/);
  t.is(cell.stderr, 'late\n');
});

test.serial('Kernel: an interrupt stops a synchronous cell', async (t) => {
  const signal = AbortSignal.timeout(300);
  const { status, stderr } = await kernel.execute('for (;;) {}', { signal });
  t.is(status, 'interrupted');
  t.regex(stderr, /interrupted by `SIGINT`/);
  t.notRegex(stderr, / at /);
});

test.serial(
  'interruptSignal: a loop in a cell stops cleanly, the kernel lives, the next signal is fresh',
  async (t) => {
    await kernel.execute(`import { interruptSignal } from 'sgs-snn/cell/interrupt';`);
    for (let round = 0; round < 2; round++) {
      const { ready, signal } = interruptWhenReady(t);
      const loop = `
      const signal = interruptSignal();
      console.log('begun', signal.aborted);
      while (!signal.aborted) {
        await new Promise((resolve) => setTimeout(resolve, 10));
        ${ready}
      }
      console.log('stopped cleanly');`;
      const { status, outputs } = await kernel.execute(loop, { signal });
      t.is(status, 'interrupted');
      await waitFor(outputs, /cleanly/);
      t.regex(textOf(outputs), /begun false[^]*stopped cleanly/);
    }
    t.is(textOf((await kernel.execute('console.log("alive")')).outputs), 'alive\n');
  },
);

test.serial('an interrupt before the first long call of a kernel stops that call', async (t) => {
  const fresh = await Kernel.start({ cwd });
  t.teardown(() => fresh.shutdown());
  await fresh.execute(`import { signalOrInterrupt } from 'sgs-snn/cell/interrupt';`);
  const { ready, signal } = interruptWhenReady(t);
  const { status, outputs } = await fresh.execute(
    `await undefined; ${ready}
     await new Promise((resolve) => setTimeout(resolve, 500));
     try { signalOrInterrupt(undefined); console.log('begun'); } catch (error) { console.log(error.name); }`,
    { signal },
  );
  t.is(status, 'interrupted');
  await waitFor(outputs, /AbortError|begun/);
  t.regex(textOf(outputs), /AbortError/);
  t.notRegex(textOf(outputs), /begun/);
});

test.serial(
  'engine event: a cell that trains is interrupted, and its threads and its model work on',
  async (t) => {
    const prepared = await kernel.execute(`
    import { convNet, experiment, initialWeights, openEngine } from 'sgs-snn';
    const net = convNet({ classes: 4, width: 0.25, size: 16 });
    const engine = await openEngine({ engine: 'event', threads: 2 });
    const model = engine.createModel(net, experiment({}), initialWeights(net, 0));
    const batch = { x: new Float32Array(8 * 16 * 16 * 3).fill(0.3), shape: [8, 16, 16, 3], labels: new Int32Array(8) };`);
    t.is(prepared.status, 'ok', prepared.stderr);
    const { ready, signal } = interruptWhenReady(t);
    const { status, outputs } = await kernel.execute(
      `let steps = 0;
     const stop = interruptSignal();
     console.log('begun');
     while (!stop.aborted) {
       await model.trainStep(batch, 1e-3);
       steps += 1;
       ${ready}
     }
     console.log('stopped after some', steps > 0);`,
      { signal },
    );
    t.is(status, 'interrupted');
    await waitFor(outputs, /stopped/);
    t.regex(textOf(outputs), /stopped after some true/);
    const again = await kernel.execute(
      `const { loss } = await model.trainStep(batch, 1e-3);
     console.log(Number.isFinite(loss));
     engine.dispose();`,
    );
    t.is(textOf(again.outputs), 'true\n', again.stderr);
  },
);

test.serial('Kernel: a timeout interrupts a cell that waits', async (t) => {
  const { status } = await kernel.execute('await new Promise((resolve) => setTimeout(resolve, 3000));', {
    timeoutSeconds: 0.3,
  });
  t.is(status, 'timeout');
});

test.serial('kernel.cjs: shorthand properties of variables of earlier cells, in every form', async (t) => {
  const run = async (code: string): Promise<string> => {
    const { outputs } = await kernel.execute(code);
    return textOf(outputs);
  };
  await run('const a = 1; let b = 2; const f = (given: { b: number }) => given.b;');
  t.is(
    await run('console.log({ a }, { c: 0, a, b }, f({ b }), [{ a, inner: { b } }]);'),
    '{ a: 1 } { c: 0, a: 1, b: 2 } 2 [ { a: 1, inner: { b: 2 } } ]\n',
  );
  t.is(await run('({ b } = { b: 3 }); console.log(b);'), '3\n');
  t.is(await run('({ b = 4 } = {} as { b?: number }); console.log(b);'), '4\n');
  t.is(
    await run('const g = ({ a, b = 9 }: { a: number; b?: number }) => ({ a, b }); console.log(g({ a: 7 }));'),
    '{ a: 7, b: 9 }\n',
  );
  t.is(await run('const own = 5; console.log({ own, a });'), '{ own: 5, a: 1 }\n');
});

test.serial('kernel.cjs: an error of type behind a shorthand has the place it has in the cell', async (t) => {
  const { stderr } = await kernel.execute('console.log({ a }, unknown1);');
  t.is(stderr, "1:20 - Cannot find name 'unknown1'.\n");
  t.regex((await kernel.execute('f({ b = 1 });')).stderr, /1:7 - Did you mean to use a ':'\?/);
});

test.serial(
  'kernel.cjs: an error is its message and the lines of cells that led to it, no stack',
  async (t) => {
    const count = async (): Promise<number> => {
      const { outputs } = await kernel.execute(
        `interface Gone { y: number }

// a type and a comment have no line in JavaScript
const deep = async (given: Gone): Promise<void> => {
  await null;
  if (given.y > 0) throw new RangeError('boom', { cause: new TypeError('why') });
};
console.log(1);`,
      );
      return outputs.length;
    };
    t.is(await count(), 1);
    const failed = await kernel.execute(
      `import { readFileSync as read } from 'node:fs';\n\nawait deep({ y: 1 });`,
    );
    t.is(failed.status, 'error');
    t.regex(
      failed.stderr,
      /^RangeError: boom\n {4}in line 6 of cell \[\d+\]: if \(given\.y > 0\) throw .*\n {4}in line 3: await deep\(\{ y: 1 \}\);\ncaused by TypeError: why\n {4}in line 6 of cell \[\d+\]: .*\n {4}in line 3: await .*\n$/,
    );
    const library = await kernel.execute(
      `import { experiment } from 'sgs-snn';\nimport { readFileSync } from 'node:fs';\n\nexperiment({\n  epochs: -1,\n});`,
    );
    t.regex(library.stderr, /^SettingsError: [^]*epochs[^]*\n {4}in line 4: experiment\(\{\n$/);
    t.notRegex(library.stderr, / at |node_modules|dist/);
    t.is((await kernel.execute(`throw 'a text';`)).stderr, 'a text\n');
  },
);

test.serial('kernel.cjs: errors that nobody caught are told the same way, by their kind', async (t) => {
  const cell = await kernel.execute(
    `setTimeout(() => {\n  throw new Error('late');\n}, 10);\nvoid Promise.reject(new Error('stray'));`,
  );
  await waitFor(cell.outputs, /late/);
  t.regex(cell.stderr, /^UnhandledPromiseRejection: Error: stray\n {4}in line 4: void Promise\.reject.*\n/m);
  t.regex(cell.stderr, /^UncaughtException: Error: late\n {4}in line 2: throw new Error\('late'\);\n/m);
});

test.serial(
  'Kernel: a kernel that dies ends its cell with how it died, and keeps what was shown',
  async (t) => {
    const cell = await kernel.execute(
      `console.log('last words');
     await new Promise((resolve) => setTimeout(resolve, 300));
     process.kill(process.pid, 'SIGKILL');`,
    );
    t.is(cell.status, 'died');
    t.is(textOf(cell.outputs), 'last words\n');
    t.is(kernel.death, 'ended with SIGKILL, as the system does where memory runs out');
    t.like(await kernel.execute('1'), { status: 'died', outputs: [] });
    await t.notThrowsAsync(kernel.shutdown());
  },
);

test.serial('kernel.cjs: leaves when its parent is not the runner, and says how it is used', async (t) => {
  const script = `${packageRoot()}/jupyter/kernel.cjs`;
  const child = spawn(process.execPath, [script], { stdio: ['ignore', 'ignore', 'pipe'] });
  let said = '';
  child.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()));
  t.deepEqual(await once(child, 'close'), [1, null]);
  t.regex(said, /usage: node kernel\.cjs <connection file>/);

  const orphan = spawn(process.execPath, [script, 'nowhere.json', '1'], { stdio: 'ignore' });
  t.deepEqual(await once(orphan, 'exit'), [null, 'SIGKILL']);
});
