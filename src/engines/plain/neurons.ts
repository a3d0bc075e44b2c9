// A layer of leaky integrate-and-fire neurons and backpropagation through time, neuron by neuron in float64. The
// equations are those of src/neurons/lif.ts, used as they stand there.
import { afterReset, fires, type LifInForce, type LifNumbers, potential } from '../../neurons/lif.js';
import { firingGradient } from '../../surrogates/sgs.js';

/** Potentials before the reset and spikes, `[steps][neurons]`. */
export interface LayerTrace {
  steps: number;
  v: Float64Array;
  o: Float64Array;
}

/**
 * Runs the neurons of a layer from rest; the equations are those of src/neurons/lif.ts, presumably the paper's (1) to (3).
 *
 * @param current - `[steps][neurons]`
 * @param fired - spikes that are known already, of an engine whose potentials are rounded otherwise; `[steps][neurons]`
 */
export function runNeurons(
  current: ArrayLike<number>,
  steps: number,
  settings: LifNumbers,
  fired?: ArrayLike<number>,
): LayerTrace {
  const neurons = current.length / steps;
  const [v, o] = [new Float64Array(current.length), new Float64Array(current.length)];
  for (let neuron = 0; neuron < neurons; neuron++) {
    let u = 0;
    for (let i = neuron; i < v.length; i += neurons) {
      v[i] = potential(current[i], u, settings);
      o[i] = fired ? fired[i] : fires(v[i], settings);
      u = afterReset(v[i], o[i], settings);
    }
  }
  return { steps, v, o };
}

/** The gradient of a potential through the firing function, from `gO`, the whole gradient of spike `i`. */
export type Firing = (gO: number, i: number) => number;

/**
 * The gradient of the currents, `[steps][neurons]`, from that of the spikes: backpropagation through time.
 *
 * From the last step to the first: u hands its gradient on to v (hard reset: where no spike was) and, unless the reset
 * is detached, to o (hard: −v, soft: −theta); o hands its own on to v by Eq. (5).
 *
 * @param firing - Eq. (5), or a function that computes it and looks at it
 */
export function neuronGradient(
  { steps, v, o }: LayerTrace,
  gradient: ArrayLike<number>,
  settings: LifInForce,
  firing: Firing = (gO, i) => firingGradient(gO, v[i], o[i], settings),
): Float64Array {
  const { tau, theta, reset, detachReset } = settings;
  const hard = reset === 'hard';
  const neurons = v.length / steps;
  const toCurrent = new Float64Array(v.length);
  for (let neuron = 0; neuron < neurons; neuron++) {
    let gU = 0; // the last potential after the reset is used by nobody
    for (let i = v.length - neurons + neuron; i >= 0; i -= neurons) {
      const throughReset = detachReset ? 0 : -gU * (hard ? v[i] : theta);
      toCurrent[i] = firing(gradient[i] + throughReset, i) + (hard ? (1 - o[i]) * gU : gU);
      gU = tau * toCurrent[i];
    }
  }
  return toCurrent;
}
