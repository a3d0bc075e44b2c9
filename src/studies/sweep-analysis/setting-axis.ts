// One axis of parallel coordinates: the values of a setting as levels or as a scale, and where runs cross it.
import type { Json } from '../../json.js';
import { distinctValues, MANY, valueText } from './levels.js';

/** Share of the space between two levels over which the lines through one level are spread. */
const SPREAD = 0.5;
/** An axis of settings: where each run crosses it, as a share of its height, and its marks. */
export interface SettingAxis {
  shares: number[];
  marks: { share: number; text: string }[];
}

/**
 * An axis of a setting.
 *
 * @param values - the value of each run
 * @param accuracies - by which lines through one level are spread; null below all
 */
export function settingAxis(values: readonly Json[], accuracies: readonly (number | null)[]): SettingAxis {
  const distinct = distinctValues(values);
  const numbers = distinct.filter((value) => typeof value === 'number');
  if (distinct.length > MANY && numbers.length === distinct.length)
    return scaleAxis(values as number[], numbers);
  const texts = distinct.map((value) => valueText(value));
  const level = new Map(texts.map((text, i) => [text, i]));
  const width = SPREAD / Math.max(distinct.length - 1, 4);
  // The fans of the first and the last level end where the axis ends.
  const centre = (i: number): number =>
    distinct.length === 1 ? 0.5 : width / 2 + (i / (distinct.length - 1)) * (1 - width);
  const members = texts.map((text) => [...values.keys()].filter((i) => valueText(values[i]) === text));
  const shares = new Array<number>(values.length);
  for (const indices of members) {
    indices.sort((a, b) => (accuracies[a] ?? -1) - (accuracies[b] ?? -1));
    indices.forEach((run, rank) => {
      const offset = indices.length === 1 ? 0 : rank / (indices.length - 1) - 0.5;
      shares[run] = centre(level.get(valueText(values[run]))!) + offset * width;
    });
  }
  return { shares, marks: texts.map((text, i) => ({ share: centre(i), text })) };
}

function scaleAxis(values: readonly number[], sorted: readonly number[]): SettingAxis {
  const [low, high] = [sorted[0], sorted.at(-1)!];
  const logarithmic = low > 0 && high / low > 30;
  const forward = logarithmic ? Math.log10 : (value: number) => value;
  const back = logarithmic ? (value: number) => 10 ** value : (value: number) => value;
  const share = (value: number): number => (forward(value) - forward(low)) / (forward(high) - forward(low));
  const marks = [0, 0.25, 0.5, 0.75, 1].map((at) => ({
    share: at,
    text: valueText(Number(back(forward(low) + at * (forward(high) - forward(low))).toPrecision(3))),
  }));
  return { shares: values.map(share), marks };
}
