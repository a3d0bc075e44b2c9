import test from 'ava';
import { addActivity } from '../../src/engines/activity.js';
import type { LayerActivity } from '../../src/engines/engine.js';

const layer = (given: Partial<LayerActivity>): LayerActivity => ({
  layer: 'a',
  kind: 'synapse',
  nonZero: [0],
  size: 0,
  ...given,
});

test('activity of two batches adds up layer by layer and step by step; operations only where they are counted', (t) => {
  const a = [
    layer({ layer: 'x', nonZero: [1, 2], size: 10, operations: [5, 6] }),
    layer({ nonZero: [3, 4], size: 7 }),
  ];
  const b = [
    layer({ layer: 'x', nonZero: [10, 20], size: 30, operations: [50, 60] }),
    layer({ nonZero: [30, 40], size: 70 }),
  ];
  const sum = addActivity(a, b);
  t.deepEqual(sum, [
    layer({ layer: 'x', nonZero: [11, 22], size: 40, operations: [55, 66] }),
    layer({ nonZero: [33, 44], size: 77 }),
  ]);
  t.deepEqual(a[0].nonZero, [1, 2], 'what is added is left alone');
});
