import test from 'ava';
import { type OptimizerState, updated } from '../../../src/engines/plain/optimizer.js';
import { defaultAdam, defaultSgd } from '../../../src/learning/optimizer.js';

const state = (...slots: number[]): OptimizerState => ({
  parameters: Float64Array.of(2),
  slots: slots.map((value) => Float64Array.of(value)),
});

test('by hand: sgd with and without momentum and decay; binary fractions, exact', (t) => {
  const sgd = { ...defaultSgd, momentum: 0.5, weightDecay: 0 };
  t.deepEqual(updated(state(4), [1], sgd, 0.25, 2), {
    parameters: Float64Array.of(2 - 0.25 * 3),
    slots: [Float64Array.of(3)],
  });
  const plain = { ...sgd, momentum: 0, weightDecay: 0.5 };
  t.deepEqual(updated(state(), [1], plain, 0.25, 1), {
    parameters: Float64Array.of(2 - 0.25 * 2),
    slots: [],
  });
});

test('adam: its first step is the learning rate, whatever the gradient, within 1e-5; ε and decay count', (t) => {
  const moved = (gradient: number, change = {}): number =>
    updated(state(0, 0), [gradient], { ...defaultAdam, ...change }, 1e-3, 1).parameters[0] - 2;
  t.true(Math.abs(moved(7) + 1e-3) < 1e-8);
  t.true(Math.abs(moved(-1e-2) - 1e-3) < 1e-8);
  t.true(Math.abs(moved(3, { epsilon: 1 }) + 1e-3 * (3 / 4)) < 1e-8);
  t.true(moved(1, { weightDecay: -1 }) > 0); // 1 − 2 is a gradient below 0
});

test('adam: m and v decay towards g and g², the corrections with the number of updates, by hand within 1e-12', (t) => {
  const settings = { ...defaultAdam, beta1: 0.5, beta2: 0.75, epsilon: 0 };
  const { parameters, slots } = updated(state(1, 4), [3], settings, 0.1, 2);
  t.deepEqual(slots, [Float64Array.of(2), Float64Array.of(5.25)]);
  const expected = 2 - (0.1 * (2 / 0.75)) / Math.sqrt(5.25 / (1 - 0.75 ** 2));
  t.true(Math.abs(parameters[0] - expected) < 1e-12);
});
