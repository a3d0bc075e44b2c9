// The firing function on tensors: a step forward, a surrogate scaled by SGS backward (Eq. (5)).
//
// Comparisons are written as `step(a − b)`, which equals `a > b` exactly in float32 and runs ten times faster
// on TensorFlow.js wasm than `greater` and a cast. Tests: test/engines/tfjs/lif.test.ts.
import * as tf from '@tensorflow/tfjs';
import type { LifInForce, LifNumbers } from '../../neurons/lif.js';
import { surrogates } from '../../surrogates/index.js';
import {
  isNamed,
  surrogateEquations,
  surrogateParameter,
  type SurrogateSettings,
} from '../../surrogates/settings.js';
import type { GradientInForce } from '../../surrogates/sgs.js';
import { tensorEvaluator, type Value } from './evaluate.js';

/** Looks at one firing: called in the forward pass with v and o, in the backward pass with the gradients. */
export interface SpikeObserver {
  forward(v: tf.Tensor, o: tf.Tensor): void;
  backward(parts: { v: tf.Tensor; o: tf.Tensor; gO: tf.Tensor; h: tf.Tensor; gV: tf.Tensor }): void;
}

/**
 * The surrogate derivative h(u) of a tensor.
 *
 * @param u - the argument of the spike, of LIF `v − theta`; any shape
 */
export function surrogateDerivative(u: tf.Tensor, surrogate: SurrogateSettings): tf.Tensor {
  const h = shapeOf(u, surrogate);
  return surrogate.height === undefined ? h : h.mul(surrogate.height);
}

function shapeOf(u: tf.Tensor, surrogate: SurrogateSettings): tf.Tensor {
  if (isNamed(surrogate)) return surrogates[surrogate.name].tensor(tf, u, surrogateParameter(surrogate));
  const { description, expressions } = surrogateEquations(surrogate);
  const values = new Map<string, Value>([...Object.entries(description.parameters ?? {}), ['u', u]]);
  const h = tensorEvaluator(values)(expressions.derivative);
  return typeof h === 'number' ? tf.fill(u.shape, h) : h;
}

/** The SGS scale `1 + delta·sign(g_o)·(v − o)`, not below the floor. */
export function sgsScaleOf(
  gO: tf.Tensor,
  v: tf.Tensor,
  o: tf.Tensor,
  { delta, scaleFloor }: Pick<GradientInForce, 'delta' | 'scaleFloor'>,
): tf.Tensor {
  const scale = tf.sign(gO).mul(v.sub(o)).mul(delta).add(1);
  return scaleFloor === null ? scale : tf.maximum(scale, scaleFloor);
}

/**
 * `g_o · (1 + delta·sign(g_o)·(v − o))`, without a floor in its equal form `g_o + delta·|g_o|·(v − o)`, which
 * needs fewer passes over memory.
 */
function scaledGradient(gO: tf.Tensor, v: tf.Tensor, o: tf.Tensor, settings: LifInForce): tf.Tensor {
  const { delta, scaleFloor } = settings;
  if (delta === 0) return gO; // the scale is exactly 1
  const distance = v.sub(o);
  if (scaleFloor === null) return gO.add(tf.abs(gO).mul(distance).mul(delta));
  return gO.mul(tf.maximum(tf.sign(gO).mul(distance).mul(delta).add(1), scaleFloor));
}

/** Spikes: 1 where `v > theta` (strict, unless the settings compare by `>=`), else 0; float32. */
export const fire = (v: tf.Tensor, { theta, comparison }: LifNumbers): tf.Tensor =>
  comparison === '>=' ? tf.sub(1, tf.step(tf.sub(theta, v))) : tf.step(v.sub(theta));

/**
 * The gradient through the firing function only, Eq. (5) as in src/surrogates/sgs.ts, on tensors.
 *
 * @param gO - the total gradient at the spike
 * @param v - potential before the reset
 * @param o - spikes of v
 */
export function firingGradient(
  gO: tf.Tensor,
  v: tf.Tensor,
  o: tf.Tensor,
  settings: LifInForce,
  observer?: SpikeObserver,
): tf.Tensor {
  const { theta, surrogate } = settings;
  const scaled = scaledGradient(gO, v, o, settings);
  if (surrogate.name === 'identity' && surrogate.height === undefined && !observer) return scaled;
  const h = surrogateDerivative(v.sub(theta), surrogate);
  const gV = scaled.mul(h);
  observer?.backward({ v, o, gO, h, gV });
  return gV;
}

/** The firing function alone, differentiable: for one layer without time. `v` of any shape. */
export function spike(v: tf.Tensor, settings: LifInForce, observer?: SpikeObserver): tf.Tensor {
  const run = tf.customGrad((...args) => {
    const [potential, save] = args as [tf.Tensor, tf.GradSaveFunc];
    save([potential]);
    const gradFunc = (gO: tf.Tensor, [saved]: tf.Tensor[]): tf.Tensor =>
      firingGradient(gO, saved, fire(saved, settings), settings, observer);
    const o = fire(potential, settings);
    observer?.forward(potential, o);
    return { value: o, gradFunc };
  });
  return run(v);
}
