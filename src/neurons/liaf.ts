// Tests: test/neurons/descriptions.test.ts.
import type { NeuronDescription } from '../equations/index.js';

/**
 * Leaky integrate and analog fire: the spike resets the potential, the layer hands on max(0, v − θ), a real number, so that the
 * layer after it multiplies. Wu et al., LIAF-Net: leaky integrate and analog fire network for lightweight and efficient
 * spatiotemporal information processing, IEEE TNNLS 2021.
 */
export const liaf = {
  name: 'liaf',
  parameters: { tau: 2, theta: 0.5 },
  state: { u: 0 },
  step: ['v = u + (x - u) / tau', 'o = spike(v - theta)', 'y = max(0, v - theta)', 'u = (1 - o) * v'],
  output: 'y',
} satisfies NeuronDescription;
