// The optimizers by kind. Adding one: its file, its line in `builtIn`, and its kernel in engine event, which the compiler asks
// for.
import type * as Tf from '@tensorflow/tfjs';
import { z } from 'zod';
import type { ParameterSpec } from '../../network/parameters.js';
import { adam } from './adam.js';
import type { CommonSettings, Optimizer, Updated } from './optimizer.js';
import { sgd } from './sgd.js';

export { defaultAdam } from './adam.js';
export type { Updated } from './optimizer.js';
export { defaultSgd } from './sgd.js';

const builtIn = [adam, sgd] as const;

type SettingsOf<One> = One extends Optimizer<infer Settings> ? Settings : never;

/** Settings of an optimizer. */
export type OptimizerSettings = SettingsOf<(typeof builtIn)[number]>;
/** One of the optimizers. */
export type OptimizerKind = OptimizerSettings['kind'];

const optimizers = new Map<string, Optimizer<CommonSettings>>(
  builtIn.map((one) => [one.kind, one as unknown as Optimizer<CommonSettings>]),
);

const of = ({ kind }: OptimizerSettings): Optimizer<CommonSettings> => optimizers.get(kind)!;

/** Slots of an optimizer for each parameter: the names of its slots, one tensor of the parameter's shape each. */
export const slotNames = (settings: OptimizerSettings): string[] => of(settings).slots(settings);

/** Its settings in an experiment; without a kind, Adam. */
export const optimizerSchema: z.ZodType<OptimizerSettings> = z.preprocess(
  (given) => {
    if (typeof given !== 'object' || given === null || Array.isArray(given)) return given;
    const { kind = adam.kind } = given as { kind?: string };
    return { ...(optimizers.get(kind) ?? adam).defaults, ...given };
  },
  z.discriminatedUnion('kind', builtIn.map(({ settings }) => settings) as unknown as [z.ZodObject]),
) as unknown as z.ZodType<OptimizerSettings>;

/** The optimizer of one parameter: what neurons learn has a weight decay of its own, none by default. */
export const optimizerFor = (
  { role }: Pick<ParameterSpec, 'role'>,
  settings: OptimizerSettings,
): OptimizerSettings =>
  role === 'neuron' ? { ...settings, weightDecay: settings.neuronDecay ?? 0 } : settings;

/** The learning rate of one parameter: of what neurons learn times `neuronRate`. */
export const rateFor = (
  { role }: Pick<ParameterSpec, 'role'>,
  { neuronRate = 1 }: OptimizerSettings,
  learningRate: number,
): number => (role === 'neuron' ? neuronRate * learningRate : learningRate);

/** Whether all parameters are moved alike, what neurons learn too. */
export const movesAllAlike = ({ weightDecay, neuronDecay = 0, neuronRate = 1 }: OptimizerSettings): boolean =>
  neuronDecay === weightDecay && neuronRate === 1;

/** Factor of a parameter before an update: 1, or less where its weight decay is decoupled. */
export const keptShare = (
  { weightDecay, decoupled = false }: OptimizerSettings,
  learningRate: number,
): number => (decoupled ? 1 - learningRate * weightDecay : 1);

/** What is added to the gradient of each parameter, times itself: its weight decay, where that is coupled. */
export const coupledDecay = ({ weightDecay, decoupled = false }: OptimizerSettings): number =>
  decoupled ? 0 : weightDecay;

/**
 * One update of one parameter in float64.
 *
 * @param gradient - without weight decay
 * @param settings - of this parameter: `optimizerFor`
 * @param learningRate - of this parameter: `rateFor`
 * @param update - 1 for the first update ever
 */
export const updated = (
  before: Updated<Float64Array>,
  gradient: ArrayLike<number>,
  settings: OptimizerSettings,
  learningRate: number,
  update: number,
): Updated<Float64Array> => {
  const decay = coupledDecay(settings);
  const share = keptShare(settings, learningRate);
  const g = before.parameter.map((w, i) => gradient[i] + decay * w);
  const parameter = share === 1 ? before.parameter : before.parameter.map((w) => share * w);
  return of(settings).plain({ ...before, parameter }, g, settings, learningRate, update);
};

/** The same on tensors; nothing given is disposed. */
export const updatedTensors = (
  before: Updated<Tf.Tensor>,
  gradient: Tf.Tensor,
  settings: OptimizerSettings,
  learningRate: number,
  update: number,
): Updated<Tf.Tensor> => {
  const decay = coupledDecay(settings);
  const share = keptShare(settings, learningRate);
  const g = decay > 0 ? gradient.add(before.parameter.mul(decay)) : gradient;
  const parameter = share === 1 ? before.parameter : before.parameter.mul(share);
  return of(settings).tensor({ ...before, parameter }, g, settings, learningRate, update);
};
