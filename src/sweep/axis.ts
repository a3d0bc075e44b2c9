// One axis of a sweep: the values of a setting, listed or as a range.
import { z } from 'zod';
import { SettingsError } from '../errors.js';
import { canonicalJson } from '../hash.js';
import type { Json } from '../json.js';
import { stream } from '../random.js';

/** Values from `from` to `to`, both included. */
export interface Range {
  from: number;
  to: number;
  /** Number of values, evenly spaced: for a grid, which needs it. A random search draws anywhere in the range. */
  count?: number;
  /** `log`: evenly spaced or uniform in the logarithm; needs `from > 0`. Default `linear`. */
  scale?: 'linear' | 'log';
  /** Whole numbers only, the ends too. Default false. */
  integer?: boolean;
}

/** The values of a setting: a list (a random search draws from it with equal chances), or a range. */
export type Axis = Json[] | Range;

/** More trials than anyone trains; a typing error in a count gives millions. */
export const MOST_TRIALS = 100_000;

const range = z
  .strictObject({
    from: z.number(),
    to: z.number(),
    count: z.int().min(2).max(MOST_TRIALS).optional(),
    scale: z.enum(['linear', 'log']).optional(),
    integer: z.boolean().optional(),
  })
  .refine(({ from, to }) => from < to, 'from must be less than to')
  .refine(
    ({ from, to, integer }) => !integer || (Number.isInteger(from) && Number.isInteger(to)),
    'integer needs whole numbers from and to',
  )
  .refine(({ from, scale }) => scale !== 'log' || from > 0, 'a log scale needs from > 0; list 0 by itself');

/**
 * Checks an axis.
 *
 * @param drawn - whether the search draws values instead of taking each
 * @throws SettingsError naming the axis
 */
export function checkAxis(path: string, given: unknown, drawn: boolean): Axis {
  const fail = (problem: string): never => {
    throw new SettingsError(`sweep: axis ${path}: ${problem}`);
  };
  if (Array.isArray(given)) {
    if (given.length > MOST_TRIALS) return fail(`${given.length} values; at most ${MOST_TRIALS}`);
    if (given.length === 0) return fail('has no values; list some, or leave the axis out');
    const known = new Set<string>();
    let twice: string | undefined;
    for (const value of given) {
      if (!isAllFinite(value)) return fail(`a value has a number that is not finite (${shown(value)})`);
      const text = canonicalJson(value);
      if (known.has(text)) twice ??= text;
      known.add(text);
    }
    return twice === undefined ? (given as Json[]) : fail(`value ${twice} stands there twice`);
  }
  if (typeof given !== 'object' || given === null)
    return fail(`expected a list of values or {"from": …, "to": …}, got ${shown(given)}`);
  const result = range.safeParse(given);
  if (!result.success) {
    const [{ path: at, message }] = result.error.issues;
    return fail([at.join('.'), message].filter(Boolean).join(': '));
  }
  if (drawn && result.data.count !== undefined)
    return fail('count is for a grid, and this search draws values; leave it out');
  if (!drawn && result.data.count === undefined)
    return fail('a grid needs "count", how many values to take of the range');
  return result.data;
}

/** Whether every number in a value is one that JSON has: 1e999 is read as none. */
const isAllFinite = (value: unknown): boolean =>
  typeof value === 'number'
    ? Number.isFinite(value)
    : typeof value !== 'object' || value === null || Object.values(value).every(isAllFinite);

const shown = (value: unknown): string =>
  typeof value === 'number' ? String(value) : JSON.stringify(value).slice(0, 80);

/** Four to six digits are read and typed again; the digits of 10^(−4.25) are not. */
const rounded = (value: number, { integer }: Range, digits: number): number =>
  integer ? Math.round(value) : Number(value.toPrecision(digits));

/** Where a share in [0, 1] of the way falls in a range. */
function at(share: number, { from, to, scale }: Range): number {
  if (scale === 'log') return Math.exp(Math.log(from) + share * (Math.log(to) - Math.log(from)));
  return from + share * (to - from);
}

/** The values of an axis in a grid, distinct, numbers of a range rounded to 6 digits. */
export function axisValues(axis: Axis): Json[] {
  if (Array.isArray(axis)) return axis;
  const { from, to, count = 2 } = axis;
  const values = Array.from({ length: count }, (_, i) => {
    if (i === 0) return from;
    return i === count - 1 ? to : rounded(at(i / (count - 1), axis), axis, 6);
  });
  return [...new Set(values)];
}

/**
 * One drawn value of an axis, numbers of a range rounded to 4 digits: a pure function of seed, path and index, so
 * that neither other axes nor a larger count shift it.
 */
export function drawValue(path: string, axis: Axis, seed: number, index: number): Json {
  const random = stream(seed, 'sweep', path, index);
  if (Array.isArray(axis)) return axis[random.integer(0, axis.length - 1)];
  if (axis.integer && axis.scale !== 'log') return random.integer(axis.from, axis.to);
  const value = rounded(at(random.uniform(), axis), axis, 4);
  return Math.min(axis.to, Math.max(axis.from, value));
}
