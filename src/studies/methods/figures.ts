// The effect of each method against the baseline, drawn.
import { effectPoints } from '../../figures/effect-points.js';
import { axis, type Figure, type Layout, theme } from '../../figures/theme.js';
import { trainingNote } from '../../figures/training-note.js';
import { METHOD_KINDS, type MethodKind } from '../../methods/index.js';
import { intervalWords } from '../../statistics/few.js';
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
