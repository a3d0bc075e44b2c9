// Initial weights: PyTorch's conventions, drawn from one stream per tensor, the same on every engine.
import { stream } from '../random.js';
import type { Network } from './layers.js';
import { parameterSpecs, sizeOf, type TensorMap } from './parameters.js';

/**
 * Draws the initial weights of a network: weights and biases of convolutions and linear layers uniform in
 * ±1/√fanIn (`kaiming_uniform_` with a = √5, PyTorch's default), batch norm γ = 1, β = 0, running mean 0 and
 * variance 1, what neurons learn as their equations say. A fast surrogate needs nothing else: batch norm sets the scale of every current.
 *
 * @param network - every parameter and buffer of it gets a tensor
 * @param seed - each tensor has its own stream, (seed, `init`, name): adding a layer changes no other's weights
 * @returns by name: convolutions `[out, in, H, W]`, linear `[out, in]`, norms `[channels]`; float32
 */
export function initialWeights(network: Network, seed: number): TensorMap {
  const weights: TensorMap = {};
  for (const { name, shape, fanIn, role, initial, spread } of parameterSpecs(network)) {
    const data = new Float32Array(sizeOf(shape));
    if (fanIn > 0) {
      const bound = 1 / Math.sqrt(fanIn);
      const { uniform } = stream(seed, 'init', name);
      for (let i = 0; i < data.length; i++) data[i] = (2 * uniform() - 1) * bound;
    } else if (initial !== undefined) {
      data.fill(initial);
      if (spread !== undefined) {
        const { normal } = stream(seed, 'init', name);
        for (let i = 0; i < data.length; i++) data[i] += spread * normal();
      }
    } else if (role === 'scale' || role === 'runningVariance') {
      data.fill(1);
    }
    weights[name] = { shape, data };
  }
  return weights;
}
