// A layer of LIF neurons over time, on tensors. The equations stand in src/neuron.ts.
import * as tf from '@tensorflow/tfjs';
import type { NeuronSettings } from '../../neuron.js';
import { spike, type SpikeObserver } from './spike.js';

/** The potential after the reset: `(1 − o)·v` (hard) or `v − theta·o` (soft). */
function reset(v: tf.Tensor, o: tf.Tensor, settings: NeuronSettings): tf.Tensor {
  const { reset: kind, theta, detachReset } = settings;
  const apply = tf.customGrad((...args) => {
    const [potential, spikes, save] = args as [tf.Tensor, tf.Tensor, tf.GradSaveFunc];
    const hard = kind === 'hard';
    const silent = hard ? tf.sub(1, spikes) : undefined; // 1 where the potential is kept
    save(silent === undefined ? [] : [potential, silent]);
    const gradFunc = (gU: tf.Tensor, saved: tf.Tensor[]): tf.Tensor[] => {
      const gV = hard ? gU.mul(saved[1]) : gU.clone();
      if (detachReset) return [gV, tf.zerosLike(gU)];
      return [gV, hard ? gU.mul(saved[0]).neg() : gU.mul(-theta)];
    };
    const value = silent === undefined ? potential.sub(spikes.mul(theta)) : potential.mul(silent);
    return { value, gradFunc };
  });
  return apply(v, o);
}

/**
 * Runs a layer of neurons from rest.
 *
 * @param currents - input current by time step, T tensors of one shape `[B, …]`
 * @param observe - gives the observer of a time step
 * @returns spikes by time step, T tensors of that shape
 */
export function lif(
  currents: tf.Tensor[],
  settings: NeuronSettings,
  observe?: (step: number) => SpikeObserver,
): tf.Tensor[] {
  let u: tf.Tensor | undefined;
  return currents.map((x, t) => {
    const v = u === undefined ? x : u.mul(settings.tau).add(x);
    const o = spike(v, settings, observe?.(t));
    if (t < currents.length - 1) u = reset(v, o, settings);
    return o;
  });
}
