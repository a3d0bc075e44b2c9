// Eq. (5) in plain numbers: what every engine is held to.
import test from 'ava';
import fc from 'fast-check';
import { defaultNeuron, lifStep, type NeuronSettings } from '../../src/neurons/lif.js';
import { SURROGATE_NAMES } from '../../src/surrogates/index.js';
import { firingGradient, sgsScale } from '../../src/surrogates/sgs.js';

const ste: NeuronSettings = { ...defaultNeuron, surrogate: { name: 'identity' } };

test('firingGradient: at the edge of the rectangle (v = 0 and v = 1) it is 0, just inside it is not', (t) => {
  const plain = { ...defaultNeuron, delta: 0 };
  t.is(firingGradient(3, 0, 0, plain), 0);
  t.is(firingGradient(3, 1, 1, plain), 0);
  t.is(firingGradient(3, 2 ** -30, 0, plain), 3);
  t.is(firingGradient(3, 1 - 2 ** -30, 1, plain), 3);
});

// Fig. 3 of the paper draws descent directions: its arrows are −g. Upper row: no spike, arrows to the right
// (g < 0); lower row: spike, arrows to the left (g > 0).
const fig3 = [
  { panel: 'no spike, v = o', v: 0, o: 0, gO: -1, length: 'equal' },
  { panel: 'no spike, v < o', v: -0.3, o: 0, gO: -1, length: 'longer' },
  { panel: 'no spike, v > o', v: 0.3, o: 0, gO: -1, length: 'shorter' },
  { panel: 'spike, v = o', v: 1, o: 1, gO: 1, length: 'equal' },
  { panel: 'spike, v < o', v: 0.7, o: 1, gO: 1, length: 'shorter' },
  { panel: 'spike, v > o', v: 1.3, o: 1, gO: 1, length: 'longer' },
] as const;

for (const { panel, v, o, gO, length } of fig3)
  test(`firingGradient: Fig. 3, ${panel}: same direction, ${length} arrow (identity STE, delta 0.1)`, (t) => {
    t.is(lifStep(v, 0, ste).o, o, 'the panel shows a spike that this neuron fires');
    const gV = firingGradient(gO, v, o, { ...ste, delta: 0.1 });
    t.is(Math.sign(gV), Math.sign(gO));
    const change = Math.abs(gV) - Math.abs(gO);
    t.is(Math.sign(change), { equal: 0, longer: 1, shorter: -1 }[length]);
    t.true(Math.abs(change - 0.1 * Math.sign(gO) * (v - o)) < 1e-15);
  });

test('firingGradient: the directions that Fig. 3 leaves out follow the same formula', (t) => {
  const settings = { ...ste, delta: 0.5 };
  t.is(firingGradient(2, 0.5, 0, settings), 2.5); // no spike, pushed down: longer above 0
  t.is(firingGradient(2, -0.5, 0, settings), 1.5);
  t.is(firingGradient(-2, 1.5, 1, settings), -1.5); // spike, pushed up: shorter above 1
  t.is(firingGradient(-2, 0.75, 1, settings), -2.25);
});

const real = (limit: number): fc.Arbitrary<number> =>
  fc.double({ min: -limit, max: limit, noNaN: true, noDefaultInfinity: true });
const anyName = fc.constantFrom(...SURROGATE_NAMES);

test('firingGradient: both forms of Eq. (5) agree within 1e-13 of the sum of their terms, for every surrogate', (t) => {
  fc.assert(
    fc.property(
      anyName,
      real(10),
      real(5),
      fc.double({ min: 0, max: 4, noNaN: true }),
      (name, gO, v, delta) => {
        const settings = { ...defaultNeuron, surrogate: { name }, delta };
        const { o } = lifStep(v, 0, settings);
        const h = firingGradient(1, v, o, { ...settings, delta: 0 });
        const pull = delta * Math.abs(gO) * (v - o);
        const scaled = firingGradient(gO, v, o, settings);
        const terms = h * (Math.abs(gO) + Math.abs(pull));
        return Math.abs(scaled - h * (gO + pull)) <= 1e-13 * terms + 100 * Number.MIN_VALUE;
      },
    ),
    { numRuns: 1000, seed: 1 },
  );
  t.pass();
});

test('firingGradient: delta 0 is the plain surrogate, bit for bit', (t) => {
  fc.assert(
    fc.property(anyName, real(10), real(5), (name, gO, v) => {
      const settings = { ...defaultNeuron, surrogate: { name }, delta: 0 };
      const { o } = lifStep(v, 0, settings);
      return Object.is(firingGradient(gO, v, o, settings), gO * firingGradient(1, v, o, settings));
    }),
    { numRuns: 1000, seed: 2 },
  );
  t.pass();
});

test('sgsScale: 1 without a gradient; negative beyond |v − o| = 1/delta; a floor of 0 stops there', (t) => {
  t.is(sgsScale(0, 7, 1, { delta: 0.5, scaleFloor: null }), 1);
  t.is(sgsScale(-1, 2, 0, { delta: 0.5, scaleFloor: null }), 0);
  t.is(sgsScale(-1, 3, 0, { delta: 0.5, scaleFloor: null }), -0.5);
  t.is(sgsScale(-1, 3, 0, { delta: 0.5, scaleFloor: 0 }), 0);
  t.is(sgsScale(1, 3, 0, { delta: 0.5, scaleFloor: 0 }), 2.5);
});
