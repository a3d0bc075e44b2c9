// A comparison of runs in a cell: the table that a paper would print, and a small forest plot of its differences.
import { axis, type Figure, label, theme } from '../figures/theme.js';
import { points } from '../figures/traces.js';
import type { Comparison } from '../statistics/compare.js';
import { hasInterval } from '../statistics/few.js';
import { pText } from '../statistics/p-text.js';
import { settingCell } from '../statistics/settings.js';

/** Whether something is what `compare` gives. */
export const isComparison = (value: unknown): value is Comparison =>
  typeof value === 'object' && value !== null && 'groups' in value && 'by' in value && 'measure' in value;

/** Pixels of a row of the forest plot, and of what stands above and below its rows. */
const SIZE = { row: 26, rest: 112, width: 640 };

/**
 * A forest plot of the differences to the baseline in points: a line for each group that has an interval, in the order of the table,
 * with its p. Null where none has one.
 */
export function differenceFigure({ groups, by, measure }: Comparison): Figure | null {
  const shown = groups.flatMap(({ values, difference }) => {
    if (!difference || !hasInterval(difference)) return [];
    const name = by.map((path) => `${path} = ${String(settingCell(values[path]))}`).join(', ');
    return [{ ...difference, name }];
  });
  if (shown.length === 0) return null;
  const p = shown.map(({ corrected }) => (corrected === null ? '' : pText(corrected)));
  const trace = points({
    name: 'difference to the baseline',
    x: shown.map(({ mean }) => mean),
    y: shown.map(() => null), // names, set below
  });
  return {
    data: [
      {
        ...trace,
        y: shown.map(({ name }) => label(name)),
        error_x: {
          type: 'data',
          symmetric: false,
          array: shown.map(({ upper, mean }) => upper - mean),
          arrayminus: shown.map(({ lower, mean }) => mean - lower),
          thickness: 1.8,
        },
        text: p,
        hovertemplate: '<b>%{y}</b><br>%{x:.2f} points, %{text}<extra></extra>',
      },
    ],
    layout: theme({
      title: { text: 'Differences to the baseline, 95 % intervals, p (Holm)' },
      showlegend: false,
      width: SIZE.width,
      height: SIZE.rest + SIZE.row * shown.length,
      margin: { t: 48, r: 96 },
      xaxis: axis(measure === 'testAccuracy' ? 'test accuracy' : 'validation accuracy', 'points', {
        zeroline: true,
        zerolinewidth: 2,
        zerolinecolor: '#6E7781',
      }),
      yaxis: axis(' ', undefined, { autorange: 'reversed', automargin: true, ticks: '' }),
      annotations: shown.map(({ name }, i) => ({
        ...{ xref: 'paper', x: 1.01, xanchor: 'left', y: label(name), showarrow: false },
        ...{ text: label(p[i]), font: { size: 11 } },
      })),
    }),
  };
}
