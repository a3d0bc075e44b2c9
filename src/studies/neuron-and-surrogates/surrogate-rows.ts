// The surrogates in numbers: their parameters, and gradients that they let pass with and without SGS.
// Tests: test/studies/views.test.ts.
import type { LifInForce } from '../../neurons/lif.js';
import { SURROGATE_NAMES, surrogates } from '../../surrogates/index.js';
import { surrogateParameter } from '../../surrogates/settings.js';
import { firingGradient } from '../../surrogates/sgs.js';
import { SHOWN_SURROGATES } from './scaled-surrogates.js';

/** The surrogates that an experiment can name: parameter with its default, and height at the threshold. */
export const surrogateRows = (): object[] =>
  SURROGATE_NAMES.map((name) => {
    const { parameter, derivative } = surrogates[name];
    const value = surrogateParameter({ name });
    return {
      surrogate: name,
      parameter: parameter?.symbol ?? null,
      value: parameter ? value : null,
      atThreshold: derivative(0, value),
    };
  });

/** Potentials at and beside the edges of the rectangle's window and the threshold. */
const POTENTIALS = [-0.5, 0, 0.45, 0.55, 1, 1.5];

/** g_v for a gradient of size 1 of either sign that arrives at the spike, for the surrogates that are drawn. */
export const scaledRows = (neuron: LifInForce, delta: number): object[] =>
  SHOWN_SURROGATES.flatMap((name) =>
    POTENTIALS.flatMap((v) =>
      [1, -1].map((sign) => ({
        surrogate: name,
        delta,
        v,
        gradientSign: sign,
        gV:
          firingGradient(sign, v, v > neuron.theta ? 1 : 0, { ...neuron, delta, surrogate: { name } }) * sign,
      })),
    ),
  );
