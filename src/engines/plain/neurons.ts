// A layer of leaky integrate-and-fire neurons and backpropagation through time, neuron by neuron in float64. The
// equations are those of src/neurons/lif.ts, used as they stand there.
import { lifStep, type NeuronSettings } from '../../neurons/lif.js';
import { surrogateParameter, surrogates } from '../../surrogates/index.js';
import { firingGradient } from '../../surrogates/sgs.js';

/** Potentials before the reset and spikes, `[steps][neurons]`. */
export interface LayerTrace {
  steps: number;
  v: Float64Array;
  o: Float64Array;
}

/** Runs the neurons of a layer from rest. `current` is `[steps][neurons]`. */
export function runNeurons(current: ArrayLike<number>, steps: number, settings: NeuronSettings): LayerTrace {
  const neurons = current.length / steps;
  const [v, o] = [new Float64Array(current.length), new Float64Array(current.length)];
  for (let neuron = 0; neuron < neurons; neuron++) {
    let u = 0;
    for (let i = neuron; i < v.length; i += neurons) {
      const step = lifStep(current[i], u, settings);
      [v[i], o[i], u] = [step.v, step.o, step.u];
    }
  }
  return { steps, v, o };
}

/**
 * The gradient of the currents, `[steps][neurons]`, from that of the spikes.
 *
 * From the last step to the first: u hands its gradient on to v (hard reset: where no spike was) and, unless the reset
 * is detached, to o (hard: −v, soft: −theta); o hands its own on to v by the SGS gradient.
 */
export function neuronGradient(
  { steps, v, o }: LayerTrace,
  gradient: ArrayLike<number>,
  settings: NeuronSettings,
): Float64Array {
  const { tau, theta, reset, detachReset } = settings;
  const hard = reset === 'hard';
  const neurons = v.length / steps;
  const toCurrent = new Float64Array(v.length);
  for (let neuron = 0; neuron < neurons; neuron++) {
    let gU = 0; // the last potential after the reset is used by nobody
    for (let i = v.length - neurons + neuron; i >= 0; i -= neurons) {
      const throughReset = detachReset ? 0 : -gU * (hard ? v[i] : theta);
      const toV = firingGradient(gradient[i] + throughReset, v[i], o[i], settings);
      toCurrent[i] = toV + (hard ? (1 - o[i]) * gU : gU);
      gU = tau * toCurrent[i];
    }
  }
  return toCurrent;
}

/**
 * How far the potentials `v` of one neuron stay from where spikes or gradients may jump: from the threshold and from the
 * ends of the surrogate's support. Nearer than rounding, no two precisions need agree.
 */
export function distanceToJump(v: ArrayLike<number>, { theta, surrogate }: NeuronSettings): number {
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
