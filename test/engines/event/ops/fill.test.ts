import test from 'ava';
import { zero } from '../../../../src/engines/event/ops/fill.js';
import { openKernels } from '../../../helpers/kernels.js';

test('zero clears exactly its range, in both builds and any order of units', (t) => {
  for (const build of ['plain', 'fma'] as const) {
    const bench = openKernels(build);
    const count = 3 * 65536 + 7;
    const address = bench.put(new Float32Array(count + 2).fill(1));
    bench.run(zero(address + 4, count * 4), true);
    const after = bench.floats(address, count + 2);
    t.is(after[0], 1);
    t.true(after.slice(1, count + 1).every((value) => value === 0));
    t.is(after[count + 1], 1);
  }
});
