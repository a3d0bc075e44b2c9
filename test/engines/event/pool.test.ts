import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { pathToFileURL } from 'node:url';
import type { Worker } from 'node:worker_threads';
import test from 'ava';
import { EngineError, UnsupportedError } from '../../../src/errors.js';
import { Control } from '../../../src/engines/event/control.js';
import { FIRST_ADDRESS } from '../../../src/engines/event/model-memory.js';
import type { Op } from '../../../src/engines/event/op.js';
import type { Kernels } from '../../../src/engines/event/kernels.js';
import { loadKernels } from '../../../src/engines/event/module.js';
import { type OwnModule, openPool, type Pool } from '../../../src/engines/event/pool.js';

const SCRATCH = 1000; // not a multiple of 64
const BYTES = 1 << 20;
/** What takes longer hangs, on however loaded a machine; milliseconds. */
const HANGS = 600_000;

/** A model's memory of `BYTES` bytes, all ones, behind the pool's area. */
function attach(
  pool: Pool,
  own: readonly OwnModule[] = [],
): { kernels: Kernels; base: number; bytes: () => Uint8Array } {
  const base = FIRST_ADDRESS + pool.areaBytes(SCRATCH);
  const memory = new WebAssembly.Memory({ initial: (base + BYTES) / 65536 + 1, maximum: 4096, shared: true });
  const kernels = pool.attach(memory, own);
  kernels.lay({ address: FIRST_ADDRESS, scratch: SCRATCH });
  const bytes = (): Uint8Array => new Uint8Array(memory.buffer, base, BYTES);
  bytes().fill(1);
  return { kernels, base, bytes };
}

/** Clears the first byte of every stretch of `stride` bytes: each unit writes a byte of its own. */
const marks = (base: number, stride: number, units: number): Op[] =>
  Array.from({ length: units }, (_, i) => ({
    kernel: 'zero',
    args: [base + i * stride, 2, 1],
    units: 2,
    scratch: 0,
  }));

const sum = (bytes: Uint8Array): number => bytes.reduce((total, byte) => total + byte, 0);

for (const threads of [1, 2, 3, 8])
  test(`${threads} threads: every unit of every op runs once, with more units than threads and with fewer`, async (t) => {
    const pool = await openPool({ threads });
    t.teardown(() => pool.dispose());
    t.is(pool.workers.length, threads - 1);
    const { kernels, base, bytes } = attach(pool);
    for (const units of [0, 1, 2, 3, 1000]) {
      bytes().fill(1);
      await kernels.run([{ kernel: 'zero', args: [base + 1, units, 1], units, scratch: 0 }]);
      t.is(sum(bytes()), BYTES - units, `${units} units`);
      t.is(bytes()[0], 1);
      t.is(bytes()[units + 1], 1);
    }
    bytes().fill(1);
    await kernels.run(marks(base, 100, 9000)); // more than one batch, by ops and by arguments
    t.is(sum(bytes()), BYTES - 2 * 9000);
  });

test('runs asked for at once go one after the other, over two memories of one pool', async (t) => {
  const pool = await openPool({ threads: 3 });
  t.teardown(() => pool.dispose());
  const [a, b] = [attach(pool), attach(pool)];
  await Promise.all([a.kernels.run(marks(a.base, 64, 500)), b.kernels.run(marks(b.base, 32, 700))]);
  t.deepEqual([sum(a.bytes()), sum(b.bytes())], [BYTES - 1000, BYTES - 1400]);
  b.kernels.detach();
  b.kernels.detach();
  const error = await t.throwsAsync(b.kernels.run([]), { instanceOf: EngineError });
  t.regex(error.message, /the model is disposed; create it again/);
  await a.kernels.run([{ kernel: 'zero', args: [a.base, BYTES, 4096], units: BYTES / 4096, scratch: 0 }]);
  t.is(sum(a.bytes()), 0);
});

test('a module of a model’s own runs on every thread, as soon as it is there, beside models that have none', async (t) => {
  const pool = await openPool({ threads: 3 });
  t.teardown(() => pool.dispose());
  let arrive: (module: WebAssembly.Module) => void = () => undefined;
  const module = new Promise<WebAssembly.Module>((resolve) => (arrive = resolve));
  const a = attach(pool, [{ name: 'own', module }]);
  const b = attach(pool);
  const units = 500;
  const zero = (kernel: string, base: number): Op => ({ kernel, args: [base, units, 1], units, scratch: 0 });
  const run = a.kernels.run([zero('own/zero', a.base), zero('zero', a.base + units)]);
  arrive(loadKernels(pool.build));
  await run;
  t.is(sum(a.bytes()), BYTES - 2 * units);
  await b.kernels.run([zero('zero', b.base)]);
  t.is(sum(b.bytes()), BYTES - units);
  await t.throwsAsync(b.kernels.run([zero('own/zero', b.base)]), {
    instanceOf: EngineError,
    message: /no kernel is named own\/zero/,
  });
});

