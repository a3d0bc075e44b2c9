// Tests: test/neurons/descriptions.test.ts.
import type { NeuronDescription } from '../equations/index.js';

/**
 * Complementary LIF: a second state `m`, raised by spikes and decaying with the potential, deepens the soft reset. Huang et
 * al., CLIF: complementary leaky integrate-and-fire neuron for spiking neural networks, ICML 2024; γ = 1 − 1/τ with τ = 2,
 * `>` where their code has `≥`.
 */
export const clif = {
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
} satisfies NeuronDescription;
