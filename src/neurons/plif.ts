// Tests: test/neurons/descriptions.test.ts.
import type { NeuronDescription } from '../equations/index.js';

/**
 * Parametric LIF: the leak 1/τ = σ(w) is learned, one a layer, from τ = `tau0`. Hard reset, no gradient through it. Fang et
 * al., Incorporating learnable membrane time constant to enhance learning of spiking neural networks, ICCV 2021; reset
 * detached as in their commands, `>` where their code has `≥`.
 */
export const plif = {
  name: 'plif',
  parameters: { w: { per: 'layer', learned: true, initial: '-log(tau0 - 1)' }, tau0: 2, theta: 1 },
  state: { u: 0 },
  step: ['v = u + (x - u) * sigmoid(w)', 'o = spike(v - theta)', 'u = (1 - detach(o)) * v'],
  output: 'o',
} satisfies NeuronDescription;
