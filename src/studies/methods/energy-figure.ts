// Accuracy that each method adds to the baseline's, against what it takes of energy: the figure.
import { withoutCaps } from '../../figures/effect-points.js';
import { labelPlaces } from '../../figures/label-places.js';
import { logTicks } from '../../figures/log-ticks.js';
import { axis, type Figure, type Layout, theme } from '../../figures/theme.js';
import { points } from '../../figures/traces.js';
import { trainingNote } from '../../figures/training-note.js';
import { METHOD_KINDS } from '../../methods/index.js';
import { hasInterval, intervalWords } from '../../statistics/few.js';
import { signed } from '../../statistics/wording.js';
import { type EnergyPoint, isBaseline, unbeaten } from './energy-points.js';
import { nearAndFar } from './far.js';
import { caseName, KIND_TITLES } from './figures.js';
import { PAPER_METHOD } from './trials.js';

/** Size of the figure, its margins and its words, in pixels. */
const SIZE = { width: 960, height: 620, margin: { l: 80, r: 24, t: 112, b: 60 }, font: 10, marker: 5 };

/** From a line of words to the next, in pixels. */
const LINE = 14;

/** Times the baseline's energy, from which on a point is at the edge: what multiplies takes many times what accumulates. */
const DEAR = 10;

/** From here on, times the least energy, the axis is logarithmic. */
const WIDE = 3;

/** The axis of energy, and where a value stands on it. */
function energyAxis(values: readonly number[]): { layout: Layout; scale(value: number): number } {
  if (!(Math.max(...values) > WIDE * Math.min(...values))) return { layout: {}, scale: (value) => value };
  const ticks = logTicks(values);
  const ticktext = (ticks.tickvals as number[]).map((value) => value.toLocaleString('en-US'));
  return { layout: { ...ticks, ticktext }, scale: Math.log10 };
}

/** Ends of an axis that holds some values and a tenth of their span on either side. */
function rangeOf(values: readonly number[]): [number, number] {
  const [least, most] = [Math.min(...values), Math.max(...values)];
  const room = 0.1 * (most - least) || 1;
  return [least - room, most + room];
}

/**
 * Words beside the points: of the paper's method first, then of those that no other beats in both accuracy and energy, then of the
 * rest as far as there is room. The baseline has its lines.
 *
 * @param at - place of each point, in shares of the plot
 */
function namesBeside(drawn: readonly EnergyPoint[], at: (point: EnergyPoint) => [number, number]) {
  const { width, height, margin, ...sizes } = SIZE;
  const plot = { width: width - margin.l - margin.r, height: height - margin.t - margin.b };
  const front = unbeaten(drawn);
  const rank = (point: EnergyPoint): number =>
    point.as === 'equal' && point.method === PAPER_METHOD ? 0 : front.includes(point) ? 1 : 2;
  const ranked = [...drawn].sort((a, b) => rank(a) - rank(b) || b.mean - a.mean);
  const places = labelPlaces(
    ranked.map((point) => {
      const [x, y] = at(point);
      return { x: plot.width * x, y: plot.height * y, text: isBaseline(point) ? '' : caseName(point) };
    }),
    plot,
    sizes,
  );
  return new Map(ranked.map((point, i) => [point, places[i]]));
}

/** Lines through the baseline, with its name: what lies up and left of their crossing is better in both. */
function throughBaseline(drawn: readonly EnergyPoint[]): { shapes: Layout[]; annotations: Layout[] } {
  const nanojoule = drawn.find(isBaseline)!.nanojoule;
  const line = { type: 'line', layer: 'below', line: { color: '#6E7781', width: 1.5, dash: 'dot' } };
  return {
    shapes: [
      { ...line, xref: 'paper', ...{ x0: 0, x1: 1, y0: 0, y1: 0 } },
      { ...line, yref: 'paper', ...{ x0: nanojoule, x1: nanojoule, y0: 0, y1: 1 } },
    ],
    annotations: [
      {
        ...{ text: 'baseline', showarrow: false, font: { size: SIZE.font } },
        ...{ xref: 'paper', x: 1, xanchor: 'right', y: 0, yanchor: 'bottom' },
      },
    ],
  };
}

