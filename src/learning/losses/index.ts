// The classification losses by kind. Adding one: its file, and its line in `builtIn`. What an experiment may say and what the
// engines compute follow from the list.
import type * as Tf from '@tensorflow/tfjs';
import { z } from 'zod';
import type { Logits, Loss, LossKindOf } from './loss.js';
import { mean } from './mean.js';
import { tet } from './tet.js';

export type { Logits } from './loss.js';

const builtIn = [mean, tet] as const;

type SettingsOf<One> = One extends LossKindOf<infer Settings> ? Settings : never;

/** How the logits are judged. */
export type LossSettings = SettingsOf<(typeof builtIn)[number]>;
/** What the logits of the time steps are turned into: see the file of each. */
export type LossKind = LossSettings['kind'];
/** Every {@link LossKind}. */
export const LOSS_KINDS: readonly LossKind[] = builtIn.map(({ kind }) => kind);

const losses = new Map<LossKind, LossKindOf<LossSettings>>(
  builtIn.map((one) => [one.kind, one as unknown as LossKindOf<LossSettings>]),
);

/** What an experiment may say of it; without a kind, `mean`. */
export const lossSchema: z.ZodType<LossSettings> = z.preprocess(
  (given) =>
    typeof given === 'object' && given !== null && !Array.isArray(given) ? { kind: 'mean', ...given } : given,
  z.discriminatedUnion('kind', builtIn.map(({ settings }) => settings) as unknown as [z.ZodObject]),
) as unknown as z.ZodType<LossSettings>;

/** The paper's: cross entropy of the time mean. */
export const defaultLoss: LossSettings = lossSchema.parse({});

/** The loss, how many examples are right, and the gradient of the logits. */
export interface LossResult extends Loss {
  correct: number;
  /** Time mean of the logits, `[B, classes]`. */
  mean: Float32Array;
}

/** The classification loss in plain loops, float64. */
export function classificationLoss(logits: Logits, labels: Int32Array, settings: LossSettings): LossResult {
  const { batch, classes } = logits;
  const mean = timeMean(logits);
  let correct = 0;
  for (let b = 0; b < batch; b++) correct += Number(argMax(mean, b * classes, classes) === labels[b]);
  return {
    ...losses.get(settings.kind)!.plain(logits, mean, labels, settings),
    correct,
    mean: Float32Array.from(mean),
  };
}

/**
 * The classification loss on tensors, for engine `tfjs`.
 *
 * @param logits - `[T, B, classes]`
 * @param oneHot - `[B, classes]`
 */
export const lossOfTensors = (
  tf: typeof Tf,
  logits: Tf.Tensor3D,
  oneHot: Tf.Tensor2D,
  settings: LossSettings,
): Tf.Scalar => losses.get(settings.kind)!.tensor(tf, logits, oneHot, settings);

function timeMean({ steps, batch, classes, values }: Logits): Float64Array {
  const mean = new Float64Array(batch * classes);
  for (let t = 0; t < steps; t++)
    for (let i = 0; i < mean.length; i++) mean[i] += values[t * mean.length + i] / steps;
  return mean;
}

/** Largest value's place, the first of equals; −1 where there is none but NaN, which is never the largest. */
function argMax(values: Float64Array, start: number, count: number): number {
  let best = -1;
  for (let c = 0; c < count; c++)
    if (best < 0 ? !Number.isNaN(values[start + c]) : values[start + c] > values[start + best]) best = c;
  return best;
}
