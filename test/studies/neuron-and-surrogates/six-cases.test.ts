// Fig. 3 from computed gradients: the words beside the arrows come from the numbers.
import test from 'ava';
import { defaultNeuron } from '../../../src/neurons/lif.js';
import {
  computedCases,
  SIX_CASES,
  sixCasesFigure,
} from '../../../src/studies/neuron-and-surrogates/six-cases.js';
import { firingGradient } from '../../../src/surrogates/sgs.js';
import { drawn, notes, rounded } from '../../helpers/drawn.js';
import { isAsKept } from '../../helpers/whole-figure.js';

const gradients = (delta: number): number[] =>
  SIX_CASES.map(({ gO, v, o }) =>
    firingGradient(gO, v, o, { ...defaultNeuron, delta, surrogate: { name: 'identity' } }),
  );

test('with SGS all six cases are as Fig. 3 says; with the sign of δ turned only the two equal ones', (t) => {
  const agreeing = (values: number[]): number =>
    computedCases(values).filter(({ published, computed }) => published === computed).length;
  t.is(agreeing(gradients(0.5)), 6);
  t.is(agreeing(SIX_CASES.map(({ gO }, i) => 2 * gO - gradients(0.5)[i])), 2);
  t.is(agreeing(gradients(0)), 2);
});

test('the six cases are neurons as they can be: o = 1 exactly above the threshold', (t) => {
  for (const { v, o } of SIX_CASES) t.is(o, v > defaultNeuron.theta ? 1 : 0);
});

test('sixCasesFigure: grey −g_o above blue −g_v, each from the potential by −g; potential, spike and threshold below', (t) => {
  const cases = computedCases(gradients(1));
  const figure = sixCasesFigure(cases, 0.5);
  isAsKept(t, 'neuron-and-surrogates/six-cases', figure);
  // Lengths with δ = 1 and identity: |g_o|·|1 + sign(g_o)·(v − o)|, here 1, 1.4, 0.6, 1, 0.6 and 1.4 times 0.6.
  const lengths = [0.6, 0.84, 0.36, 0.6, 0.36, 0.84];
  const expected = SIX_CASES.flatMap(({ v, o, gO }, i) => {
    const plot = i === 0 ? {} : { plot: i + 1 };
    const by = -Math.sign(gO);
    return [
      { name: 'arrives at the spike: −g_o', x: [v, v + by * 0.6], y: [0.72, 0.72], colour: 6, ...plot },
      { name: 'reaches the potential: −g_v', x: [v, v + by * lengths[i]], y: [0.4, 0.4], colour: 0, ...plot },
      { name: 'potential v', x: [v], y: [0.1], colour: 0, ...plot },
      { name: 'spike o', x: [o], y: [0.1], colour: 1, ...plot },
      { name: 'threshold', x: [0.5, 0.5], y: [0, 1], colour: 6, ...plot },
    ];
  });
  t.deepEqual(
    drawn(figure),
    expected.map((trace) => ({ ...trace, x: rounded(trace.x) })),
  );
  t.deepEqual(
    notes(figure),
    SIX_CASES.map(({ relation }, i) => `${relation}: |g_v| = ${(lengths[i] / 0.6).toFixed(2)} |g_o|`),
  );
  const heads = figure.data.slice(0, 2).concat(figure.data.slice(15, 17));
  t.deepEqual(
    heads.map(({ marker }) => (marker as { symbol: string[] }).symbol[1]),
    ['triangle-right', 'triangle-right', 'triangle-left', 'triangle-left'],
  );
});
