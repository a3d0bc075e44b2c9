// Accuracy of the flagship's trainings under noise, and what SGS and LR change: the question of Fig. 7.
import { noiseTitle } from '../../data/images/noise-definitions.js';
import { panels } from '../../figures/panels.js';
import { trainingNote, trainingSetting } from '../../figures/training-note.js';
import { axis, type Figure, type Layout, theme } from '../../figures/theme.js';
import { line } from '../../figures/traces.js';
import type { EvaluationRecord, RunRecord } from '../../records/record.js';
import { type Flagship, FLAGSHIPS, flagshipOf } from './trials.js';

/** Accuracy of a training at a level of noise, in %. */
export interface FlagshipNoiseRow {
  training: Flagship;
  definition: string;
  level: number;
  accuracy: number;
}

/** Every accuracy under noise, by definition, training and level. */
export const flagshipNoiseRows = (
  runs: readonly RunRecord[],
  evaluations: readonly EvaluationRecord[],
): FlagshipNoiseRow[] => {
  const records = evaluations.filter(({ evaluation }) => evaluation.kind === 'noise');
  const definitions = [...new Set(records.map(({ evaluation }) => String(evaluation.definition)))];
  return definitions.flatMap((definition) =>
    runs.flatMap((run) =>
      records
        .filter(({ of, evaluation }) => of === run.id && evaluation.definition === definition)
        .flatMap(({ results }) =>
          results.map(({ level, accuracy }) => ({
            ...{ training: flagshipOf(run), definition },
            ...{ level: Number(level), accuracy: 100 * Number(accuracy) },
          })),
        ),
    ),
  );
};

/** Accuracy with SGS and LR minus that without at a level, in points; undefined where one is missing. */
export function flagshipGain(
  rows: readonly FlagshipNoiseRow[],
  definition: string,
  level: number,
): number | undefined {
  const at = (training: Flagship): number | undefined =>
    rows.find((row) => row.training === training && row.definition === definition && row.level === level)
      ?.accuracy;
  const [with_, without] = [at('SGS and LR'), at('neither')];
  return with_ === undefined || without === undefined ? undefined : with_ - without;
}

/** A panel for each definition of noise: accuracy against its level. */
export function flagshipNoiseFigure(runs: readonly RunRecord[], rows: readonly FlagshipNoiseRow[]): Figure {
  const definitions = [...new Set(rows.map(({ definition }) => definition))];
  const axes = panels(
    definitions.map((definition) => ({
      title: noiseTitle(definition),
      xaxis: axis('noise level', undefined, { dtick: 0.02, range: [-0.004, 0.104] }),
      yaxis: axis('test accuracy', '%', { rangemode: 'tozero' }),
    })),
    { columns: 2, gapX: 0.1 },
  );
  return {
    data: definitions.flatMap((definition, panel) =>
      runs.flatMap((run) => {
        const training = flagshipOf(run);
        const place = FLAGSHIPS.indexOf(training);
        const own = rows.filter((row) => row.training === training && row.definition === definition);
        return line({
          ...{ name: training, plot: panel + 1, inLegend: panel === 0 },
          ...{ colour: place, symbol: place, dash: place, runs: [run.id] },
          x: own.map(({ level }) => level),
          y: own.map(({ accuracy }) => accuracy),
        });
      }),
    ),
    layout: theme({
      title: { text: 'Flagship: accuracy under noise' },
      width: 960,
      height: 720,
      margin: { t: 112 },
      ...axes,
      annotations: [...(axes.annotations as Layout[]), trainingNote(trainingSetting(runs.slice(0, 1)))],
    }),
  };
}
