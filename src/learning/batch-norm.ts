// Batch normalisation: its settings and the gain of its kinds. Plain formula: src/engines/plain/batch-norm.ts.
import { z } from 'zod';
import { SettingsError } from '../errors.js';
import { type NeuronChoice, thresholdOf } from '../neurons/settings.js';
import { STEP_NORM_NAMES, type StepNormName } from '../norms/index.js';
import { chosenBy, epsilon, positive, settings, share } from '../settings.js';

/**
 * `standard` (what the authors run); `tdbn`: scaled by `alpha·theta` (Zheng et al. 2021, as in their code: form A);
 * `tdbnInit`: the same with a scale that begins at `alpha·theta` and no factor (form B: SpikingJelly, BrainCog); then those
 * whose map may differ from step to step, see `stepNorms`; and `neuNorm`: no batch norm, but neuron normalisation behind
 * the neurons (Wu et al. 2019), whose outputs are then no spikes.
 */
export const BATCH_NORM_KINDS = ['standard', 'tdbn', 'tdbnInit', ...STEP_NORM_NAMES, 'neuNorm'] as const;
/** One of `BATCH_NORM_KINDS`. */
export type BatchNormKind = 'standard' | 'tdbn' | 'tdbnInit' | StepNormName | 'neuNorm';

/** Batch normalisation over `T · B · H · W` by channel, biased variance; the running variance is unbiased. */
export interface BatchNormSettings {
  kind: BatchNormKind;
  /** tdBN's α, default 1. */
  alpha: number;
  /** Added to the variance, default 1e-5; of `bntt` 1e-4, as its authors have it. */
  epsilon: number;
  /** Weight of the new batch in the running statistics, default 0.1. */
  momentum: number;
  /** Of `neuNorm` alone: decay of the auxiliary neuron, default 0.9. */
  k?: number;
}

export const defaultBatchNorm: BatchNormSettings = {
  kind: 'standard',
  alpha: 1,
  epsilon: 1e-5,
  momentum: 0.1,
};

const fieldsOf = (defaultEpsilon: number) => ({
  kind: z.enum(BATCH_NORM_KINDS).default(defaultBatchNorm.kind),
  alpha: positive.default(defaultBatchNorm.alpha),
  epsilon: epsilon.default(defaultEpsilon),
  momentum: share.default(defaultBatchNorm.momentum),
});

const BNTT_EPSILON = 1e-4;

// Made once: a sweep reads them a hundred thousand times.
const usual = settings(fieldsOf(defaultBatchNorm.epsilon));
const bntt = settings(fieldsOf(BNTT_EPSILON));
const neuNorm = settings({ ...fieldsOf(defaultBatchNorm.epsilon), k: share.default(0.9) });

/** Its settings in an experiment. */
export const batchNormSchema = chosenBy((given): z.ZodType<BatchNormSettings> => {
  if (isOf('neuNorm', given)) return neuNorm;
  return isOf('bntt', given) ? bntt : usual;
});

const isOf = (kind: BatchNormKind, given: unknown): boolean =>
  typeof given === 'object' && given !== null && 'kind' in given && given.kind === kind;

const gains: { [Kind in BatchNormKind]?: (alpha: number, neuron: NeuronChoice) => number } = {
  standard: () => 1,
  tdbn: (alpha, neuron) => alpha * thresholdOf(neuron),
};

/**
 * What γ of a layer `batchNorm` is multiplied by, in front of such neurons.
 *
 * @throws SettingsError where that depends on a threshold and they have none, and for kinds that are layers of their own
 */
export function batchNormGain({ kind, alpha }: BatchNormSettings, neuron: NeuronChoice): number {
  const gain = gains[kind];
  if (gain) return gain(alpha, neuron);
  throw new SettingsError(
    `batchNorm.kind ${kind} is layers of another type than batchNorm, which this network has; take the network of \`experimentNetwork\`, or kind standard or tdbn`,
  );
}
