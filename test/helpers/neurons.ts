// What comparing neurons in two precisions asks for.
import type { LifInForce } from '../../src/neurons/lif.js';
import { surrogates } from '../../src/surrogates/index.js';
import { type NamedSurrogate, surrogateParameter } from '../../src/surrogates/settings.js';

/**
 * How far the potentials `v` of one neuron stay from where spikes or gradients may jump: from the threshold and from the
 * ends of the surrogate's support. Nearer than rounding, no two precisions need agree.
 */
export function distanceToJump(v: ArrayLike<number>, { theta, ...settings }: LifInForce): number {
  const surrogate = settings.surrogate as NamedSurrogate;
  const support = surrogates[surrogate.name].support(surrogateParameter(surrogate));
  let nearest = Infinity;
  for (let t = 0; t < v.length; t++) {
    const u = Math.abs(v[t] - theta);
    nearest = Math.min(nearest, u, Math.abs(u - support));
  }
  return nearest;
}

/** The sum over the steps of `[steps][neurons]`: the gradient of a current that is the same at every step. */
export function sumOverSteps(values: Float64Array, steps: number): Float64Array {
  const neurons = values.length / steps;
  const sums = new Float64Array(neurons);
  values.forEach((value, i) => (sums[i % neurons] += value));
  return sums;
}
