// Batch normalisation: its settings and the gain of its kinds. Plain formula: src/engines/plain/batch-norm.ts.
import { z } from 'zod';
import { type NeuronChoice, thresholdOf } from '../neurons/settings.js';
import { epsilon, positive, settings, share } from '../settings.js';

/** `standard` (what the authors run) or `tdbn`: scaled by `alpha·theta` (Zheng et al. 2021). */
export const BATCH_NORM_KINDS = ['standard', 'tdbn'] as const;
/** One of {@link BATCH_NORM_KINDS}. */
export type BatchNormKind = (typeof BATCH_NORM_KINDS)[number];

/** Batch normalisation over `T · B · H · W` by channel, biased variance; the running variance is unbiased. */
export interface BatchNormSettings {
  kind: BatchNormKind;
  /** tdBN's α, default 1. */
  alpha: number;
  /** Added to the variance, default 1e-5. */
  epsilon: number;
  /** Weight of the new batch in the running statistics, default 0.1. */
  momentum: number;
}

export const defaultBatchNorm: BatchNormSettings = {
  kind: 'standard',
  alpha: 1,
  epsilon: 1e-5,
  momentum: 0.1,
};

/** What an experiment may say of it. */
export const batchNormSchema = settings({
  kind: z.enum(BATCH_NORM_KINDS).default(defaultBatchNorm.kind),
  alpha: positive.default(defaultBatchNorm.alpha),
  epsilon: epsilon.default(defaultBatchNorm.epsilon),
  momentum: share.default(defaultBatchNorm.momentum),
});

const gains: Record<BatchNormKind, (alpha: number, neuron: NeuronChoice) => number> = {
  standard: () => 1,
  tdbn: (alpha, neuron) => alpha * thresholdOf(neuron),
};

/** What γ is multiplied by, in front of such neurons. Throws SettingsError where that depends on a threshold and they have none. */
export const batchNormGain = ({ kind, alpha }: BatchNormSettings, neuron: NeuronChoice): number =>
  gains[kind](alpha, neuron);
