import test from 'ava';
import { defaultAdam, type Updated, updated } from '../../../src/learning/optimizers/index.js';

const state = (...slots: number[]): Updated<Float64Array> => ({
  parameter: Float64Array.of(2),
  slots: slots.map((value) => Float64Array.of(value)),
});

test('adam: its first step is the learning rate, whatever the gradient, within 1e-5; ε and decay count', (t) => {
  const moved = (gradient: number, change = {}): number =>
    updated(state(0, 0), [gradient], { ...defaultAdam, ...change }, 1e-3, 1).parameter[0] - 2;
  t.true(Math.abs(moved(7) + 1e-3) < 1e-8);
  t.true(Math.abs(moved(-1e-2) - 1e-3) < 1e-8);
  t.true(Math.abs(moved(3, { epsilon: 1 }) + 1e-3 * (3 / 4)) < 1e-8);
  t.true(moved(1, { weightDecay: -1 }) > 0); // 1 − 2 is a gradient below 0
});

test('adam: m and v decay towards g and g², the corrections with the number of updates, by hand within 1e-12', (t) => {
  const settings = { ...defaultAdam, beta1: 0.5, beta2: 0.75, epsilon: 0 };
  const { parameter, slots } = updated(state(1, 4), [3], settings, 0.1, 2);
  t.deepEqual(slots, [Float64Array.of(2), Float64Array.of(5.25)]);
  const expected = 2 - (0.1 * (2 / 0.75)) / Math.sqrt(5.25 / (1 - 0.75 ** 2));
  t.true(Math.abs(parameter[0] - expected) < 1e-12);
});