/** A point that the axes do not hold, in words where it would leave them: an arrow for each axis, its number before it. */
function atTheEdge(
  point: EnergyPoint,
  at: number,
  [left, right]: readonly number[],
  [bottom, top]: readonly number[],
): Layout {
  const isDear = at > right;
  const side = point.mean < bottom ? 'bottom' : point.mean > top ? 'top' : 'middle';
  const arrow = { bottom: ' ▾', top: ' ▴', middle: '' }[side];
  const energy = isDear ? `, ${Math.round(point.nanojoule).toLocaleString('en-US')} nJ ▸` : '';
  return {
    ...{ x: Math.min(right, Math.max(left, at)), y: Math.min(top, Math.max(bottom, point.mean)) },
    ...{ xanchor: isDear ? 'right' : 'center', yanchor: side, showarrow: false, font: { size: SIZE.font } },
    text: `${caseName(point)} ${signed(point.mean, 1)}${arrow}${energy}`,
  };
}

/** Words at one edge, above or below one another. */
const stacked = (words: readonly Layout[]): Layout[] =>
  words.map((one, i) => {
    const before = words.slice(0, i).filter(({ yanchor }) => yanchor === one.yanchor).length;
    if (one.yanchor === 'middle') return one;
    return { ...one, yshift: (one.yanchor === 'bottom' ? LINE : -LINE) * before };
  });

/**
 * Accuracy minus the baseline's against energy by the paper's counting. Where words would cover each other, some points have theirs at
 * the pointer only. One far beyond all others in either stands at the edge with its numbers.
 *
 * @param drawn - the baseline among them
 * @param note - network and data, in a line
 */
export function accuracyEnergyFigure(drawn: readonly EnergyPoint[], note: string): Figure {
  const most = DEAR * drawn.find(isBaseline)!.nanojoule;
  const near = nearAndFar(drawn).near.filter(({ nanojoule }) => nanojoule <= most);
  const energy = energyAxis(near.map(({ nanojoule }) => nanojoule));
  const x = rangeOf(near.map(({ nanojoule }) => energy.scale(nanojoule)));
  const y = rangeOf(near.flatMap((one) => (hasInterval(one) ? [one.lower, one.upper] : [one.mean])));
  const share = (value: number, [from, to]: [number, number]): number => (value - from) / (to - from);
  const places = namesBeside(near, ({ nanojoule, mean }) => [
    share(energy.scale(nanojoule), x),
    share(mean, y),
  ]);
  const { shapes, annotations } = throughBaseline(drawn);
  const atEdge = stacked(
    drawn
      .filter((point) => !near.includes(point))
      .map((point) => atTheEdge(point, energy.scale(point.nanojoule), x, y)),
  );
  return {
    data: METHOD_KINDS.flatMap((kind, i) => {
      const own = drawn.filter((point) => point.kind === kind);
      if (own.length === 0) return [];
      const trace = points({
        name: KIND_TITLES[kind],
        x: own.map(({ nanojoule }) => nanojoule),
        y: own.map(({ mean }) => mean),
        error: own.map((one) => (hasInterval(one) ? one.upper - one.mean : null)),
        ...{ colour: i, symbol: i, runs: own.map(({ runs }) => runs) },
      });
      return [
        {
          ...trace,
          error_y: { ...(trace.error_y as object), ...withoutCaps(own) },
          mode: 'markers+text',
          text: own.map((point) => (places.get(point) ? caseName(point) : '')),
          textposition: own.map((point) => places.get(point) ?? 'middle right'),
          textfont: { size: SIZE.font },
          hovertext: own.map((point) => `${caseName(point)}, n = ${point.n}`),
          hovertemplate:
            '<b>%{hovertext}</b><br>%{x:.0f} nJ, %{y:.2f} points<br>%{customdata}<extra></extra>',
        },
      ];
    }),
    layout: theme({
      title: { text: `Accuracy against energy of one example, paired by seed${intervalWords(drawn)}` },
      ...{ width: SIZE.width, height: SIZE.height, margin: SIZE.margin },
      showlegend: true,
      xaxis: axis('energy by the paper’s counting', 'nJ', { ...energy.layout, range: x }),
      yaxis: axis('test accuracy minus that of the baseline', 'points', { range: y }),
      shapes,
      annotations: [trainingNote(note), ...annotations, ...atEdge],
    }),
  };
}
