// How weights move: the optimizers by kind. Adding one: its file, its line in `builtIn`, and its kernel in engine event, which the
// compiler asks for.
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

/** How weights move. */
export type OptimizerSettings = SettingsOf<(typeof builtIn)[number]>;
/** One of the optimizers. */
export type OptimizerKind = OptimizerSettings['kind'];

const optimizers = new Map<string, Optimizer<CommonSettings>>(
  builtIn.map((one) => [one.kind, one as unknown as Optimizer<CommonSettings>]),
);

const of = ({ kind }: OptimizerSettings): Optimizer<CommonSettings> => optimizers.get(kind)!;

/** What an optimizer remembers of each parameter: the names of its slots, one tensor of the parameter's shape each. */
export const slotNames = (settings: OptimizerSettings): string[] => of(settings).slots(settings);

/** What an experiment may say of it; without a kind, Adam. */
export const optimizerSchema: z.ZodType<OptimizerSettings> = z.preprocess(
  (given) => {
    if (typeof given !== 'object' || given === null || Array.isArray(given)) return given;
    const { kind = adam.kind } = given as { kind?: string };
    return { ...(optimizers.get(kind) ?? adam).defaults, ...given };
  },
  z.discriminatedUnion('kind', builtIn.map(({ settings }) => settings) as unknown as [z.ZodObject]),
) as unknown as z.ZodType<OptimizerSettings>;

/**
 * The optimizer of one parameter. What neurons learn (leaks, thresholds, gates) has no weight decay, which would pull it to 0
 * and not the network to smaller weights.
 */
export const optimizerFor = (
  { role }: Pick<ParameterSpec, 'role'>,
  settings: OptimizerSettings,
): OptimizerSettings => (role === 'neuron' ? { ...settings, weightDecay: 0 } : settings);

/**
 * One update of one parameter in float64.
 *
 * @param gradient - without weight decay
 * @param update - 1 for the first update ever
 */
export const updated = (
  before: Updated<Float64Array>,
  gradient: ArrayLike<number>,
  settings: OptimizerSettings,
  learningRate: number,
  update: number,
): Updated<Float64Array> => {
  const g = before.parameter.map((w, i) => gradient[i] + settings.weightDecay * w);
  return of(settings).plain(before, g, settings, learningRate, update);
};

/** The same on tensors; nothing given is disposed. */
export const updatedTensors = (
  before: Updated<Tf.Tensor>,
  gradient: Tf.Tensor,
  settings: OptimizerSettings,
  learningRate: number,
  update: number,
): Updated<Tf.Tensor> => {
  const { weightDecay } = settings;
  const g = weightDecay > 0 ? gradient.add(before.parameter.mul(weightDecay)) : gradient;
  return of(settings).tensor(before, g, settings, learningRate, update);
};
