// Neurons of the literature as equations, as far as the language goes; sources in their comments.
import type { NeuronDescription } from '../../src/equations/index.js';

/** The paper's neuron: src/neurons/lif.ts. */
export const lifDescription = (
  reset: 'hard' | 'soft',
  detachReset: boolean,
  { tau, theta } = { tau: 0.5, theta: 0.5 },
): NeuronDescription => {
  const spike = detachReset ? 'detach(o)' : 'o';
  return {
    name: 'lif',
    parameters: { tau, theta },
    state: { u: 0 },
    step: [
      'v = tau * u + x',
      'o = spike(v - theta)',
      reset === 'hard' ? `u = (1 - ${spike}) * v` : `u = v - theta * ${spike}`,
    ],
    output: 'o',
  };
};

/** Fang et al. 2021: a learned leak, one a layer. */
export const plif: NeuronDescription = {
  name: 'plif',
  parameters: { w: { per: 'layer', learned: true, initial: '-log(tau0 - 1)' }, tau0: 2, theta: 1 },
  state: { u: 0 },
  step: ['v = u + (x - u) * sigmoid(w)', 'o = spike(v - theta)', 'u = (1 - detach(o)) * v'],
  output: 'o',
};

/** Huang et al. 2024, complementary LIF: a second state, raised by spikes, that deepens the reset. */
export const clif: NeuronDescription = {
  name: 'clif',
  parameters: { gamma: 0.5, theta: 1 },
  state: { u: 0, m: 0 },
  step: [
    'v = gamma * u + x',
    'o = spike(v - theta)',
    'm = m * sigmoid((1 - gamma) * v) + o',
    'u = v - o * (theta + sigmoid(m))',
  ],
  output: 'o',
};

const gate = (initial: number) => ({ per: 'channel', learned: true, initial }) as const;

/** Yao et al. 2022, gated LIF: three gates a channel; the spike of the step before is a state. */
export const glif: NeuronDescription = {
  name: 'glif',
  parameters: {
    ...{ alpha: gate(0.2), beta: gate(0.6), gamma: gate(0.2) },
    ...{ tau: gate(-1), leak: gate(-2), r: gate(0), g: gate(0.5) },
    theta: 0.5,
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
};

/** Wu et al. 2021, leaky integrate and analog fire: the spike resets, the layer hands on something analog. */
export const liaf: NeuronDescription = {
  name: 'liaf',
  parameters: { theta: 0.5 },
  state: { u: 0 },
  step: ['v = u + (x - u) / 2', 'o = spike(v - theta)', 'y = tanh(v - theta)', 'u = (1 - o) * v'],
  output: 'y',
};

/** Rathi and Roy 2023, DIET-SNN: learned leak and threshold of a layer, the argument v/θ − 1, soft reset by a detached spike. */
export const diet: NeuronDescription = {
  name: 'diet',
  parameters: {
    lambda: { per: 'layer', learned: true, initial: 0.9 },
    theta: { per: 'layer', learned: true, initial: 1 },
  },
  state: { u: 0 },
  step: ['v = lambda * u + x', 'o = spike(v / theta - 1)', 'u = v - theta * detach(o)'],
  output: 'o',
};

/** Sun et al. 2023, STL-SNN: a learned threshold for each neuron. */
export const stl: NeuronDescription = {
  name: 'stl',
  parameters: { tau: 0.5, theta: { per: 'neuron', learned: true, initial: 2 } },
  state: { u: 0 },
  step: ['v = tau * u + x', 'o = spike(v - theta)', 'u = (1 - o) * v'],
  output: 'o',
};

/** All of them but the LIF. */
export const described = { plif, clif, glif, liaf, diet, stl };
