import test from 'ava';
import { EngineError } from '../../../src/errors.js';
import { FIRST_ADDRESS } from '../../../src/engines/event/model-memory.js';
import type { Op } from '../../../src/engines/event/op.js';
import { openPool, type Kernels, type Pool } from '../../../src/engines/event/pool.js';

const SCRATCH = 1000; // not a multiple of 64
const BYTES = 1 << 20;

/** A model's memory of `BYTES` bytes, all ones, behind the pool's area. */
function attach(pool: Pool): { kernels: Kernels; base: number; bytes: () => Uint8Array } {
  const base = FIRST_ADDRESS + pool.areaBytes(SCRATCH);
  const memory = new WebAssembly.Memory({ initial: (base + BYTES) / 65536 + 1, maximum: 4096, shared: true });
  const kernels = pool.attach(memory);
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