test('a module that cannot be had fails the runs of its model, and no other’s', async (t) => {
  const pool = await openPool({ threads: 2 });
  t.teardown(() => pool.dispose());
  const missing = Promise.reject(new UnsupportedError('the compiler is not installed'));
  const a = attach(pool, [{ name: 'own', module: missing }]);
  const b = attach(pool);
  const op = (base: number): Op => ({ kernel: 'zero', args: [base, 1, 1], units: 1, scratch: 0 });
  for (let i = 0; i < 2; i++)
    await t.throwsAsync(a.kernels.run([op(a.base)]), {
      instanceOf: UnsupportedError,
      message: /not installed/,
    });
  await b.kernels.run([op(b.base)]);
  t.is(sum(b.bytes()), BYTES - 1);
  a.kernels.detach();
});

test('a kernel that traps on any thread is an error that names it, and the pool stays usable', async (t) => {
  for (const threads of [1, 3]) {
    const pool = await openPool({ threads });
    t.teardown(() => pool.dispose());
    const { kernels, base, bytes } = attach(pool);
    for (let i = 0; i < 20; i++) {
      const outside = { kernel: 'zero', args: [0xf0000000, 8, 1], units: 8, scratch: 0 };
      const error = await t.throwsAsync(kernels.run([...marks(base, 64, 3), outside, ...marks(base, 8, 9)]), {
        instanceOf: EngineError,
      });
      t.regex(
        error.message,
        /kernel zero failed in unit \d of 8 \(thread \d\): memory access out of bounds;/,
      );
      t.is(sum(bytes()), BYTES - 6, 'what comes after it has not run');
    }
    await kernels.run(marks(base, 64, 1000));
    t.is(sum(bytes()), BYTES - 2000);
  }
});

/** Work for seconds, unless something ends it. */
const endless = (base: number): Op[] =>
  Array<Op>(100_000).fill({ kernel: 'zero', args: [base, BYTES, 4096], units: BYTES / 4096, scratch: 0 });

test('a worker that dies during a run is an error that names it; a new pool can be opened', async (t) => {
  t.timeout(HANGS);
  const pool = await openPool({ threads: 3 });
  const { kernels, base } = attach(pool);
  setTimeout(() => void pool.workers[1].terminate(), 0);
  const error = await t.throwsAsync(kernels.run(endless(base)), { instanceOf: EngineError });
  t.regex(error.message, /worker 2 of 2 ended with exit code 1; open the engine again/);
  await t.throwsAsync(
    kernels.run([]).then(() => kernels.run(marks(base, 64, 1))),
    { is: error },
  );
  t.throws(() => attach(pool), { is: error });
  await pool.dispose();
  const next = await openPool({ threads: 3 });
  const again = attach(next);
  await again.kernels.run(marks(again.base, 64, 10));
  t.is(sum(again.bytes()), BYTES - 20);
  await next.dispose();
});

test('a worker that dies amid a unit, which nobody will ever finish, is an error and no hang', async (t) => {
  t.timeout(HANGS);
  const pool = await openPool({ threads: 2 });
  t.teardown(() => pool.dispose());
  const { kernels, base } = attach(pool);
  const { buffer } = (pool as unknown as { control: Control }).control;
  const dead = new Control(buffer, 1); // takes part, and does nothing more
  let entered: Promise<void> | undefined;
  while (!entered) {
    await new Promise((resolve) => setTimeout(resolve, 200)); // so that the run lets the event loop in at once
    const run = kernels.run(endless(base).slice(0, 100));
    let over = false; // on a loaded machine the worker may be through before this thread is given the time to enter
    run.then(
      () => (over = true),
      () => undefined,
    );
    while (!entered && !over) {
      if (dead.enter() !== undefined) entered = run;
      else await new Promise((resolve) => setImmediate(resolve));
    }
  }
  setTimeout(() => void pool.workers[0].terminate(), 300);
  const error = await t.throwsAsync(entered, { instanceOf: EngineError });
  t.regex(error.message, /worker 1 of 1 ended with exit code 1/);
});

test('the event loop runs during a long run, and dispose ends it', async (t) => {
  t.timeout(HANGS);
  for (const threads of [1, 2]) {
    const pool = await openPool({ threads });
    const { kernels, base } = attach(pool);
    let timers = 0;
    const timer = setInterval(() => ++timers === 3 && void pool.dispose(), 1);
    const error = await t.throwsAsync(kernels.run(endless(base)), { instanceOf: EngineError });
    clearInterval(timer);
    t.regex(error.message, /its thread pool is disposed; open the engine again/);
    t.is(timers, 3);
  }
});

test('dispose may be called twice; afterwards nothing runs', async (t) => {
  const pool = await openPool({ threads: 2 });
  const { kernels, base } = attach(pool);
  let exits = 0;
  for (const worker of pool.workers) (worker as Worker).once('exit', () => exits++);
  await Promise.all([pool.dispose(), pool.dispose()]);
  await pool.dispose();
  t.is(exits, 1);
  const expected = { instanceOf: EngineError, message: /its thread pool is disposed; open the engine again/ };
  await t.throwsAsync(kernels.run(marks(base, 64, 1)), expected);
  t.throws(() => attach(pool), expected);
  kernels.detach();
});

