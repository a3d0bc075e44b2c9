// The sweep over β: accuracy, generalisation and orthogonality.
import { axis, theme, type Figure, type Layout, type Trace } from '../../figures/theme.js';
import type { EvaluationRecord, RunRecord } from '../../records/record.js';
import { gapOf, groupSeeds, spreadOf, type Spread } from '../../statistics/seeds.js';
import { mean, sd } from '../../statistics/interval.js';
import { line } from '../../figures/traces.js';
import { panels } from '../../figures/panels.js';
import { trainingNote, trainingSet } from '../../figures/training-note.js';

/** Runs of one β over seeds, with what their weights look like. */
export interface BetaPoint {
  beta: number;
  /** Test accuracy in %, and training minus test accuracy in points. */
  accuracy: Spread;
  gap: Spread;
  /** Mean over layers of `‖W Wᵀ − I‖_F / √m`; null without spectra. */
  orthogonality: Spread | null;
  /** Product of operator norms along the network (an index, not a bound), geometric mean over seeds. */
  index: number | null;
  /** Training data of the runs. */
  trainedOn: string;
  runs: string[];
}

const spread = (values: readonly number[]): Spread | null =>
  values.length === 0
    ? null
    : { n: values.length, mean: mean(values), sd: values.length > 1 ? sd(values) : null };

/**
 * A point for each β among runs that differ in β and seed only.
 *
 * @param spectra - evaluations of kind `spectra` of some of the runs
 */
export function betaPoints(runs: readonly RunRecord[], spectra: readonly EvaluationRecord[]): BetaPoint[] {
  const byRun = new Map(spectra.map((record) => [record.of, record]));
  return groupSeeds(runs, ({ experiment }) => experiment.lipschitz.beta)
    .sort((a, b) => a.key - b.key)
    .map(({ key: beta, runs: members }) => {
      const records = members.flatMap(({ id }) => byRun.get(id) ?? []);
      const layersOf = ({ results }: EvaluationRecord) => results.filter(({ row }) => row === 'layer');
      const indices = records.flatMap(({ results }) =>
        results
          .filter(({ row }) => row === 'index')
          .map(({ operatorNorm }) => Math.log(Number(operatorNorm))),
      );
      return {
        beta,
        accuracy: spreadOf(members),
        gap: spreadOf(members, gapOf),
        orthogonality: spread(
          records.map((record) => mean(layersOf(record).map(({ orthogonality }) => Number(orthogonality)))),
        ),
        index: indices.length === 0 ? null : Math.exp(mean(indices)),
        trainedOn: trainingSet(members),
        runs: [...members.map(({ id }) => id), ...records.map(({ id }) => id)],
      };
    });
}

/** β along a logarithmic axis, 0 a decade below the smallest that was tried. */
function betaAxis(list: readonly BetaPoint[]): { place(beta: number): number; layout: Layout } {
  const decades = list.map(({ beta }) => beta).filter((beta) => beta > 0);
  const zero = Math.min(...decades) / 10;
  return {
    place: (beta) => (beta === 0 ? zero : beta),
    layout: {
      type: 'log',
      range: [Math.log10(zero) - 0.2, Math.log10(Math.max(...decades)) + 0.2],
      tickvals: [zero, ...decades],
      ticktext: ['0', ...decades.map(String)],
      tickfont: { size: 12 },
    },
  };
}

/** Accuracy, generalisation gap and distance from orthogonality against β. */
export function betaFigure(list: readonly BetaPoint[]): Figure {
  const { place, layout } = betaAxis(list);
  const kinds: [string, string, string | undefined, (point: BetaPoint) => Spread | null][] = [
    ['test accuracy', 'test accuracy', '%', ({ accuracy }) => accuracy],
    ['generalisation gap: training − test', 'gap', 'points', ({ gap }) => gap],
    [
      'distance from orthogonality ‖WWᵀ − I‖ / √m, mean over layers',
      'distance',
      undefined,
      ({ orthogonality }) => orthogonality,
    ],
  ];
  const data = kinds.flatMap(([name, , , value], i): Trace[] => {
    const known = list.filter((point) => value(point) !== null);
    const at = known.map((point) => value(point)!);
    const [trace] = line({
      name,
      x: known.map(({ beta }) => place(beta)),
      y: at.map((point) => point.mean),
      colour: i,
      symbol: i,
      runs: known.map(({ runs }) => runs),
      plot: i + 1,
    });
    return [
      {
        ...trace,
        error_y: { type: 'data', array: at.map(({ sd: half }) => half ?? 0), thickness: 1.5 },
        // β = 0 stands where another number would be.
        text: known.map(({ beta }) => String(beta)),
        hovertemplate: '<b>%{fullData.name}</b><br>β = %{text}: %{y:.4~g}<br>%{customdata}<extra></extra>',
      },
    ];
  });
  const axes = panels(
    kinds.map(([title, quantity, unit], i) => ({
      title,
      xaxis: axis('LR weight β', undefined, i === kinds.length - 1 ? layout : { ...layout, visible: false }),
      yaxis: axis(quantity, unit),
    })),
    { columns: 1, gapY: 0.09 },
  );
  const note = trainingNote([...new Set(list.map(({ trainedOn }) => trainedOn))].join('; '));
  return {
    data,
    layout: theme({
      title: { text: 'Lipschitz regularisation: accuracy, generalisation, orthogonality' },
      height: 720,
      margin: { t: 84 },
      showlegend: false,
      ...axes,
      annotations: [...(axes.annotations as Layout[]), note],
    }),
  };
}
