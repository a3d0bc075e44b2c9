// Ticks of a logarithmic axis that spans little: Plotly's own are none within one decade.
import type { Layout } from './theme.js';

/** Where digits get ticks, by the decades that the values span at most. */
const DIGITS: readonly [decades: number, digits: readonly number[]][] = [
  [0.7, [1, 2, 3, 4, 5, 6, 7, 8, 9]],
  [2, [1, 2, 5]],
  [Infinity, [1]],
];

/**
 * The attributes of a logarithmic axis for values: ticks at every digit, at 1, 2 and 5, or at 1 alone, the fewer the more
 * decades there are.
 *
 * @param values - those that are drawn; zeros and negative ones have no place
 * @returns attributes for `axis`
 */
export function logTicks(values: readonly number[]): Layout {
  const exponents = values.filter((value) => value > 0).map(Math.log10);
  const [least, most] = [Math.min(...exponents), Math.max(...exponents)];
  const digits = DIGITS.find(([decades]) => !(most - least > decades))![1];
  const decades = Array.from(
    { length: Math.ceil(most) - Math.floor(least) + 1 },
    (_, i) => Math.floor(least) + i,
  );
  const texts =
    exponents.length === 0 ? [] : decades.flatMap((power) => digits.map((digit) => `${digit}e${power}`));
  return { type: 'log', tickmode: 'array', tickvals: texts.map(Number), ticktext: texts };
}
