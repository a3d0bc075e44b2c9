// LIF neurons whose potential is normalised, on tensors, step by step. Tests: test/engines/mpbn.test.ts.
import * as tf from '@tensorflow/tfjs';
import type { LifInForce } from '../../neurons/lif.js';
import { fire, spike, type SpikeObserver } from './spike.js';
import { joinSteps } from './steps.js';

/**
 * Runs the neurons from rest; the equations stand in src/network/kinds/mpbn.ts.
 *
 * @param inputs - the current of each step, `[B, …]`
 * @param normalise - z of the potential of a step
 * @returns spikes, `[T·B, …]`
 */
export function mpbn(
  inputs: readonly tf.Tensor[],
  normalise: (v: tf.Tensor) => tf.Tensor,
  settings: LifInForce,
  observe?: (step: number) => SpikeObserver,
): tf.Tensor {
  const { tau, theta, reset, detachReset } = settings;
  let u: tf.Tensor | undefined;
  const spikes = inputs.map((x, t) => {
    const v = u === undefined ? x : u.mul(tau).add(x);
    const z = normalise(v);
    const o = spike(z, settings, observe?.(t));
    const felt = detachReset ? fire(z, settings) : o; // a step of its own has no gradient
    u = reset === 'hard' ? v.mul(tf.sub(1, felt)) : v.sub(felt.mul(theta));
    return o;
  });
  return joinSteps(spikes);
}
