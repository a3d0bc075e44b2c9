// Tests: test/neurons/descriptions.test.ts.
import type { NeuronDescription } from '../equations/index.js';

/**
 * Leaky integrate and fire as a discretised differential equation: the input decays with the potential, both by the time
 * constant `tau` ≥ 1 in steps. Hard reset. Fang et al. 2021 (their Eq. 7 with a resting potential of 0), and what
 * SpikingJelly calls `decay_input`; the paper's neuron is `lif`, whose input does not decay.
 */
export const lifDecayInput = {
  name: 'lifDecayInput',
  parameters: { tau: 2, theta: 1 },
  state: { u: 0 },
  step: ['v = u + (x - u) / tau', 'o = spike(v - theta)', 'u = (1 - o) * v'],
  output: 'o',
} satisfies NeuronDescription;
