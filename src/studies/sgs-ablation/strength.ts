// The sweep over δ: accuracy, and the change of gradients beside what the size of the scales predicts.
import { fixedDelta } from '../../surrogates/delta.js';
import { axis, theme, type Figure, type Layout } from '../../figures/theme.js';
import { predictedChange } from '../../measures/gradient-change.js';
import type { EvaluationRecord, RunRecord } from '../../records/record.js';
import { groupSeeds, pairedBySeed, spreadOf, testAccuracyOf, type Spread } from '../../statistics/seeds.js';
import { mean, sd, type Interval } from '../../statistics/interval.js';
import { FEWEST_FOR_INTERVAL } from '../../statistics/few.js';
import { line, points } from '../../figures/traces.js';
import { panels } from '../../figures/panels.js';
import { trainingNote, trainingSet } from '../../figures/training-note.js';

/** Accuracy at one δ, and against δ = 0 by seed. */
export interface DeltaPoint extends Spread {
  delta: number;
  /** Paired difference to δ = 0 in points; null for δ = 0 and without a common seed. */
  effect: Interval | null;
  /** Training data of the runs. */
  trainedOn: string;
  /** Accuracy of each run in %, in the order of `runs`. */
  values: number[];
  runs: string[];
}

/** A point for each δ among runs that differ only in δ and seed. */
export function deltaPoints(runs: readonly RunRecord[]): DeltaPoint[] {
  const groups = groupSeeds(runs, ({ experiment }) => fixedDelta(experiment.neuron.delta)).sort(
    (a, b) => a.key - b.key,
  );
  const plain = groups.find(({ key }) => key === 0);
  return groups.map(({ key: delta, runs: members }) => ({
    delta,
    ...spreadOf(members),
    effect: (plain && delta > 0 && pairedBySeed(members, plain.runs)) || null,
    trainedOn: trainingSet(members),
    values: members.map(testAccuracyOf),
    runs: members.map(({ id }) => id),
  }));
}

/** Relative change of the whole gradient at one δ, over networks. */
export interface ChangePoint {
  delta: number;
  measured: number;
  sd: number | null;
  n: number;
  /** Largest change along one path, see `predictedChange`. */
  predicted: number;
}

/**
 * Measured and predicted change of gradients by δ.
 *
 * @param records - evaluations of kind `gradients`
 * @param layers - LIF layers of the network
 * @param steps - time steps T
 */
export function changePoints(
  records: readonly EvaluationRecord[],
  layers: number,
  steps: number,
): ChangePoint[] {
  const byDelta = new Map<number, number[]>();
  for (const { results } of records)
    for (const { delta, parameter, relative } of results)
      if (parameter === 'all' && typeof relative === 'number')
        byDelta.set(Number(delta), [...(byDelta.get(Number(delta)) ?? []), relative]);
  return [...byDelta]
    .sort(([a], [b]) => a - b)
    .map(([delta, values]) => ({
      delta,
      measured: mean(values),
      sd: values.length > 1 ? sd(values) : null,
      n: values.length,
      predicted: predictedChange(delta, layers, steps),
    }));
}

/**
 * Accuracy against δ above, change of gradients against δ below, measured and predicted. Each seed is a small point; a bar
 * stands only where there are at least three.
 */
export function deltaFigure(
  list: readonly DeltaPoint[],
  changes: readonly ChangePoint[],
  records: readonly string[],
): Figure {
  const tried = [...list, ...changes].map(({ delta }) => delta);
  const decades = [...new Set(tried)].filter((delta) => delta > 0).sort((a, b) => a - b);
  const zero = decades[0] / 10; // where δ = 0 stands on a logarithmic axis
  const x = list.map(({ delta }) => (delta === 0 ? zero : delta));
  const shared = {
    type: 'log',
    range: [Math.log10(zero) - 0.2, Math.log10(Math.max(...decades)) + 0.2],
    tickvals: [zero, ...decades],
    ticktext: ['0', ...decades.map(String)],
    tickfont: { size: 12 },
  };
  const axes = panels(
    [
      {
        title: 'accuracy',
        xaxis: axis('δ', undefined, shared),
        yaxis: axis('test accuracy', '%'),
      },
      {
        title: 'change of the gradient against δ = 0, same weights and examples',
        xaxis: axis('δ', undefined, shared),
        yaxis: axis('relative change', undefined, { type: 'log', dtick: 1 }),
      },
    ],
    { columns: 1, gapY: 0.24 },
  );
  const seeds = points({
    name: 'test accuracy, one seed',
    group: 'accuracy',
    x: list.flatMap(({ values }, i) => values.map(() => x[i])),
    y: list.flatMap(({ values }) => values),
    colour: 2,
    symbol: 0,
    runs: list.flatMap(({ runs }) => runs.map((id) => [id])),
    inLegend: false,
  });
  return {
    data: [
      {
        ...line({
          name: 'test accuracy, mean; ± one standard deviation from three seeds on',
          group: 'accuracy',
          x,
          y: list.map(({ mean: value }) => value),
          colour: 2,
          symbol: 0,
          runs: list.map(({ runs }) => runs),
        })[0],
        error_y: {
          type: 'data',
          array: list.map(({ sd: half, n }) => (half === null || n < FEWEST_FOR_INTERVAL ? 0 : half)),
          thickness: 1.5,
        },
        // δ = 0 stands where another number would be.
        text: list.map(({ delta }) => String(delta)),
        hovertemplate: '<b>test accuracy</b><br>δ = %{text}: %{y:.2f} %<br>%{customdata}<extra></extra>',
      },
      {
        ...seeds,
        marker: { ...(seeds.marker as object), size: 5, opacity: 0.5 },
        hovertemplate: '<b>one seed</b><br>%{y:.2f} %<br>%{customdata}<extra></extra>',
      },
      ...line({
        name: 'measured change of the gradient',
        x: changes.map(({ delta }) => delta),
        y: changes.map(({ measured }) => measured),
        colour: 0,
        symbol: 0,
        runs: records,
        plot: 2,
      }),
      ...line({
        name: 'predicted: every scale at its largest, (1 + δ/2)^(layers·T) − 1',
        x: changes.map(({ delta }) => delta),
        y: changes.map(({ predicted }) => predicted),
        colour: 1,
        dash: 1,
        symbol: 1,
        plot: 2,
      }),
    ],
    layout: theme({
      title: { text: 'Strength of SGS: what it does to accuracy and to gradients' },
      height: 660,
      margin: { t: 140 },
      ...axes,
      annotations: [
        ...(axes.annotations as Layout[]),
        trainingNote([...new Set(list.map(({ trainedOn }) => trainedOn))].join('; ')),
      ],
    }),
  };
}
