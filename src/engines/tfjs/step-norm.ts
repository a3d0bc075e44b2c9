// Batch norms over time on tensors: x̂ of all steps together or of each, then the factor and the addend of each step, with their
// gradients in closed form by channel. Tests: test/engines/step-norms.test.ts.
import * as tf from '@tensorflow/tfjs';
import type { StepNormLayer } from '../../network/layers.js';
import { stepNorms } from '../../norms/index.js';
import type { BatchNormSettings } from '../../learning/batch-norm.js';
import { learnedSuffixes } from '../step-norm.js';
import { batchNormTrain, type BatchStatistics, meanByChannel } from './batch-norm.js';
import { joinSteps, splitSteps } from './steps.js';

/** What is learned and remembered of a layer, by suffix; two axes `[T, C]` lie as every matrix does here, `[C, T]`. */
type Own = (suffix: string) => tf.Tensor;

/** A signal `[steps·B, …]` and the norm that it meets; `steps` is 1 while it is the same at every step. */
export interface StepNormSite {
  layer: StepNormLayer;
  settings: BatchNormSettings;
  own: Own;
  steps: number;
}

/** The same values by channel `[C]` of each step. */
const rowsOf = (table: tf.Tensor, steps: number): tf.Tensor1D[] =>
  splitSteps(table, steps).map((row) => row.reshape([-1]) as tf.Tensor1D);

/** `[T, C]` as the tables of norms have it. */
const upright = (tensor: tf.Tensor): tf.Tensor => (tensor.rank === 2 ? tensor.transpose() : tensor);

const mapOf = ({ layer, own }: StepNormSite): { scale: tf.Tensor; shift: tf.Tensor } => {
  const learned = Object.fromEntries(learnedSuffixes(layer).map((suffix) => [suffix, upright(own(suffix))]));
  return stepNorms[layer.kind].tensors(tf, learned, layer);
};

/** `x·scale + shift` by channel; the sums of its gradients are means first, which keeps float32 rounding small. */
function scaleAndShift(x: tf.Tensor, scale: tf.Tensor1D, shift: tf.Tensor1D): tf.Tensor {
  const n = x.size / scale.size;
  const apply = tf.customGrad((...args) => {
    const [input, factor, addend] = args as tf.Tensor[];
    const save = args[3] as tf.GradSaveFunc;
    save([input, factor]);
    const gradFunc = (dy: tf.Tensor, [before, by]: tf.Tensor[]): tf.Tensor[] => [
      dy.mul(by),
      meanByChannel(dy.mul(before)).mul(n),
      meanByChannel(dy).mul(n),
    ];
    return { value: input.mul(factor).add(addend), gradFunc };
  });
  return apply(x, scale, shift);
}

/** The map of each step on its part of a signal; a signal of one step meets every row, or the first where all are equal. */
function mapped(
  { layer, steps }: StepNormSite,
  hat: tf.Tensor,
  { scale, shift }: { scale: tf.Tensor; shift: tf.Tensor },
): { x: tf.Tensor; steps: number } {
  const [scales, shifts] = [rowsOf(scale, layer.steps), rowsOf(shift, layer.steps)];
  if (steps === 1 && !stepNorms[layer.kind].differs)
    return { x: scaleAndShift(hat, scales[0], shifts[0]), steps };
  const parts = steps === 1 ? scales.map(() => hat) : splitSteps(hat, steps);
  return {
    x: joinSteps(parts.map((part, t) => scaleAndShift(part, scales[t], shifts[t]))),
    steps: layer.steps,
  };
}

/** With the statistics of the batch, which are handed out, kept, once for each move of the running ones. */
export function stepNormTrain(
  site: StepNormSite,
  x: tf.Tensor,
  onStatistics: (statistics: BatchStatistics) => void,
): { x: tf.Tensor; steps: number } {
  const { layer, settings, steps } = site;
  const norm = stepNorms[layer.kind];
  const [one, zero] = [tf.ones([layer.channels]), tf.zeros([layer.channels])] as tf.Tensor1D[];
  const normalise = (part: tf.Tensor, repeats: number) =>
    batchNormTrain(part, one, zero, settings, 1, repeats);
  const merged = norm.statistics === 'merged';
  const made =
    merged || steps === 1
      ? [normalise(x, merged ? layer.steps / steps : 1)]
      : splitSteps(x, steps).map((part) => normalise(part, 1));
  const ofSteps = Array.from(
    { length: merged ? 1 : layer.steps },
    (_, t) => made[t % made.length].statistics,
  );
  if (norm.running === 'shared') ofSteps.forEach(onStatistics);
  else {
    const all = (what: keyof BatchStatistics) =>
      tf.keep(
        tf.stack(
          ofSteps.map((of) => of[what]),
          1,
        ),
      ) as tf.Tensor as tf.Tensor1D;
    onStatistics({ mean: all('mean'), variance: all('variance') });
    for (const { mean, variance } of made.map((of) => of.statistics)) tf.dispose([mean, variance]);
  }
  const hat = made.length === 1 ? made[0].y : joinSteps(made.map(({ y }) => y));
  return mapped(site, hat, mapOf(site));
}

/** With running statistics. */
export function stepNormEvaluate(site: StepNormSite, x: tf.Tensor): { x: tf.Tensor; steps: number } {
  const { layer, own, settings } = site;
  const table = (suffix: string): tf.Tensor => {
    const running = own(suffix);
    return running.rank === 2 ? upright(running) : tf.tile(running.expandDims(0), [layer.steps, 1]);
  };
  const { scale, shift } = mapOf(site);
  const factor = scale.mul(tf.rsqrt(table('runningVariance').add(settings.epsilon)));
  return mapped(site, x, { scale: factor, shift: shift.sub(table('runningMean').mul(factor)) });
}
