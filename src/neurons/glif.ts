// Gated LIF, with one input scale or with one for each step.
import type { LearnedParameter, NeuronDescription } from '../equations/index.js';
import { SettingsError } from '../errors.js';

/** Of a value in (0, 1) that begins at `initial`: learned through its logit, one a channel. */
const logit = (initial: string): LearnedParameter => ({
  ...{ per: 'channel', learned: true },
  initial: `log(${initial} / (1 - ${initial}))`,
});

/**
 * Gated LIF: three gates a channel mix exponential with linear leak (a), plain with scaled input (b), hard with soft reset
 * (c), each learned through σ, as are leak τ, linear leak l, input scale g and reset r. Yao et al., GLIF: a unified gated
 * leaky integrate-and-fire neuron for spiking neural networks, NeurIPS 2022.
 *
 * Initial values are the authors': gates 0.55, 0.65, 0.55, τ = 0.25, θ = r = 0.5, g = 0.5, l = θ/(2T) (`T` = 2 here: set it to
 * the steps of the experiment). Theirs learns g for each step and θ too: {@link glifByStep}; here g is shared by the steps and θ is a setting. The
 * backward step of their code raises an error where it is run as published (`input = ctx.saved_tensors`); here it is
 * derived from the equations.
 */
export const glif = {
  name: 'glif',
  parameters: {
    ...{ alpha: logit('0.55'), beta: logit('0.65'), gamma: logit('0.55') },
    ...{ tau: logit('0.25'), leak: logit('(theta / (2 * T))'), r: logit('theta'), g: logit('0.5') },
    ...{ theta: 0.5, T: 2 },
  },
  state: { v: 0, o: 0 },
  step: [
    'a = sigmoid(alpha)',
    'b = sigmoid(beta)',
    'c = sigmoid(gamma)',
    'v = (1 - a * (1 - sigmoid(tau))) * v * (1 - c * o) - (1 - a) * sigmoid(leak) + (1 - b * (1 - sigmoid(g))) * x - (1 - c) * sigmoid(r) * o',
    'o = spike(v - theta)',
  ],
  output: 'o',
} satisfies NeuronDescription;

/** As many steps as there are names for their input scales. */
const MOST_STEPS = 20;

/**
 * GLIF as its authors have it: an input scale g for each step, and the threshold θ learned, both by channel and through σ. All
 * else as `glif`.
 *
 * @param steps - time steps T of the experiment; later steps would have the last g
 * @returns equations: give them as `neuron.model`
 * @throws SettingsError where there are more than 20
 *
 * @example
 * ```ts
 * experiment({ steps: 4, neuron: { model: glifByStep(4) } });
 * ```
 */
export function glifByStep(steps: number): NeuronDescription {
  if (!(Number.isInteger(steps) && steps >= 1 && steps <= MOST_STEPS))
    throw new SettingsError(`glifByStep: steps must be a whole number from 1 to ${MOST_STEPS}, got ${steps}`);
  const { g: _, T: _T, ...parameters } = glif.parameters;
  const scales = Array.from({ length: steps }, (_, t) => `g${t}`);
  const chosen = scales.reduceRight((later, g, t) => `where(k < ${t + 0.5}, ${g}, ${later})`);
  return {
    name: `glifByStep${steps}`,
    parameters: {
      ...{ ...parameters, T: steps, threshold: logit('theta') },
      ...Object.fromEntries(scales.map((name) => [name, logit('0.5')])),
    },
    state: { ...glif.state, k: 0 },
    step: [
      ...glif.step.slice(0, 3),
      `g = ${chosen}`,
      glif.step[3],
      'o = spike(v - sigmoid(threshold))',
      'k = k + 1',
    ],
    output: 'o',
  };
}
