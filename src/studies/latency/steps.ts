// Accuracy and energy against the number of time steps.
import { energyOf, type EnergyResult } from '../../measures/energy.js';
import { axis, theme, type Figure, type Layout } from '../../figures/theme.js';
import type { EvaluationRecord, RunRecord } from '../../records/record.js';
import { groupSeeds, spreadOf } from '../../statistics/seeds.js';
import { line, numbers } from '../../figures/traces.js';
import { energyLayers } from '../energy/layers.js';
import { panels } from '../../figures/panels.js';
import { trainingNote, trainingSet } from '../../figures/training-note.js';

/** Energy under one counting for records of several T: what latency costs. */
export const energyAt = (
  record: EvaluationRecord,
  steps: number,
  counting: Parameters<typeof energyOf>[2] = { cost: 'int32', firstLayer: 'ac', averages: 'ac' },
): EnergyResult => energyOf(energyLayers(record), steps, counting);

/** A point of the latency curve. */
export interface LatencyPoint {
  steps: number;
  n: number;
  /** Test accuracy in %. */
  accuracy: number;
  sd: number | null;
  /** Energies of the SNN and its ANN twin in nJ an example, by counting; null without an energy record. */
  energy: { paper: number; multiplied: number; ann: number } | null;
  /** Training data of the runs. */
  trainedOn: string;
  runs: string[];
}

/** Accuracy and energy against T, one above the other on the same axis. */
export function latencyFigure(pointsByT: readonly LatencyPoint[]): Figure {
  const known = pointsByT.filter(({ energy }) => energy !== null);
  const x = pointsByT.map(({ steps }) => steps);
  const runs = pointsByT.map((point) => point.runs);
  const axes = panels(
    [
      {
        title: 'accuracy, bars ± one standard deviation over seeds',
        xaxis: axis('', undefined, { visible: false, range: [0.6, 8.4] }),
        yaxis: axis('test accuracy', '%'),
      },
      {
        title: 'energy of one example',
        xaxis: axis('time steps T', undefined, { range: [0.6, 8.4], dtick: 1 }),
        yaxis: axis('energy', 'nJ', { type: 'log' }),
      },
    ],
    { columns: 1, gapY: 0.14 },
  );
  const curves: ['paper' | 'multiplied' | 'ann', string, number][] = [
    ['paper', 'SNN, the paper’s counting', 0],
    ['multiplied', 'SNN, image and averages multiplied', 1],
    ['ann', 'ANN twin, one pass', 6],
  ];
  return {
    data: [
      ...line({
        name: 'test accuracy',
        x,
        y: pointsByT.map(({ accuracy }) => accuracy),
        colour: 2,
        symbol: 0,
        runs,
      }).map((trace) => ({
        ...trace,
        // Bars, not a band: a band over a single T has no width.
        error_y: { type: 'data', array: numbers(pointsByT.map(({ sd }) => sd ?? NaN)), visible: true },
      })),
      ...curves.flatMap(([kind, name, colour], i) =>
        line({
          name,
          x: known.map(({ steps }) => steps),
          y: known.map(({ energy }) => energy![kind]),
          colour,
          dash: i,
          symbol: i,
          runs: known.map((point) => point.runs),
          plot: 2,
        }),
      ),
    ],
    layout: theme({
      title: { text: 'Accuracy and energy against the number of time steps' },
      height: 600,
      margin: { t: 124 },
      ...axes,
      annotations: [
        ...(axes.annotations as Layout[]),
        trainingNote([...new Set(pointsByT.map(({ trainedOn }) => trainedOn))].join('; ')),
      ],
    }),
  };
}

/**
 * A point for each T among runs: accuracy over seeds, energy as the mean over those with an energy record.
 *
 * @param energies - energy records of some of the runs
 */
export function latencyPoints(
  runs: readonly RunRecord[],
  energies: readonly EvaluationRecord[],
): LatencyPoint[] {
  const recordOf = new Map(energies.map((record) => [record.of, record]));
  return groupSeeds(runs, ({ experiment }) => experiment.steps)
    .sort((a, b) => a.key - b.key)
    .map(({ key: steps, runs: members }) => {
      const measured = members.flatMap(({ id }) => recordOf.get(id) ?? []);
      const mean = (value: (record: EvaluationRecord) => number): number =>
        measured.reduce((sum, record) => sum + value(record), 0) / measured.length / 1000;
      const { n, mean: accuracy, sd } = spreadOf(members);
      const multiplied = { cost: 'int32', firstLayer: 'macOnce', averages: 'mac' } as const;
      return {
        steps,
        n,
        accuracy,
        sd,
        energy:
          measured.length === 0
            ? null
            : {
                paper: mean((record) => energyAt(record, steps).snn),
                multiplied: mean((record) => energyAt(record, steps, multiplied).snn),
                ann: mean((record) => energyAt(record, steps).ann),
              },
        trainedOn: trainingSet(members),
        runs: [...members.map(({ id }) => id), ...measured.map(({ id }) => id)],
      };
    });
}
