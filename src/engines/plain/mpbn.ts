// LIF neurons whose potential is normalised, and backpropagation through time, step by step over a whole batch in float64: the
// statistics of a step are those of all its potentials. Tests: test/engines/mpbn.test.ts.
import { afterReset, fires, type LifInForce, potential } from '../../neurons/lif.js';
import { firingGradient } from '../../surrogates/sgs.js';
import {
  affine,
  batchNorm,
  batchNormGradient,
  type BatchNormSite,
  channelMoments,
  type ChannelMoments,
} from './batch-norm.js';

/** What such a layer is given. */
export interface MpbnSite {
  neuron: LifInForce;
  steps: number;
  norm: BatchNormSite;
  /** Running statistics as a factor and an addend by channel, in inference; absent: those of the batch. */
  folded?: { scale: Float64Array; shift: Float64Array };
}

/** Potentials v, what they are normalised to, z, and spikes, `[steps][neurons][channels]`. */
export interface MpbnTrace {
  v: Float64Array;
  z: Float64Array;
  o: Float64Array;
  /** Of each step; none in inference. */
  moments: ChannelMoments[];
}

/**
 * Runs the neurons from rest.
 *
 * @param current - `[steps][neurons][channels]`
 * @param fire - the firing function, given z and the index of the neuron and step; default: 1 above theta
 */
export function runMpbn(
  current: Float64Array,
  { neuron, steps, norm, folded }: MpbnSite,
  fire: (z: number, i: number) => number = (z) => fires(z, neuron),
): MpbnTrace {
  const size = current.length / steps;
  const [v, z, o] = [0, 1, 2].map(() => new Float64Array(current.length));
  const moments: ChannelMoments[] = [];
  let u = new Float64Array(size);
  for (let t = 0; t < steps; t++) {
    const now = u.map((state, i) => potential(current[t * size + i], state, neuron));
    v.set(now, t * size);
    if (folded) z.set(affine(now, folded), t * size);
    else {
      moments.push(channelMoments(now, norm.gamma.length));
      z.set(batchNorm(now, norm, moments[t]), t * size);
    }
    u = now.map((value, i) => {
      const at = t * size + i;
      o[at] = fire(z[at], at);
      return afterReset(value, o[at], neuron);
    });
  }
  return { v, z, o, moments };
}

/** Gradients of such a layer. */
export interface MpbnGradient {
  current: Float64Array;
  gamma: Float64Array;
  beta: Float64Array;
}

/**
 * The gradients of the currents, γ and β from that of the spikes. From the last step to the first: u hands its gradient on to v
 * (hard reset: where no spike was) and, unless the reset is detached, to o; o to z by Eq. (5), whose potential is z, for z is what is
 * compared with the threshold; z to v through mean and variance of its step.
 *
 * @param firing - the gradient of `z[i]` from `gO`, the whole one of spike `i`; default: Eq. (5)
 */
export function mpbnGradient(
  { v, z, o }: MpbnTrace,
  gradient: ArrayLike<number>,
  { neuron, steps, norm, folded }: MpbnSite,
  firing: (gO: number, i: number) => number = (gO, i) => firingGradient(gO, z[i], o[i], neuron),
): MpbnGradient {
  const { tau, theta, detachReset } = neuron;
  const hard = neuron.reset === 'hard';
  const size = v.length / steps;
  const channels = norm.gamma.length;
  const current = new Float64Array(v.length);
  const [gamma, beta] = [new Float64Array(channels), new Float64Array(channels)];
  let gU: Float64Array = new Float64Array(size); // the last potential after the reset is used by nobody
  for (let t = steps - 1; t >= 0; t--) {
    const first = t * size;
    const gZ = gU.map((g, i) => {
      const throughReset = detachReset ? 0 : -g * (hard ? v[first + i] : theta);
      return firing(gradient[first + i] + throughReset, first + i);
    });
    let gV: Float64Array = gZ;
    if (folded) gV = gZ.map((g, i) => g * folded.scale[i % channels]);
    else {
      const own = batchNormGradient(v.subarray(first, first + size), gZ, norm);
      gV = own.input;
      for (let c = 0; c < channels; c++) {
        gamma[c] += own.gamma[c];
        beta[c] += own.beta[c];
      }
    }
    const whole = gV.map((g, i) => g + (hard ? (1 - o[first + i]) * gU[i] : gU[i]));
    current.set(whole, first);
    gU = whole.map((g) => tau * g);
  }
  return { current, gamma, beta };
}
