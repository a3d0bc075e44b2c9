// Findings of one measure, before they are held against anything.
import { fastestOf, ratioOf, type PairTimes, type Ratio } from './pairs.js';
import { familyOf } from './families.js';
import type { Target } from './measures.js';
import type { Distances } from './reference.js';

/** What a measure found. */
export interface Findings {
  /** Of `times`: seconds or bytes. */
  unit: 's' | 'B';
  times: PairTimes[];
  /** Distance of every side from the reference values, before anything was timed. */
  distances: Record<string, Distances>;
  /** Spike rate of our side by layer, mean over time. */
  rates: Record<string, number>;
  /** Peers that could not run, and why. */
  missing: Record<string, string>;
  /** What else there is to say, a line each. */
  notes: string[];
}

/** How a ratio stands to its target; nothing where it has none or does not count. */
export type Verdict = '' | 'short' | 'met' | 'aim met';

/** A peer's ratio and what was wanted of it. */
export interface Row extends Ratio {
  target?: Target;
  verdict: Verdict;
}

/**
 * The ratios of all peers. A family's target is that of its fastest peer.
 *
 * @param targets - by family
 */
export function rowsOf(times: readonly PairTimes[], targets: Readonly<Record<string, Target>>): Row[] {
  const ratios = times.map(ratioOf);
  return ratios.map((ratio) => {
    const family = familyOf(ratio.peer);
    const target = fastestOf(ratios, family) === ratio ? targets[family] : undefined;
    return { ...ratio, ...(target && { target }), verdict: target ? verdictOf(ratio.ratio, target) : '' };
  });
}

/** How a ratio stands to a target. */
export function verdictOf(ratio: number, { least, aim = Infinity }: Target): Verdict {
  if (ratio < least) return 'short';
  return ratio < aim ? 'met' : 'aim met';
}
