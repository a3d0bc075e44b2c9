// Methods drawn: the effect of each against the baseline, and accuracy against energy.
import { effectPoints, withoutCaps } from '../../figures/effect-points.js';
import { labelPlaces } from '../../figures/label-places.js';
import { logTicks } from '../../figures/log-ticks.js';
import { axis, type Figure, type Layout, theme } from '../../figures/theme.js';
import { points } from '../../figures/traces.js';
import { trainingNote } from '../../figures/training-note.js';
import { METHOD_KINDS, type MethodKind } from '../../methods/index.js';
import { hasInterval, intervalWords } from '../../statistics/few.js';
import type { MethodEffect, MethodRow } from './rows.js';
import { BASELINE, PAPER_METHOD } from './trials.js';

/** Kinds in words. */
const KIND_TITLES: Readonly<Record<MethodKind, string>> = {
  gradient: 'gradient',
  neuron: 'neuron',
  norm: 'normalisation',
  loss: 'loss or regulariser',
};

/** `sgs`, and `tet, own recipe`. */
export const caseName = ({ method, as }: { method: string; as: string }): string =>
  as === 'equal' ? method : `${method}, own recipe`;

/** A line at zero. */
const ZERO: Layout = { zeroline: true, zerolinewidth: 2, zerolinecolor: '#6E7781' };

/**
 * Accuracy of each method minus that of the baseline, with 95 % intervals, the largest of each kind above.
 *
 * @param note - network and data, in a line
 */
export function methodEffectFigure(effects: readonly MethodEffect[], note: string): Figure {
  const sorted = METHOD_KINDS.flatMap((kind) =>
    effects.filter((effect) => effect.kind === kind).sort((a, b) => b.mean - a.mean),
  );
  const names = sorted.map(caseName);
  return {
    data: METHOD_KINDS.flatMap((kind, i) => {
      const own = sorted.filter((effect) => effect.kind === kind);
      if (own.length === 0) return [];
      return [
        effectPoints(
          own,
          {
            name: KIND_TITLES[kind],
            y: own.map((effect) => names.length - 1 - names.indexOf(caseName(effect))),
            ...{ colour: i, symbol: i },
          },
          own.map((effect) => `${caseName(effect)}, n = ${effect.n}`),
        ),
      ];
    }),
    layout: theme({
      title: { text: `Test accuracy against the baseline, paired by seed${intervalWords(effects)}` },
      width: 900,
      height: 200 + 24 * names.length,
      margin: { t: 112, l: 210 },
      showlegend: true,
      xaxis: axis('accuracy minus that of LIF with the rectangle', 'points', ZERO),
      yaxis: axis('method', undefined, {
        tickvals: names.map((_, i) => names.length - 1 - i),
        ticktext: names,
        range: [-0.7, names.length - 0.3],
      }),
      annotations: [trainingNote(note)],
    }),
  };
}

/** A row whose energy was counted. */
type Counted = MethodRow & { nanojoulePaper: number };

/** Size of the figure, its margins and its words, in pixels. */
const SCATTER = { width: 960, height: 620, margin: { l: 80, r: 24, t: 112, b: 60 }, font: 10, marker: 5 };

/** Ticks of a logarithmic axis as plain numbers: nanojoules are hundreds and thousands. */
function plainTicks(values: readonly number[]): Layout {
  const ticks = logTicks(values);
  return { ...ticks, ticktext: (ticks.tickvals as number[]).map((value) => value.toLocaleString('en-US')) };
}

/** Ends of an axis that holds some values and a tenth of their span on either side. */
function rangeOf(values: readonly number[]): [number, number] {
  const [least, most] = [Math.min(...values), Math.max(...values)];
  const room = 0.1 * (most - least) || 1;
  return [least - room, most + room];
}

/**
 * Words beside the points: of the paper's method first, then of those that no other beats in both accuracy and energy, then of the
 * rest as far as there is room.
 */
