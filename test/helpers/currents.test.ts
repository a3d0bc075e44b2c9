import test from 'ava';
import { gradientDots, sumOfTerms } from './currents.js';

// Two pixels of two channels; binary fractions, so that nothing is rounded.
const affine = { y: [1, 2, -3, 4], scale: [0.5, -1], shift: [0, 1], hatScale: [2, 1], hatShift: [1, 0] };
const spikes = { spikes: [1, 0, 0, 1] };
const g = [1, 10, 100, 1000];

test('by hand: terms are scaled and shifted by channel and added up; a spike adds 1', (t) => {
  t.deepEqual([...sumOfTerms([affine], 2)], [0.5, -1, -1.5, -3]);
  t.deepEqual([...sumOfTerms([affine, spikes], 2)], [1.5, -1, -1.5, -2]);
  t.deepEqual([...sumOfTerms([affine, affine], 2)], [1, -2, -3, -6]);
});

test('by hand: Σ g·x̂ by channel', (t) => {
  t.deepEqual([...gradientDots(g, affine, 2)], [1 * 3 + 100 * -5, 10 * 2 + 1000 * 4]);
});
