// Surrogate gradient scaling (SGS), the paper's Eq. (5): the gradient through the firing function, and through nothing else.
// Form inferred from the released code and Fig. 3.
import type { Delta } from './delta.js';
import { derivativeOf, type SurrogateSettings } from './settings.js';

/** What the gradient through any firing function depends on besides potential and spike. */
export interface GradientSettings {
  /** The surrogate derivative h. Default rectangle of width 1. */
  surrogate: SurrogateSettings;
  /** SGS strength δ ≥ 0; 0 is the plain surrogate. Default 1e-4 (the authors' code). */
  delta: Delta;
  /** Lower bound of the SGS scale, or null for none (the paper). 0 forbids the scale to turn the gradient round. */
  scaleFloor: number | null;
  /** `>=`: neurons fire at the threshold too, as those of SpikingJelly do. Left out: above it only (the paper). */
  comparison?: '>=';
}

/** Such settings with one strength δ, that of a layer. */
export type InForce<Settings extends GradientSettings> = Omit<Settings, 'delta'> & { delta: number };
/** The least of them. */
export type GradientInForce = InForce<GradientSettings>;

/** The same of a neuron that fires where the potential is above a threshold. */
export interface FiringSettings extends GradientSettings {
  /** Firing threshold θ, in the unit of the potential, positive. Default 0.5 (the authors' code). */
  theta: number;
}

/**
 * The factor by which SGS scales the gradient that reaches the potential: `1 + delta·sign(g_o)·(v − o)`.
 *
 * `v` is the raw potential before the reset, not `v − theta`. No clamp unless `scaleFloor` is given; the scale
 * turns negative where `delta·|v − o| > 1` and the signs differ.
 *
 * Source: the paper's Eq. (5).
 *
 * @param gO - total gradient that arrives at the spike
 * @param v - potential before the reset, in the unit of the threshold
 * @param o - spike, 0 or 1
 * @param settings - `delta`: strength δ ≥ 0; `scaleFloor`: lower bound of the scale, or null for none
 * @returns the factor, dimensionless
 */
export function sgsScale(
  gO: number,
  v: number,
  o: number,
  { delta, scaleFloor }: Pick<GradientInForce, 'delta' | 'scaleFloor'>,
): number {
  const scale = 1 + delta * Math.sign(gO) * (v - o);
  return scaleFloor === null ? scale : Math.max(scaleFloor, scale);
}

/**
 * Eq. (5): `g_v = g_o · h(v − theta) · (1 + delta·sign(g_o)·(v − o))`, with `g_o` the total gradient that arrives at the
 * spike. Without a floor it is also `h·(g_o + delta·|g_o|·(v − o))`.
 *
 * @param gO - total gradient that arrives at the spike
 * @param v - potential before the reset, in the unit of the threshold
 * @param o - spike, 0 or 1
 * @param settings - surrogate h, threshold θ, strength δ and the scale's floor
 * @returns the gradient by the potential, g_v
 */
export function firingGradient(
  gO: number,
  v: number,
  o: number,
  settings: Pick<FiringSettings, 'surrogate' | 'theta'> & Pick<GradientInForce, 'delta' | 'scaleFloor'>,
): number {
  const { surrogate, theta } = settings;
  const h = derivativeOf(surrogate)(v - theta);
  return gO * h * sgsScale(gO, v, o, settings);
}
