// Figures of one training: learning curves, spike rates, confusion, energy.
import { axis, theme, type Figure } from '../../figures/theme.js';
import { heatmap } from '../../figures/heatmap.js';
import type { EvaluationRecord, RunRecord } from '../../records/record.js';
import { bars, line } from '../../figures/traces.js';
import { runNames } from '../../statistics/run-names.js';
import { trainingNote, trainingSet } from '../../figures/training-note.js';

const percent = (share: number): number => 100 * share;

/**
 * Accuracy over epochs, training and test (and validation where held out); one colour a run, named as `runNames` has it.
 *
 * @param runs - records of trainings
 * @returns epochs across, accuracy in % up
 */
export function learningCurves(runs: readonly RunRecord[]): Figure {
  const names = runNames(runs);
  const data = runs.flatMap((run, colour) => {
    const curve = (
      name: string,
      dash: number,
      share: (row: RunRecord['rows'][number]) => number | undefined,
    ) =>
      line({
        name: runs.length > 1 ? `${names[colour]}, ${name}` : name,
        x: run.rows.map(({ epoch }) => epoch),
        y: run.rows.map((row) => percent(share(row) ?? NaN)),
        colour: runs.length > 1 ? colour : dash,
        dash,
        symbol: dash,
        runs: [run.id],
      });
    const held = run.rows.some(({ validationAccuracy }) => validationAccuracy !== undefined);
    return [
      ...curve('training', 1, ({ trainAccuracy }) => trainAccuracy),
      ...(held ? curve('validation', 2, ({ validationAccuracy }) => validationAccuracy) : []),
      ...curve('test', 0, ({ testAccuracy }) => testAccuracy),
    ];
  });
  const layout = theme({
    title: { text: 'Accuracy over epochs' },
    xaxis: axis('epoch', undefined, { dtick: Math.ceil((runs[0]?.rows.length ?? 1) / 12) }),
    yaxis: axis('accuracy', '%', { rangemode: 'tozero' }),
    annotations: [trainingNote(trainingSet(runs))],
  });
  return { data, layout };
}

/**
 * Share of neurons that fire, by layer and time step, over the test part at the end of a run; says what it was trained on.
 *
 * @param run - the record of a training
 * @returns layers across, share in % up, a bar for each time step
 */
export function spikeRateBars(run: RunRecord): Figure {
  const steps = run.spikeRates[0]?.rates.length ?? 0;
  const data = Array.from({ length: steps }, (_, t) =>
    bars({
      name: `t = ${t + 1}`,
      x: run.spikeRates.map(({ layer }) => layer),
      y: run.spikeRates.map(({ rates }) => percent(rates[t])),
      colour: t,
      pattern: t,
      runs: [run.id],
    }),
  );
  const layout = theme({
    title: { text: 'Spike rate by layer and time step' },
    xaxis: axis('layer'),
    yaxis: axis('neurons that fire', '%', { rangemode: 'tozero' }),
    annotations: [trainingNote(trainingSet([run]))],
    barmode: 'group',
  });
  return { data, layout };
}

/**
 * Predicted against actual class, counts of the test part.
 *
 * @param evaluation - of kind `confusion`
 * @param classes - names in label order, as `classNames` gives them
 * @param run - the run that was evaluated: the figure says what it was trained on; left out, it does not
 * @returns predicted class across, actual class down, counts as colour and in the cells
 */
export function confusionHeatmap(
  evaluation: EvaluationRecord,
  classes: readonly string[],
  run?: RunRecord,
): Figure {
  const counts = new Map(
    evaluation.results.map(({ actual, predicted, count }) => [`${actual}→${predicted}`, count]),
  );
  const z = classes.map((actual) =>
    classes.map((predicted) => Number(counts.get(`${actual}→${predicted}`) ?? 0)),
  );
  const layout = theme({
    title: { text: 'Confusion on the test part' },
    xaxis: axis('predicted class', undefined, { tickangle: -40 }),
    yaxis: axis('actual class', undefined, { autorange: 'reversed' }),
    ...(run && { annotations: [trainingNote(trainingSet([run]))] }),
    width: 720,
    height: 620,
  });
  return {
    data: [heatmap({ z, x: [...classes], y: [...classes], quantity: 'images', cellFormat: 'd' })],
    layout,
  };
}
