// A spike times a number of the layer, told from what is not.
import test from 'ava';
import { readNeuron } from '../../src/equations/index.js';
import { isScaledSpike } from '../../src/equations/scaled-spike.js';
import { neurons } from '../../src/neurons/index.js';

test('of the built-in neurons trsg alone scales its spike, liaf hands on something else, all others the spike itself', (t) => {
  for (const [name, description] of Object.entries(neurons)) {
    const read = readNeuron(description);
    t.is(isScaledSpike(read), name !== 'liaf', name);
    t.is(read.output === read.spike, !['liaf', 'trsg'].includes(name), name);
  }
});

/** The neuron whose output is `y`, with θ learned as said and a state u. */
const handsOn = (y: string, per: 'layer' | 'channel' = 'layer', ...before: string[]) =>
  isScaledSpike(
    readNeuron({
      name: 'n',
      parameters: { theta: { per, learned: true, initial: 1 }, scale: 2 },
      state: { u: 0 },
      step: ['v = u + x', 'o = spike(v - theta)', ...before, `y = ${y}`, 'u = v - o'],
      output: 'y',
    }),
  );

test('factors of the layer may stand on either side, be divided by and be computed in steps', (t) => {
  t.true(handsOn('theta * o'));
  t.true(handsOn('o * exp(theta) / (scale + 1)'));
  t.true(handsOn('a * b', 'layer', 'a = theta ^ 2', 'b = 3 * o'));
});

test('a factor of each channel, of the potential or the input, a sum, and what divides by the spike are none', (t) => {
  t.false(handsOn('theta * o', 'channel'));
  t.false(handsOn('v * o'));
  t.false(handsOn('u * o'));
  t.false(handsOn('x * o'));
  t.false(handsOn('a * o', 'layer', 'a = theta + 0 * v'));
  t.false(handsOn('o + theta'));
  t.false(handsOn('theta / o'));
  t.false(handsOn('o * o'));
  t.false(handsOn('theta'));
});
