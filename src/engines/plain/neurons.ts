// A layer of leaky integrate-and-fire neurons and backpropagation through time, step by step in float64. The equations are those
// of src/neurons/lif.ts, used as they stand there.
import type { Pull } from '../../learning/losses/neuron-terms.js';
import { afterReset, fires, type LifInForce, type LifNumbers, potential } from '../../neurons/lif.js';
import { derivativeOf } from '../../surrogates/settings.js';
import { firingGradient } from '../../surrogates/sgs.js';
import type { See } from '../probe.js';
import type { Gradients, SeenNeurons, Traced } from './pass.js';

/** A layer of LIF that was run. */
export interface LayerTrace extends SeenNeurons {
  /** Value that is compared with the threshold, where that is not v. */
  z?: Float64Array;
  /** Of each step: from the gradient of z to that of v. */
  fromZ?: Traced['back'][];
}

/** Changes to the firing of LIF. */
export interface Firing {
  /** The spike from z and its index. Default: whether z is above theta. */
  fire?(z: number, i: number): number;
  /** Makes z of the potentials of step t. Default: z is v. */
  normalise?(v: Float64Array, t: number): Traced;
}

/**
 * Runs the neurons of a layer from rest; the equations are those of src/neurons/lif.ts, presumably the paper's (1) to (3).
 *
 * @param current - `[steps][neurons]`
 */
export function runNeurons(
  current: ArrayLike<number>,
  steps: number,
  settings: LifNumbers,
  { fire = (z) => fires(z, settings), normalise }: Firing = {},
): LayerTrace {
  const size = current.length / steps;
  const [v, o] = [new Float64Array(current.length), new Float64Array(current.length)];
  const z = normalise ? new Float64Array(current.length) : v;
  const fromZ: Traced['back'][] = [];
  let u: Float64Array = new Float64Array(size);
  for (let t = 0, at = 0; t < steps; t++, at += size) {
    u.forEach((state, i) => (v[at + i] = potential(current[at + i], state, settings)));
    const now = normalise?.(v.slice(at, at + size), t);
    if (now) {
      z.set(now.y, at);
      fromZ.push(now.back);
    }
    u = u.map((_, i) => afterReset(v[at + i], (o[at + i] = fire(z[at + i], at + i)), settings));
  }
  return { steps, v, o, ...(normalise && { z, fromZ }) };
}

/**
 * The gradient of the currents, `[steps][neurons]`, from that of the spikes: backpropagation through time.
 *
 * From the last step to the first: u hands its gradient on to v (hard reset: where no spike was) and, unless the reset
 * is detached, to o (hard: −v, soft: −theta); o hands its own on to z by Eq. (5), whose potential is z, for z is what is compared
 * with the threshold; and z to v.
 *
 * @param firing - the gradient of `z[i]` from `gO`, the whole one of spike `i`. Default: Eq. (5)
 */
export function neuronGradient(
  { steps, v, o, z = v, fromZ }: LayerTrace,
  gradient: ArrayLike<number>,
  settings: LifInForce,
  firing: (gO: number, i: number) => number = (gO, i) => firingGradient(gO, z[i], o[i], settings),
): Float64Array {
  const { tau, theta, reset, detachReset } = settings;
  const hard = reset === 'hard';
  const size = v.length / steps;
  const toCurrent = new Float64Array(v.length);
  let gU: Float64Array = new Float64Array(size); // the last potential after the reset has no use
  for (let t = steps - 1, at = t * size; t >= 0; t--, at -= size) {
    const gZ = gU.map((g, i) => {
      const throughReset = detachReset ? 0 : -g * (hard ? v[at + i] : theta);
      return firing(gradient[at + i] + throughReset, at + i);
    });
    const gV = (fromZ?.[t](gZ) ?? gZ).map((g, i) => g + (hard ? (1 - o[at + i]) * gU[i] : gU[i]));
    toCurrent.set(gV, at);
    gU = gV.map((g) => tau * g);
  }
  return toCurrent;
}

/** A layer of neurons that was run, of any kind. */
export interface NeuronRun {
  /** Output, `[T·B, H, W, C]`. */
  y: Float64Array;
  /** Potentials before the reset, as they are compared with a threshold; of neurons that name none what they give. */
  v: Float64Array;
  /** Undefined of neurons that do not spike. */
  spikes: Float64Array | undefined;
  /** Argument of `spike(…)`; undefined of neurons that are not judged. */
  margins?: Float64Array;
  /** The gradients of the currents and of what is learned, from that of `y`. */
  back(dy: Float64Array, pull?: Pull): Required<Gradients>;
  /** A way back that shows each firing once; of neurons that spike. */
  showFirings(dy: Float64Array, see: See, pull?: Pull): void;
}

/** A layer of LIF, run. */
export function runLif(x: Float64Array, steps: number, settings: LifInForce, firing?: Firing): NeuronRun {
  const trace = runNeurons(x, steps, settings, firing);
  const { o, v, z = v } = trace;
  return {
    ...{ y: o, v: z, spikes: o },
    back: (dy) => ({ x: neuronGradient(trace, dy, settings), learned: {} }),
    showFirings(dy, see) {
      const h = derivativeOf(settings.surrogate);
      neuronGradient(trace, dy, settings, (gO, i) => {
        const u = z[i] - settings.theta;
        return see(gO, i, u, h(u));
      });
    },
  };
}
