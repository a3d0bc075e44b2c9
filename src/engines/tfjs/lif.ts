// A layer of LIF neurons over time, with backpropagation through time written out: only the potentials are kept
// for the backward pass, where differentiating step by step would keep seven tensors of their size.
import * as tf from '@tensorflow/tfjs';
import type { LifInForce, LifNumbers } from '../../neurons/lif.js';
import { fire, firingGradient, type SpikeObserver } from './spike.js';
import { joinSteps, splitSteps } from './steps.js';

/** The potential after the reset: `(1 − o)·v` (hard) or `v − theta·o` (soft). */
const reset = (v: tf.Tensor, o: tf.Tensor, { reset: kind, theta }: LifNumbers): tf.Tensor =>
  kind === 'hard' ? v.mul(tf.sub(1, o)) : v.sub(o.mul(theta));

/**
 * Runs a layer of neurons from rest; the equations stand in src/neurons/lif.ts.
 *
 * Backward, from the last step to the first, with `g_u[t] = tau·g_x[t+1]`:
 * `g_o = ∂L/∂o[t] − v[t]·g_u` (hard; soft: `− theta·g_u`; with `detachReset` without that term), then
 * `g_x[t] = firingGradient(g_o) + (1 − o[t])·g_u` (soft: `+ g_u`).
 *
 * @param current - input by time step, time-major `[T·B, …]`; or `[B, …]`, the same at every step
 * @param steps - time steps T
 * @param isStatic - true when `current` is the same at every step
 * @param observe - gives the observer of a time step
 * @returns spikes by time step, T tensors of shape `[B, …]`, and the same stacked, `[T·B, …]`
 */
export function lif(
  current: tf.Tensor,
  steps: number,
  isStatic: boolean,
  settings: LifInForce,
  observe?: (step: number) => SpikeObserver,
): tf.Tensor {
  const run = tf.customGrad((...args) => {
    const [input, save] = args as [tf.Tensor, tf.GradSaveFunc];
    const inputs = isStatic ? Array.from({ length: steps }, () => input) : splitSteps(input, steps);
    const potentials: tf.Tensor[] = [];
    const spikes: tf.Tensor[] = [];
    for (const [t, x] of inputs.entries()) {
      const v =
        t === 0
          ? x
          : reset(potentials[t - 1], spikes[t - 1], settings)
              .mul(settings.tau)
              .add(x);
      const o = fire(v, settings);
      observe?.(t).forward(v, o);
      potentials.push(v);
      spikes.push(o);
    }
    save(potentials);
    const gradFunc = (dy: tf.Tensor, saved: tf.Tensor[]): tf.Tensor =>
      throughTime(splitSteps(dy, steps), saved, isStatic, settings, observe);
    return { value: joinSteps(spikes), gradFunc };
  });
  return run(current);
}

function throughTime(
  gradients: tf.Tensor[],
  potentials: tf.Tensor[],
  isStatic: boolean,
  settings: LifInForce,
  observe?: (step: number) => SpikeObserver,
): tf.Tensor {
  const { tau, theta, reset: kind, detachReset } = settings;
  const hard = kind === 'hard';
  const toInput: tf.Tensor[] = [];
  let gU: tf.Tensor | undefined; // the last potential after the reset has no use
  for (let t = potentials.length - 1; t >= 0; t--) {
    const v = potentials[t];
    const o = fire(v, settings);
    let gO = gradients[t];
    if (gU && !detachReset) gO = gO.sub(hard ? gU.mul(v) : gU.mul(theta));
    const gFiring = firingGradient(gO, v, o, settings, observe?.(t));
    toInput[t] = gU ? gFiring.add(hard ? gU.mul(tf.sub(1, o)) : gU) : gFiring;
    gU = toInput[t].mul(tau);
  }
  return isStatic ? tf.addN(toInput) : joinSteps(toInput);
}
