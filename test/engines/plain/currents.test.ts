import test from 'ava';
import { gradientSums, relu, reluGradient, sum } from '../../../src/engines/plain/currents.js';

test('by hand: a ReLU lets the gradient through above 0 only, and not at 0', (t) => {
  t.deepEqual([...relu(Float64Array.of(2, -1, 0))], [2, 0, 0]);
  t.deepEqual([...reluGradient(Float64Array.of(2, -1, 0), [5, 6, 7])], [5, 0, 0]);
});

test('by hand: sums of two, and by channel', (t) => {
  t.deepEqual([...sum(Float64Array.of(1, 2), Float64Array.of(10, 20))], [11, 22]);
  t.deepEqual([...gradientSums([1, 10, 100, 1000], 2)], [101, 1010]);
});
