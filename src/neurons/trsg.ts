// Tests: test/neurons/descriptions.test.ts.
import type { NeuronDescription } from '../equations/index.js';

/**
 * A neuron that hands on its threshold: θ·o with θ = softplus(w) learned, one a layer, from `theta0`, and so is the leak σ(k),
 * from time constant `tau0`. Soft reset, differentiated through. With the rectangle of width 1 the gradient is that of the
 * threshold-robust surrogate: inside θ/2 \< v \< 3θ/2 it is ∂y/∂v = 1 and ∂y/∂θ = o − v/θ, outside 0 and o. Threshold-robust
 * surrogate gradient and membrane potential initialisation (TrSG, MP-Init), WACV 2026; potentials begin at 0 here, without
 * MP-Init. Its output is computed as something analog; energy counts it as spikes, for θ can be multiplied into the weights behind.
 */
export const trsg = {
  name: 'trsg',
  parameters: {
    w: { per: 'layer', learned: true, initial: 'log(exp(theta0) - 1)' },
    k: { per: 'layer', learned: true, initial: '-log(tau0 - 1)' },
    theta0: 2,
    tau0: 2,
  },
  state: { u: 0 },
  step: [
    'theta = log(1 + exp(w))',
    'v = u + (x - u) * sigmoid(k)',
    'o = spike(v / theta - 1)',
    'y = theta * o',
    'u = v - y',
  ],
  output: 'y',
} satisfies NeuronDescription;
