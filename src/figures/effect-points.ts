// Effects as points with their intervals along x. Tests: test/studies/methods/figures.test.ts, test/studies/training-set-size/effects.test.ts.
import { hasInterval } from '../statistics/few.js';
import type { Interval } from '../statistics/interval.js';
import type { Trace } from './theme.js';
import { points, type PointSettings } from './traces.js';

/** Plotly draws the caps of bars that are not there too: where one is missing, all go without. */
export const withoutCaps = (
  effects: readonly Pick<Interval, 'n' | 'lower' | 'upper'>[],
): { width?: number } => (effects.every(hasInterval) ? {} : { width: 0 });

/** Bars along x for trace settings: half the length of each interval, none below three seeds. */
export const intervalBars = (effects: readonly Interval[]) => ({
  type: 'data',
  array: effects.map((effect) => (hasInterval(effect) ? effect.upper - effect.mean : null)),
  thickness: 1.8,
  ...withoutCaps(effects),
});

/** Effects in points of accuracy, each at a place along y, with a text that the pointer shows. */
export const effectPoints = (
  effects: readonly (Interval & { runs: readonly string[] })[],
  settings: Pick<PointSettings, 'name' | 'y' | 'colour' | 'symbol'>,
  text: readonly string[],
): Trace => ({
  ...points({
    ...settings,
    x: effects.map(({ mean }) => mean),
    runs: effects.map(({ runs }) => runs),
  }),
  error_x: intervalBars(effects),
  text,
  hovertemplate: '<b>%{text}</b><br>%{x:.2f} points<br>%{customdata}<extra></extra>',
});
