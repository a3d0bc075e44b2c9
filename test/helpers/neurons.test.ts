import test from 'ava';
import { defaultNeuron } from '../../src/neurons/lif.js';
import { distanceToJump, sumOverSteps } from './neurons.js';

test('by hand: distance to the threshold, to the ends of a rectangle, and sums over steps', (t) => {
  const rectangle = { ...defaultNeuron, surrogate: { name: 'rectangle', parameter: 0.5 } } as const;
  t.is(distanceToJump([0, 0.875, 2], rectangle), 0.125); // 0.875 is 1/8 above the window, which ends at 0.75
  t.is(distanceToJump([0.25, 1.25], { ...defaultNeuron, surrogate: { name: 'triangle' } }), 0.25); // 1.25: 1/4 below its end
  t.is(distanceToJump([0, 0.875, 2], { ...defaultNeuron, surrogate: { name: 'atan' } }), 0.375);
  t.deepEqual([...sumOverSteps(Float64Array.of(1, 2, 3, 4, 5, 6), 3)], [9, 12]);
});
