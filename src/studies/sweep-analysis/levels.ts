// The values that a setting takes in a sweep, as levels of an axis: few values one by one, many in bins.
import { formatNumber } from '../../figures/table.js';
import { canonicalJson } from '../../hash.js';
import type { Json } from '../../json.js';
import { compareValues, settingCell } from '../../statistics/settings.js';
import type { Cell } from '../../statistics/summary.js';

/** What the axes of settings that are swept often are called; others keep their path. */
const NAMES: Readonly<Record<string, string>> = {
  'neuron.delta': 'SGS strength δ',
  'neuron.surrogate': 'surrogate',
  'neuron.surrogate.name': 'surrogate',
  'neuron.tau': 'decay τ',
  'neuron.theta': 'threshold θ',
  'lipschitz.beta': 'LR weight β',
  'optimizer.learningRate': 'learning rate',
  'network.architecture': 'network',
  'network.width': 'width',
  batchSize: 'batch size',
  steps: 'time steps T',
};

/** A setting's name on an axis. */
export const settingName = (path: string): string => (Object.hasOwn(NAMES, path) ? NAMES[path] : path);

/**
 * A value as an axis shows it; numbers below a thousandth as `1e-4`.
 *
 * @param options - `digits`: significant digits of numbers, default 3
 */
export function valueText(value: Json, { digits = 3 }: { digits?: number } = {}): string {
  const cell: Cell = settingCell(value);
  if (cell === null) return 'none';
  if (typeof cell !== 'number') return String(cell);
  return cell !== 0 && Math.abs(cell) < 1e-3
    ? Number(cell.toPrecision(digits)).toExponential()
    : formatNumber(cell, digits);
}

/** Levels of a setting, in order. */
export interface Levels {
  labels: string[];
  /** The level of one of the values. */
  of(value: Json): number;
  /** Whether a level is a range of values. */
  binned: boolean;
}

/** More distinct numbers than this are put into bins. */
export const MANY = 12;
const BINS = 5;

/** The distinct values among some, in order. */
export const distinctValues = (values: readonly Json[]): Json[] =>
  [...new Map(values.map((value) => [canonicalJson(value), value])).values()].sort(compareValues);

/**
 * The levels of a setting. More than twelve distinct numbers, as a random search draws them, become five bins with
 * equally many of the distinct values each.
 *
 * @param values - the value of each run
 */
export function levelsOf(values: readonly Json[]): Levels {
  const distinct = distinctValues(values);
  const numbers = distinct.filter((value) => typeof value === 'number');
  if (distinct.length <= MANY || numbers.length < distinct.length) {
    const place = new Map(distinct.map((value, i) => [canonicalJson(value), i]));
    return {
      labels: distinct.map((value) => valueText(value)),
      of: (value) => place.get(canonicalJson(value))!,
      binned: false,
    };
  }
  const starts = Array.from({ length: BINS }, (_, i) => Math.ceil((i * numbers.length) / BINS));
  return {
    labels: starts.map((start, i) => {
      const last = (starts[i + 1] ?? numbers.length) - 1;
      return `${valueText(numbers[start], { digits: 2 })} – ${valueText(numbers[last], { digits: 2 })}`;
    }),
    of: (value) => starts.filter((start) => (value as number) >= numbers[start]).length - 1,
    binned: true,
  };
}