test('two pools run at once', async (t) => {
  const pools = await Promise.all([openPool({ threads: 2 }), openPool({ threads: 2, build: 'plain' })]);
  const models = pools.map((pool) => attach(pool));
  await Promise.all(
    models.map(async ({ kernels, base }) => {
      for (const op of marks(base, 64, 300)) await kernels.run([op]);
    }),
  );
  for (const { bytes } of models) t.is(sum(bytes()), BYTES - 600);
  await Promise.all(pools.map((pool) => pool.dispose()));
});

test('what cannot run is refused by name', async (t) => {
  const pool = await openPool({ threads: 2 });
  t.teardown(() => pool.dispose());
  const memory = new WebAssembly.Memory({ initial: 4, maximum: 4, shared: true });
  const kernels = pool.attach(memory);
  const op = (kernel: string, args: number): Op => ({
    kernel,
    args: Array(args).fill(0),
    units: 1,
    scratch: 0,
  });
  const refused = async (run: Promise<void>, message: RegExp): Promise<void> =>
    void (await t.throwsAsync(run, { instanceOf: EngineError, message }));
  await refused(kernels.run([]), /set no memory aside/);
  kernels.lay({ address: FIRST_ADDRESS, scratch: 0 });
  await refused(kernels.run([op('zero', 3), op('nought', 1)]), /no kernel is named nought/);
  await refused(kernels.run([op('zero', 16385)]), /kernel zero has 16385 arguments, at most 16384 fit/);
  await t.notThrowsAsync(kernels.run([op('zero', 16384), op('zero', 3)]));
});

/** Runs a program that imports the built package's pool; its output as JSON. */
async function inProcess(program: string): Promise<unknown> {
  const pool = pathToFileURL('dist/engines/event/pool.js');
  const { stdout } = await promisify(execFile)(
    process.execPath,
    ['--input-type=module', '-e', `import { openPool } from ${JSON.stringify(pool.href)};\n${program}`],
    { timeout: HANGS },
  );
  return JSON.parse(stdout);
}

const RUN = `
  const memory = new WebAssembly.Memory({ initial: 64, maximum: 64, shared: true });
  const kernels = pool.attach(memory);
  kernels.lay({ address: 65536, scratch: 0 });
  const op = { kernel: 'zero', args: [2097152, 1000, 1], units: 1000, scratch: 0 };
  await kernels.run(Array(100).fill(op));`;

test('a memory that grows while the workers receive it is theirs in its new size: 100 of them', async (t) => {
  const pool = await openPool({ threads: 3 });
  t.teardown(() => pool.dispose());
  for (let i = 0; i < 100; i++) {
    const memory = new WebAssembly.Memory({ initial: 4, maximum: 65535, shared: true });
    const kernels = pool.attach(memory);
    memory.grow(28);
    kernels.lay({ address: 65536, scratch: 0 });
    await kernels.run([{ kernel: 'zero', args: [2 ** 20, 2 ** 20, 2 ** 14], units: 64, scratch: 0 }]);
    kernels.detach();
  }
  t.pass();
});

test('a process that forgets to dispose exits all the same', async (t) => {
  t.deepEqual(await inProcess(`const pool = await openPool({ threads: 3 });${RUN} console.log(1);`), 1);
});

test('an idle pool uses less than 5 % of one core', async (t) => {
  const used = await inProcess(`
    const pool = await openPool({ threads: 3 });${RUN}
    const idle = () => new Promise((resolve) => setTimeout(resolve, 300));
    let least = Infinity; // V8 goes on compiling and collecting for a while; who spins never falls below
    for (let i = 0; i < 100 && least >= 0.05; i++) {
      const before = process.cpuUsage();
      await idle();
      const { user, system } = process.cpuUsage(before);
      least = Math.min(least, (user + system) / 300_000);
    }
    console.log(least);`);
  t.true((used as number) < 0.05, String(used));
});

test('memory of models that were detached is given back: ten of 64 MiB leave less than 192 MiB behind', async (t) => {
  const grown = await inProcess(`
    const pool = await openPool({ threads: 2 });
    const before = process.memoryUsage.rss();
    for (let i = 0; i < 10; i++) {
      const memory = new WebAssembly.Memory({ initial: 1024, maximum: 65535, shared: true });
      const kernels = pool.attach(memory);
      kernels.lay({ address: 65536, scratch: 0 });
      const bytes = 1000 * 65536;
      await kernels.run([{ kernel: 'zero', args: [196608, bytes, 65536], units: 1000, scratch: 0 }]);
      kernels.detach();
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    let grown = Infinity; // on a loaded machine the worker may be given the time to let go of them a while later
    for (let i = 0; i < 200 && grown >= 192; i++) {
      await new Promise((resolve) => setTimeout(resolve, 20));
      grown = (process.memoryUsage.rss() - before) / 2 ** 20;
    }
    console.log(grown);`);
  t.true((grown as number) < 192, String(grown));
});
