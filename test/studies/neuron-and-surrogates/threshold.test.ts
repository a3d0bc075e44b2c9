// The threshold as a line.
import test from 'ava';
import { threshold } from '../../../src/studies/neuron-and-surrogates/threshold.js';
import { drawn } from '../../helpers/drawn.js';

test('threshold: a grey vertical line at θ, in the legend of the first plot only', (t) => {
  t.deepEqual(drawn({ data: [...threshold(0.7, [0.2, 3]), ...threshold(0.7, [0, 1], 2)] }), [
    { name: 'threshold θ', x: [0.7, 0.7], y: [0.2, 3], colour: 6 },
    { name: 'threshold θ', x: [0.7, 0.7], y: [0, 1], colour: 6, plot: 2 },
  ]);
  t.is(threshold(0.7, [0, 1])[0].showlegend, undefined);
  t.is(threshold(0.7, [0, 1], 2)[0].showlegend, false);
});
