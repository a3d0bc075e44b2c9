// Figures about the layers of one network: of several seeds the first is shown. Tests: test/studies/views.test.ts.
import type { EvaluationRecord } from '../../records/record.js';
import type { StudyContext } from '../context.js';
import type { Item } from '../part.js';
import { deadFigure, layerRateFigure, operationsFigure } from './layers.js';
import { countLines, operationCounts } from './operation-counts.js';
import { type EnergySubject, subjectTitle } from './subjects.js';

/** Where a figure about a network goes: its own name behind that of what is drawn. */
const placeOf = (
  { place }: StudyContext,
  name: string,
  subject: EnergySubject,
  records: Parameters<StudyContext['place']>[1] = [subject.runs[0], subject.energies[0]],
): ReturnType<StudyContext['place']> => place(`${name}-${subject.stem}`, records);

/** Spike rates by layer. */
export const rateItem = (context: StudyContext, subject: EnergySubject): Item => ({
  ...placeOf(context, 'spike-rates', subject),
  figure: layerRateFigure(subject.energies[0], subject.name),
  rows: subject.energies[0].results.filter(({ row }) => row === 'rate').map(({ row: _, ...rest }) => rest),
  caption: `${subjectTitle(subject)}, seed ${subject.experiment.seed}: share of neurons of each layer that fire at each step, over the test part.`,
});

/** Operations of each layer, as the paper counts them and exactly. */
export function operationItems(context: StudyContext, subject: EnergySubject): Item[] {
  const { layers, built, name, energies, experiment } = subject;
  const { steps } = experiment;
  return [
    {
      ...placeOf(context, 'operations', subject),
      figure: operationsFigure(energies[0], steps, name),
      rows: layers.map(({ layer, macs, inputRate, input, synapticOperations }) => ({
        layer,
        input,
        macs,
        inputRate,
        acsAsThePaperCounts: steps * macs * inputRate,
        synapticOperations,
      })),
      caption: `${subjectTitle(subject)}. The first layer is fed by the image, whose values are hardly ever zero; layers after a pooling are fed by averages of spikes, which are not binary.`,
    },
    { lines: countLines(name, operationCounts(built, layers, steps)) },
  ];
}

/** Probed examples, where the probe does not say. */
const PROBED = 100;

/** Dead and saturated neurons of the first training that was probed; a line where none was. */
export function deadItem(
  context: StudyContext,
  subject: EnergySubject,
  evaluations: readonly EvaluationRecord[],
): Item {
  const probeOf = (id: string): EvaluationRecord | undefined =>
    evaluations.find(({ of, evaluation }) => of === id && evaluation.kind === 'probe');
  const run = subject.runs.find(({ id }) => probeOf(id) !== undefined);
  const probe = run && probeOf(run.id);
  if (!run || !probe) return { lines: [`${subject.name}: no probe`] };
  const examples = probe.evaluation.kind === 'probe' ? probe.evaluation.limit : undefined;
  return {
    ...placeOf(context, 'dead', subject, [run, probe]),
    figure: deadFigure(probe, subject.name),
    rows: probe.results
      .filter(({ step }) => step === 1)
      .map(({ layer, dead, saturated }) => ({ layer, dead, saturated })),
    caption: `${subjectTitle(subject)}, seed ${run.experiment.seed}: over the first ${examples ?? PROBED} test examples, all steps.`,
  };
}
