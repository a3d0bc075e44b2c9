// The settings of a training and their defaults: loss, Lipschitz regularisation, batch norm, optimizer and
// schedule. Conventions are PyTorch's, as the authors' lineage uses them. The engines do the arithmetic.

/** What the logits of the time steps are turned into. */
export interface LossSettings {
  /** `mean`: cross entropy of the time-mean of the logits. `tet`: TET (Deng et al. 2022), see below. */
  kind: 'mean' | 'tet';
  /** TET only: `(1 − lambda)·mean_t CE(o[t], y) + lambda·MSE(o, target)`; in [0, 1], default 1e-3. */
  lambda: number;
  /** TET only: the value that every logit is drawn to, default 1. */
  target: number;
}

/**
 * Lipschitz regularisation, `(beta/2)·Σ_l ‖W_lᵀ W_l − I‖²_F` with kernels viewed as `C_out × (C_in·k·k)`
 * (Lin, Gan, Han 2019, as the paper uses it).
 *
 * Computed over the smaller Gram matrix, which changes the value by the constant `(beta/2)·Σ (n − m)` and not
 * the gradient; results report that constant as `lipschitzOffset`.
 */
export interface LipschitzSettings {
  /** Weight β ≥ 0 of the penalty; 0 switches it off. Default 1e-4 (the authors' code). */
  beta: number;
  /** Layers whose weights are included; `all` = every weight of rank ≥ 2 (default; the paper does not say). */
  layers: 'all' | string[];
}

/** Batch normalisation over `T · B · H · W` by channel, biased variance; the running variance is unbiased. */
export interface BatchNormSettings {
  /** `standard` (what the authors run) or `tdbn`: scaled by `alpha·theta` (Zheng et al. 2021). */
  kind: 'standard' | 'tdbn';
  /** tdBN's α, default 1. */
  alpha: number;
  /** Added to the variance, default 1e-5. */
  epsilon: number;
  /** Weight of the new batch in the running statistics, default 0.1. */
  momentum: number;
}

/** How weights move. Weight decay is coupled (added to the gradient), on every parameter, as in PyTorch. */
export type OptimizerSettings =
  | { kind: 'adam'; learningRate: number; weightDecay: number; beta1: number; beta2: number; epsilon: number }
  | { kind: 'sgd'; learningRate: number; weightDecay: number; momentum: number };

/** How the learning rate changes from epoch to epoch: `cosine` goes to 0 after the last, `constant` stays. */
export interface ScheduleSettings {
  kind: 'cosine' | 'constant';
}

export const defaultLoss: LossSettings = { kind: 'mean', lambda: 1e-3, target: 1 };
export const defaultLipschitz: LipschitzSettings = { beta: 1e-4, layers: 'all' };
export const defaultBatchNorm: BatchNormSettings = {
  kind: 'standard',
  alpha: 1,
  epsilon: 1e-5,
  momentum: 0.1,
};
export const defaultAdam = {
  kind: 'adam',
  learningRate: 1e-3,
  weightDecay: 0,
  beta1: 0.9,
  beta2: 0.999,
  epsilon: 1e-8,
} as const satisfies OptimizerSettings;
export const defaultSgd = {
  kind: 'sgd',
  learningRate: 0.1,
  weightDecay: 0,
  momentum: 0.9,
} as const satisfies OptimizerSettings;

/**
 * The learning rate of an epoch: `base/2·(1 + cos(π·epoch/epochs))` for `cosine`.
 *
 * @param epoch - 0-based
 */
export function learningRateAt(
  schedule: ScheduleSettings,
  base: number,
  epoch: number,
  epochs: number,
): number {
  return schedule.kind === 'constant' ? base : (base / 2) * (1 + Math.cos((Math.PI * epoch) / epochs));
}
