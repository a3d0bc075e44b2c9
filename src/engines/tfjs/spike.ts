// The firing function on tensors: a step forward, a surrogate scaled by SGS backward (Eq. (5)).
//
// Comparisons are written as `step(a − b)`, which equals `a > b` exactly in float32 and runs ten times faster
// on TensorFlow.js wasm than `greater` and a cast.
import * as tf from '@tensorflow/tfjs';
import type { NeuronSettings } from '../../neuron.js';
import { surrogateParameter, type SurrogateSettings } from '../../surrogate.js';

/** Looks at one firing: called in the forward pass with v and o, in the backward pass with the gradients. */
export interface SpikeObserver {
  forward(v: tf.Tensor, o: tf.Tensor): void;
  backward(parts: { v: tf.Tensor; o: tf.Tensor; gO: tf.Tensor; h: tf.Tensor; gV: tf.Tensor }): void;
}

/**
 * The surrogate derivative h(u) of a tensor; formulas in src/surrogate.ts.
 *
 * @param u - `v − theta`, any shape
 */
export function surrogateDerivative(u: tf.Tensor, surrogate: SurrogateSettings): tf.Tensor {
  const p = surrogateParameter(surrogate);
  switch (surrogate.name) {
    case 'rectangle': {
      const inside = tf.step(tf.sub(p / 2, tf.abs(u)));
      return p === 1 ? inside : inside.mul(1 / p);
    }
    case 'triangle':
      return tf.relu(tf.sub(p, tf.abs(u))).mul(1 / (p * p));
    case 'sigmoid': {
      const s = tf.sigmoid(u.mul(p));
      return s.mul(tf.sub(1, s)).mul(p);
    }
    case 'atan':
      return tf.div(
        p / 2,
        u
          .mul((Math.PI * p) / 2)
          .square()
          .add(1),
      );
    case 'gaussian':
      return tf.exp(u.square().mul(-1 / (2 * p * p))).mul(1 / (Math.sqrt(2 * Math.PI) * p));
    case 'fastSigmoid':
      return tf.div(1, tf.abs(u).mul(p).add(1).square());
    case 'identity':
      return tf.onesLike(u);
  }
}

/**
 * `g_o · (1 + delta·sign(g_o)·(v − o))`, without a floor in its equal form `g_o + delta·|g_o|·(v − o)`, which
 * needs fewer passes over memory.
 */
function scaledGradient(gO: tf.Tensor, v: tf.Tensor, o: tf.Tensor, settings: NeuronSettings): tf.Tensor {
  const { delta, scaleFloor } = settings;
  if (delta === 0) return gO; // the scale is exactly 1
  const distance = v.sub(o);
  if (scaleFloor === null) return gO.add(tf.abs(gO).mul(distance).mul(delta));
  return gO.mul(tf.maximum(tf.sign(gO).mul(distance).mul(delta).add(1), scaleFloor));
}

/**
 * Fires: `o = 1 if v > theta else 0` (strict). Backward: `firingGradient` of src/neuron.ts with `g_o` the total
 * gradient at the spike: the tape asks for it only when every use of the spike has answered.
 *
 * @param v - potential before the reset, any shape
 * @returns spikes, 0 or 1, float32, of the same shape
 */
export function spike(v: tf.Tensor, settings: NeuronSettings, observer?: SpikeObserver): tf.Tensor {
  const { theta, surrogate } = settings;
  const fire = tf.customGrad((...args) => {
    const [potential, save] = args as [tf.Tensor, tf.GradSaveFunc];
    const o = tf.step(potential.sub(theta));
    save([potential, o]);
    const gradFunc = (gO: tf.Tensor, saved: tf.Tensor[]): tf.Tensor => {
      const [vSaved, oSaved] = saved;
      const scaled = scaledGradient(gO, vSaved, oSaved, settings);
      if (surrogate.name === 'identity' && !observer) return scaled;
      const h = surrogateDerivative(vSaved.sub(theta), surrogate);
      const gV = scaled.mul(h);
      observer?.backward({ v: vSaved, o: oSaved, gO, h, gV });
      return gV;
    };
    return { value: o, gradFunc };
  });
  const o = fire(v);
  observer?.forward(v, o);
  return o;
}
