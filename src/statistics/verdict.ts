// Does our number agree with the paper's? One function, its rules written down before any run.
import { SettingsError } from '../errors.js';
import { smallestEffect, type Interval } from './interval.js';

/**
 * What has to be the paper's before a number can be called reproduced or not.
 * Any difference in one of them makes it a different setting.
 */
export interface Setting {
  /** Architecture with its width, such as `resnet19 width 1`. */
  network: string;
  /** Data set with the number of training examples, such as `cifar10 50000`. */
  data: string;
  /** Time steps T. */
  steps: number;
  epochs: number;
}

/** A number of ours against one of the paper's. */
export interface ValueClaim {
  kind: 'value';
  paper: number;
  /** Distance from the paper's number that counts as within tolerance; chosen before the runs, in its unit. */
  tolerance: number;
  /** Half of the last digit the paper gives: 0.005 for 93.32. */
  rounding: number;
  /** Ours: an interval over seeds, or one exact number (a count, a closed form). */
  ours: Interval | number;
  /** Both settings; left out for what does not depend on a training (counts, closed forms). */
  setting?: { paper: Setting; ours: Setting };
}

/** An effect of ours (a difference between two ways) against the direction, or size, that the paper reports. */
export interface EffectClaim {
  kind: 'effect';
  /** The paper's effect: a number where it gives one, else 1 or −1 for its direction. */
  paper: number;
  /** As for a value; without it only the direction is compared, and no verdict says `reproduced`. */
  tolerance?: number;
  rounding?: number;
  /** Ours, over seeds. */
  ours: Interval;
  setting: { paper: Setting; ours: Setting };
  /** Unit of the effect for what is detectable, such as `points`. */
  unit?: string;
}

/** Something that was not tried, and why. */
export interface NotAttempted {
  kind: 'notAttempted';
  why: string;
}

/** Something that was tried, where the paper's value (or direction) is not known. */
export interface PaperUnknown {
  kind: 'paperUnknown';
  /** The unknown, in a few words; default nothing. */
  why?: string;
}

/** Subject of a verdict. */
export type Claim = ValueClaim | EffectClaim | NotAttempted | PaperUnknown;

/**
 * Judges a claim.
 *
 * 1. Not tried: `not attempted: why`. Tried, but the paper's value is not known: `paper's value unknown: why`.
 * 2. Network, data and its size, T and epochs are the paper's (or no training is involved):
 *    - `reproduced`: an exact number equals the paper's up to the paper's rounding; an interval contains the
 *      paper's number (± rounding) and is itself no wider than ± tolerance;
 *    - `within tolerance`: not so, but our number or mean lies within the tolerance (plus rounding);
 *    - `not reproduced`: anything else.
 * 3. Any of them differs: for a value `different setting: values not comparable`, for an effect
 *    `different setting: trend …`, whatever the numbers are:
 *    - `agrees` when the interval of our effect lies wholly on the paper's side of zero;
 *    - `disagrees` when it lies wholly on the other side;
 *    - `undecided` otherwise, and for a single seed.
 *    The effect that the n detects with 80 % power is added where it can be computed.
 *
 * An effect at the paper's own setting without a tolerance is compared by direction only, with the words of 3
 * after `same setting:`.
 *
 * @param claim - the paper's number and ours with their settings, or why there is none
 * @returns the verdict in words
 * @throws SettingsError when `why` is empty or the paper's number is not finite
 */
export function verdict(claim: Claim): string {
  if (claim.kind === 'notAttempted') {
    if (claim.why.trim() === '') throw new SettingsError('verdict: notAttempted needs a non-empty `why`');
    return `not attempted: ${claim.why}`;
  }
  if (claim.kind === 'paperUnknown')
    return `paper's value unknown${claim.why === undefined ? '' : `: ${claim.why}`}`;
  if (!Number.isFinite(claim.paper))
    throw new SettingsError(
      `verdict: the paper's number is ${claim.paper}; for one that is not known use the kind paperUnknown`,
    );
  const same = claim.setting === undefined || sameSetting(claim.setting.paper, claim.setting.ours);
  const { ours, paper, rounding = 0 } = claim;
  if (claim.kind === 'value')
    return same
      ? agreement(ours, paper, claim.tolerance, rounding)
      : 'different setting: values not comparable';
  if (!same) return `different setting: ${trend(claim)}`;
  if (claim.tolerance === undefined) return `same setting: ${trend(claim)}`;
  return agreement(ours, paper, claim.tolerance, rounding);
}

/**
 * True when nothing that a verdict depends on differs.
 *
 * @param a - network, data, T and epochs of one
 * @param b - of the other
 * @returns whether both are the same
 */
export const sameSetting = (a: Setting, b: Setting): boolean =>
  a.network === b.network && a.data === b.data && a.steps === b.steps && a.epochs === b.epochs;

function agreement(ours: Interval | number, paper: number, tolerance: number, rounding: number): string {
  if (!(tolerance >= 0 && rounding >= 0))
    throw new SettingsError(
      `verdict: tolerance and rounding are at least 0, got ${tolerance} and ${rounding}`,
    );
  // A hair more than the rounding: 93.325 − 93.32 is not exactly 0.005 in binary.
  const edge = rounding * (1 + 1e-9) + Math.abs(paper) * 1e-12;
  const centre = typeof ours === 'number' ? ours : ours.mean;
  if (typeof ours === 'number' && Math.abs(ours - paper) <= edge) return 'reproduced';
  if (typeof ours !== 'number' && ours.lower !== null && ours.upper !== null) {
    const contains = ours.lower - edge <= paper && paper <= ours.upper + edge;
    if (contains && (ours.upper - ours.lower) / 2 <= tolerance) return 'reproduced';
  }
  return Math.abs(centre - paper) <= tolerance + edge ? 'within tolerance' : 'not reproduced';
}

function trend({ ours, paper, unit = '' }: EffectClaim): string {
  if (paper === 0) throw new SettingsError('verdict: an effect of 0 has no direction; give a tolerance');
  if (ours.lower === null || ours.upper === null) return `trend undecided (n = ${ours.n}: no interval)`;
  const least = ours.sd === null ? null : smallestEffect(ours.sd, ours.n);
  const shown =
    least === null
      ? ` (n = ${ours.n})`
      : ` (n = ${ours.n}; detectable with 80 % power: ${Number(least.toPrecision(2))}${unit && ` ${unit}`})`;
  const [near, far] = paper > 0 ? [ours.lower, ours.upper] : [-ours.upper, -ours.lower];
  if (near > 0) return `trend agrees${shown}`;
  if (far < 0) return `trend disagrees${shown}`;
  return `trend undecided${shown}`;
}
