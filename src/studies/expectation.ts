// Ranges in which a number was expected before it was known.

/** Ends of a range; ±Infinity where one side is open. */
export type Range = readonly [least: number, most: number];

/** 100 · 0.729 − 100 · 0.739 is not exactly −1 in binary. */
const HAIR = 1e-9;

/** Whether a number lies in a range, its ends among it. */
export const isWithin = (value: number, [least, most]: Range): boolean =>
  value >= least - HAIR && value <= most + HAIR;

/**
 * A range in words: `80 to 83`, `at most 3`, `at least 3`.
 *
 * @param edge - writes an end
 */
export function rangeText([least, most]: Range, edge: (end: number) => string): string {
  if (least === -Infinity) return `at most ${edge(most)}`;
  return most === Infinity ? `at least ${edge(least)}` : `${edge(least)} to ${edge(most)}`;
}
