// One kernel for all: starting one takes seconds. Needs dist (npm run build).
import { once } from 'node:events';
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import test, { type ExecutionContext } from 'ava';
import { Kernel } from '../../src/notebooks/kernel.js';
import type { Output } from '../../src/notebooks/nbformat.js';
import { packageRoot } from '../../src/paths.js';
import { temporaryFolder } from '../helpers/folder.js';

const cwd = fileURLToPath(new URL('../../notebooks/', import.meta.url));
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

test.serial('Kernel: a kernel that dies in a cell fails it with how it ended', async (t) => {
  await t.throwsAsync(kernel.execute(`process.kill(process.pid, 'SIGKILL'); for (;;) {}`), {
    message: /the notebook kernel ended with SIGKILL/,
  });
  await t.throwsAsync(kernel.execute('1'), { message: /ended with SIGKILL/ });
  await t.notThrowsAsync(kernel.shutdown());
});

test.serial(
  'kernel.cjs: leaves when the process that started it dies, and says how it is used',
  async (t) => {
    const script = `${packageRoot()}/jupyter/kernel.cjs`;
    const child = spawn(process.execPath, [script], { stdio: ['ignore', 'ignore', 'pipe'] });
    let said = '';
    child.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()));
    t.deepEqual(await once(child, 'close'), [1, null]);
    t.regex(said, /usage: node kernel\.cjs <connection file>/);

    const orphan = spawn(process.execPath, [script, 'nowhere.json'], {
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    });
    const left = once(orphan, 'exit');
    orphan.disconnect();
    t.deepEqual(await left, [1, null]);
  },
);
