// The threshold θ as a dotted line in figures over the potential.
import type { Trace } from '../../figures/theme.js';
import { line } from '../../figures/traces.js';

/**
 * A vertical line at the threshold.
 *
 * @param theta - where
 * @param ends - of the line, along y
 * @param plot - which pair of axes; only the first stands in the legend
 */
export const threshold = (theta: number, [low, high]: readonly [number, number], plot = 1): Trace[] =>
  line({
    name: 'threshold θ',
    x: [theta, theta],
    y: [low, high],
    colour: 6,
    dash: 2,
    plot,
    inLegend: plot === 1,
  });
