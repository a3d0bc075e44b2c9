import test from 'ava';
import { defaultSgd, type Updated, updated } from '../../../src/learning/optimizers/index.js';

const state = (...slots: number[]): Updated<Float64Array> => ({
  parameter: Float64Array.of(2),
  slots: slots.map((value) => Float64Array.of(value)),
});

test('by hand: sgd with and without momentum and decay; binary fractions, exact', (t) => {
  const sgd = { ...defaultSgd, momentum: 0.5, weightDecay: 0 };
  t.deepEqual(updated(state(4), [1], sgd, 0.25, 2), {
    parameter: Float64Array.of(2 - 0.25 * 3),
    slots: [Float64Array.of(3)],
  });
  const plain = { ...sgd, momentum: 0, weightDecay: 0.5 };
  t.deepEqual(updated(state(), [1], plain, 0.25, 1), {
    parameter: Float64Array.of(2 - 0.25 * 2),
    slots: [],
  });
});
