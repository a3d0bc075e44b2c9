import test from 'ava';
import { cropsOf } from '../../bench/crops.js';
import { fiveConv } from '../../bench/networks.js';
import { settingsFor, type Workload } from '../../bench/workloads.js';
import { initialWeights } from '../../src/network/initialise.js';

test('cropsOf: the middle of images of their own, with their labels', (t) => {
  const network = fiveConv();
  const [count, side] = [6, 32];
  const at = (image: number, row: number, column: number): number => (image * side + row) * side + column;
  const workload: Workload = {
    ...{ name: 'w', origin: 'o', network, settings: settingsFor(2), weights: initialWeights(network, 1) },
    batch: {
      x: Float32Array.from({ length: count * side * side * 3 }, (_, i) => Math.floor(i / 3)),
      shape: [count, side, side, 3],
      labels: Int32Array.from({ length: count }, (_, i) => i),
    },
  };
  const crops = cropsOf(workload);
  t.deepEqual(
    crops.map(({ batch }) => [...batch.labels]),
    [
      [0, 1],
      [2, 3],
      [4, 5],
    ],
  );
  const { network: small, batch } = crops[1];
  t.deepEqual(small.input, [8, 8, 3]);
  t.deepEqual(batch.shape, [2, 8, 8, 3]);
  t.is(batch.x[0], at(2, 12, 12));
  t.is(batch.x[(7 * 8 + 7) * 3 + 2], at(2, 19, 19));
  t.is(batch.x.at(-1), at(3, 19, 19));
});