function namesBeside(counted: readonly Counted[], [x, y]: readonly [number, number][]) {
  const { width, height, margin, ...sizes } = SCATTER;
  const plot = { width: width - margin.l - margin.r, height: height - margin.t - margin.b };
  const isBeaten = (row: Counted): boolean =>
    counted.some((other) => other.last > row.last && other.nanojoulePaper < row.nanojoulePaper);
  const rank = (row: Counted): number =>
    row.as === 'equal' && row.method === PAPER_METHOD ? 0 : isBeaten(row) ? 2 : 1;
  const ranked = [...counted].sort((a, b) => rank(a) - rank(b) || b.last - a.last);
  const places = labelPlaces(
    ranked.map((row) => ({
      x: (plot.width * (Math.log10(row.nanojoulePaper) - x[0])) / (x[1] - x[0]),
      y: (plot.height * (row.last - y[0])) / (y[1] - y[0]),
      text: caseName(row),
    })),
    plot,
    sizes,
  );
  return new Map(ranked.map((row, i) => [row, places[i]]));
}

/** Lines through the baseline, with its name: what lies up and left of their crossing is better in both. */
function throughBaseline(counted: readonly Counted[]): { shapes: Layout[]; annotations: Layout[] } {
  const row = counted.find(({ method, as }) => method === BASELINE && as === 'equal');
  if (row === undefined) return { shapes: [], annotations: [] };
  const { last, nanojoulePaper } = row;
  const line = { type: 'line', layer: 'below', line: { color: '#6E7781', width: 1.5, dash: 'dot' } };
  return {
    shapes: [
      { ...line, xref: 'paper', ...{ x0: 0, x1: 1, y0: last, y1: last } },
      { ...line, yref: 'paper', ...{ x0: nanojoulePaper, x1: nanojoulePaper, y0: 0, y1: 1 } },
    ],
    annotations: [
      {
        ...{ text: 'baseline', showarrow: false, font: { size: SCATTER.font } },
        ...{ xref: 'paper', x: 1, xanchor: 'right', y: last, yanchor: 'bottom' },
      },
    ],
  };
}

/**
 * Accuracy against energy by the paper's counting; methods whose energy was not counted are left out. Where words would cover each
 * other, some points have theirs at the pointer only.
 *
 * @param note - network and data, in a line
 */
export function accuracyEnergyFigure(rows: readonly MethodRow[], note: string): Figure {
  const counted = rows.filter((row): row is Counted => row.nanojoulePaper !== null);
  const energies = counted.map(({ nanojoulePaper }) => nanojoulePaper);
  const accuracies = counted.flatMap((row) => (hasInterval(row) ? [row.lower, row.upper] : [row.last]));
  const ranges = [rangeOf(energies.map(Math.log10)), rangeOf(accuracies)] as const;
  const places = namesBeside(counted, ranges);
  const { shapes, annotations } = throughBaseline(counted);
  return {
    data: METHOD_KINDS.flatMap((kind, i) => {
      const own = counted.filter((row) => row.kind === kind);
      if (own.length === 0) return [];
      const trace = points({
        name: KIND_TITLES[kind],
        x: own.map(({ nanojoulePaper }) => nanojoulePaper),
        y: own.map(({ last }) => last),
        error: own.map((row) => (hasInterval(row) ? row.upper - row.last : null)),
        colour: i,
        symbol: i,
        runs: own.map(({ runs }) => runs),
      });
      return [
        {
          ...trace,
          error_y: { ...(trace.error_y as object), ...withoutCaps(own) },
          mode: 'markers+text',
          text: own.map((row) => (places.get(row) ? caseName(row) : '')),
          textposition: own.map((row) => places.get(row) ?? 'middle right'),
          textfont: { size: SCATTER.font },
          hovertext: own.map(caseName),
          hovertemplate: '<b>%{hovertext}</b><br>%{x:.0f} nJ, %{y:.2f} %<br>%{customdata}<extra></extra>',
        },
      ];
    }),
    layout: theme({
      title: { text: `Accuracy against energy of one example${intervalWords(counted)}` },
      ...{ width: SCATTER.width, height: SCATTER.height, margin: SCATTER.margin },
      showlegend: true,
      xaxis: axis('energy by the paper’s counting', 'nJ', { ...plainTicks(energies), range: ranges[0] }),
      yaxis: axis('test accuracy after the last epoch', '%', { range: ranges[1] }),
      shapes,
      annotations: [trainingNote(note), ...annotations],
    }),
  };
}
