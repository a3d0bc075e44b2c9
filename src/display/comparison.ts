// A comparison of runs in a cell: the table that a paper would print, and the differences with their intervals. Tests: test/display/show.test.ts.
import { axis, type Figure, theme } from '../figures/theme.js';
import { points } from '../figures/traces.js';
import type { Comparison } from '../statistics/compare.js';
import { hasInterval } from '../statistics/few.js';
import { settingCell } from '../statistics/settings.js';

/** Whether something is what `compare` gives. */
export const isComparison = (value: unknown): value is Comparison =>
  typeof value === 'object' && value !== null && 'groups' in value && 'by' in value && 'measure' in value;

/** Differences to the baseline in points with their intervals; null where fewer than one group has an interval. */
export function differenceFigure({ groups, by, measure }: Comparison): Figure | null {
  const shown = groups.flatMap(({ values, difference }) => {
    if (!difference || !hasInterval(difference)) return [];
    const label = by.map((path) => `${path} = ${String(settingCell(values[path]))}`).join(', ');
    return [{ label, ...difference }];
  });
  if (shown.length === 0) return null;
  return {
    data: [
      points({
        ...{ name: 'difference to the baseline', inLegend: false, x: shown.map(({ label }) => label) },
        y: shown.map(({ mean }) => mean),
        error: shown.map(({ upper, mean }) => upper - mean),
      }),
    ],
    layout: theme({
      title: { text: 'Differences to the baseline, 95 % intervals' },
      showlegend: false,
      height: 380,
      xaxis: axis('setting'),
      yaxis: axis(measure === 'testAccuracy' ? 'test accuracy' : 'validation accuracy', 'points', {
        zeroline: true,
      }),
    }),
  };
}
