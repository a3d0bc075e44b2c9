// Effects that stand at the edge of a figure.
import test from 'ava';
import { nearAndFar } from '../../../src/studies/methods/far.js';

const means = (effects: readonly { mean: number }[]): number[] => effects.map(({ mean }) => mean);

test('more than ten points from the baseline on either side is far; all are near where none else would be', (t) => {
  const of = (...given: number[]) => nearAndFar(given.map((mean) => ({ mean })));
  const { near, far } = of(-32.7, -10, 0.5, 10, 10.1);
  t.deepEqual(
    [means(near), means(far)],
    [
      [-10, 0.5, 10],
      [-32.7, 10.1],
    ],
  );
  t.deepEqual([means(of(-32.7, 20).near), of(-32.7, 20).far], [[-32.7, 20], []]);
  t.deepEqual(of(), { near: [], far: [] });
});
