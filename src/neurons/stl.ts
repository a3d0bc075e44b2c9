// Tests: test/neurons/descriptions.test.ts.
import type { NeuronDescription } from '../equations/index.js';

/**
 * Synapse–threshold synergy: a threshold for each neuron, learned beside the weights; hard reset, which is differentiated
 * through. Sun et al., A synapse-threshold synergistic learning approach for spiking neural networks, IEEE TCDS 2023. Their
 * thresholds begin at 2 with a noise of 1e-4, which is left out: `theta: { learned: true, per: 'neuron', initial: 2, spread: 1e-4 }`
 * adds it; `>` where their code has `≥`.
 */
export const stl = {
  name: 'stl',
  parameters: { tau: 0.5, theta: { per: 'neuron', learned: true, initial: 2 } },
  state: { u: 0 },
  step: ['v = tau * u + x', 'o = spike(v - theta)', 'u = (1 - o) * v'],
  output: 'o',
} satisfies NeuronDescription;
