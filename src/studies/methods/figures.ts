// Methods drawn: the effect of each against the baseline, and accuracy against energy.
import { effectPoints } from '../../figures/effect-points.js';
import { axis, type Figure, type Layout, theme } from '../../figures/theme.js';
import { points } from '../../figures/traces.js';
import { trainingNote } from '../../figures/training-note.js';
import { METHOD_KINDS, type MethodKind } from '../../methods/index.js';
import { hasInterval, intervalWords } from '../../statistics/few.js';
import type { MethodEffect, MethodRow } from './rows.js';

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

/**
 * Accuracy against energy by the paper's counting; methods whose energy was not counted are left out.
 *
 * @param note - network and data, in a line
 */
export function accuracyEnergyFigure(rows: readonly MethodRow[], note: string): Figure {
  const counted = rows.filter(({ nanojoulePaper }) => nanojoulePaper !== null);
  return {
    data: METHOD_KINDS.flatMap((kind, i) => {
      const own = counted.filter((row) => row.kind === kind);
      if (own.length === 0) return [];
      const trace = points({
        name: KIND_TITLES[kind],
        x: own.map(({ nanojoulePaper }) => nanojoulePaper),
        y: own.map(({ last }) => last),
        error: own.map((row) => (hasInterval(row) ? row.upper - row.last : 0)),
        colour: i,
        symbol: i,
        runs: own.map(({ runs }) => runs),
      });
      return [
        {
          ...trace,
          mode: 'markers+text',
          text: own.map(caseName),
          textposition: 'middle right',
          textfont: { size: 10 },
          hovertemplate: '<b>%{text}</b><br>%{x:.0f} nJ, %{y:.2f} %<br>%{customdata}<extra></extra>',
        },
      ];
    }),
    layout: theme({
      title: { text: `Accuracy against energy of one example${intervalWords(counted)}` },
      width: 960,
      height: 620,
      margin: { t: 112 },
      showlegend: true,
      xaxis: axis('energy by the paper’s counting', 'nJ'),
      yaxis: axis('test accuracy after the last epoch', '%'),
      annotations: [trainingNote(note)],
    }),
  };
}
