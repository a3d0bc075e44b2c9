// The effect of each method against the baseline, drawn.
import { effectPoints } from '../../figures/effect-points.js';
import { axis, type Figure, type Layout, theme, type Trace } from '../../figures/theme.js';
import { trainingNote } from '../../figures/training-note.js';
import { METHOD_KINDS, type MethodKind } from '../../methods/index.js';
import { hasInterval, intervalWords } from '../../statistics/few.js';
import { signed } from '../../statistics/wording.js';
import { EXPECTED } from './expected.js';
import { nearAndFar } from './far.js';
import type { MethodEffect } from './rows.js';

/** Kinds in words. */
export const KIND_TITLES: Readonly<Record<MethodKind, string>> = {
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

/** What was expected of a method in preset `equal`. */
const expectedOf = ({ method, as }: MethodEffect): readonly [number, number] | undefined => {
  const range = as === 'equal' ? EXPECTED[method] : undefined;
  return range === 'none' ? undefined : range;
};

/** Ends of the axis: a point beyond the intervals of the effects that it holds, and beyond what was expected. */
function rangeOf(effects: readonly MethodEffect[]): [number, number] {
  const ends = [
    ...nearAndFar(effects).near.flatMap((one) => (hasInterval(one) ? [one.lower, one.upper] : [one.mean])),
    ...effects.flatMap((one) => expectedOf(one) ?? []),
  ].filter(Number.isFinite);
  return ends.length === 0 ? [-1, 1] : [Math.min(...ends) - 1, Math.max(...ends) + 1];
}

/** What was expected of each: a broad line behind it, whose open side ends with the axis. */
function expectedBands(
  effects: readonly MethodEffect[],
  placeOf: (effect: MethodEffect) => number,
  [least, most]: [number, number],
): Trace[] {
  const bands = effects.flatMap((effect) => {
    const range = expectedOf(effect);
    return range === undefined ? [] : [{ range, y: placeOf(effect) }];
  });
  if (bands.length === 0) return [];
  return [
    {
      type: 'scatter',
      mode: 'lines',
      name: 'expected before',
      x: bands.flatMap(({ range: [lower, upper] }) => [Math.max(lower, least), Math.min(upper, most), null]),
      y: bands.flatMap(({ y }) => [y, y, null]),
      line: { color: '#E4E7EB', width: 14 },
      hoverinfo: 'skip',
    },
  ];
}

/**
 * Accuracy of each method minus that of the baseline, with 95 % intervals, the largest of each kind above; behind each what was
 * expected of it. One far beyond all others stands at the edge as a number.
 *
 * @param note - network and data, in a line
 */
export function methodEffectFigure(effects: readonly MethodEffect[], note: string): Figure {
  const sorted = METHOD_KINDS.flatMap((kind) =>
    effects.filter((effect) => effect.kind === kind).sort((a, b) => b.mean - a.mean),
  );
  const names = sorted.map(caseName);
  const placeOf = (effect: MethodEffect): number => names.length - 1 - names.indexOf(caseName(effect));
  const found = METHOD_KINDS.flatMap((kind, i) => {
    const own = sorted.filter((effect) => effect.kind === kind);
    if (own.length === 0) return [];
    return [
      effectPoints(
        own,
        {
          name: KIND_TITLES[kind],
          y: own.map(placeOf),
          ...{ colour: i, symbol: i },
        },
        own.map((effect) => `${caseName(effect)}, n = ${effect.n}`),
      ),
    ];
  });
  const range = rangeOf(sorted);
  const atEdge = nearAndFar(sorted).far.map((effect) => ({
    ...{ x: effect.mean < 0 ? range[0] : range[1], xanchor: effect.mean < 0 ? 'left' : 'right' },
    ...{ y: placeOf(effect), showarrow: false },
    text: effect.mean < 0 ? `◂ ${signed(effect.mean, 1)}` : `${signed(effect.mean, 1)} ▸`,
  }));
  return {
    data: [...expectedBands(sorted, placeOf, range), ...found],
    layout: theme({
      title: { text: `Test accuracy against the baseline, paired by seed${intervalWords(effects)}` },
      width: 900,
      height: 200 + 24 * names.length,
      margin: { t: 112, l: 210 },
      showlegend: true,
      xaxis: axis('accuracy minus that of LIF with the rectangle', 'points', { ...ZERO, range }),
      yaxis: axis('method', undefined, {
        tickvals: names.map((_, i) => names.length - 1 - i),
        ticktext: names,
        range: [-0.7, names.length - 0.3],
      }),
      annotations: [trainingNote(note), ...atEdge],
    }),
  };
}
