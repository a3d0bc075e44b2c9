// Fig. 3 from computed gradients: the words beside the arrows come from the numbers.
import test from 'ava';
import { defaultNeuron } from '../../../src/neurons/lif.js';
import {
  computedCases,
  SIX_CASES,
  sixCasesFigure,
} from '../../../src/studies/neuron-and-surrogates/six-cases.js';
import { firingGradient } from '../../../src/surrogates/sgs.js';

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

test('arrows start at the potential and end at v − g, as long as the gradient', (t) => {
  const cases = computedCases(gradients(1));
  const { data } = sixCasesFigure(cases, 0.5);
  const arrows = data.filter(({ name }) => String(name).startsWith('reaches')) as unknown as {
    x: number[];
  }[];
  t.deepEqual(
    arrows.map(({ x }) => x),
    cases.map(({ v, gV }) => [v, v - gV]),
  );
});
