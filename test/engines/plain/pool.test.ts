import test from 'ava';
import { planesOfAverage, sumOfPlanes } from '../../helpers/planes.js';
import {
  averagePool,
  averagePoolGradient,
  maxPool,
  maxPoolGradient,
} from '../../../src/engines/plain/pool.js';
import { centralDifferences, dot } from '../../helpers/differences.js';
import { normals, worstDifference } from '../../helpers/tensors.js';

const site = { channels: 2, images: 2, height: 5, width: 7, poolHeight: 2, poolWidth: 3 };

test('by hand: average and maximum of 2×2, the remainder dropped; of several largest the first has the gradient', (t) => {
  const one = { channels: 1, images: 1, height: 2, width: 3, poolHeight: 2, poolWidth: 2 };
  const x = [1, 5, 100, 5, 1, 100];
  t.deepEqual([...averagePool(one, x)], [3]);
  t.deepEqual([...maxPool(one, x)], [5]);
  t.deepEqual([...averagePoolGradient(one, [8])], [2, 2, 0, 2, 2, 0]);
  t.deepEqual([...maxPoolGradient(one, x, [8])], [0, 8, 0, 0, 0, 0]);
});

test('gradients are the central differences within 1e-9 of the largest', (t) => {
  const x = normals('x', 2 * 5 * 7 * 2);
  const g = normals('g', averagePool(site, x).length);
  for (const [pool, gradient] of [
    [averagePool, averagePoolGradient(site, g)],
    [maxPool, maxPoolGradient(site, x, g)],
  ] as const) {
    const expected = centralDifferences((values) => dot(pool(site, values), g), x);
    t.true(worstDifference(gradient, expected) < 1e-9);
  }
});

test('by hand: the planes of 3 of 4 spikes are 1, 1 and 0, those of 4 are 0, 0 and 1; sums weigh them', (t) => {
  const size = { channels: 1, images: 2, height: 2, width: 2 };
  const planes = planesOfAverage(size, [1, 1, 1, 0, 1, 1, 1, 1]);
  t.deepEqual(
    planes.map((plane) => [...plane]),
    [
      [1, 0],
      [1, 0],
      [0, 1],
    ],
  );
  t.deepEqual([...sumOfPlanes([1, 2, 4, 8, 16, 32], { planes: 3, slices: 2 })], [3 / 4 + 12 / 2 + 48]);
  t.deepEqual([...sumOfPlanes([1, 2, 4, 8], { planes: 1, slices: 2 })], [5, 10]);
});
