// The parts that the notebook `latency` shows. Tests: test/studies/views.test.ts.
import type { StudyContext } from '../context.js';
import { type Item, Part } from '../part.js';
import { latencyClaims } from './claims.js';
import { gainSentence, stepGains } from './gains.js';
import { latencyFigure, latencyPoints } from './steps.js';

/** The numbers of steps of which the notebook says whether they have records. */
const STEPS = [1, 2, 3, 4, 5, 6, 7, 8];

/** The parts of the study, in the order of the notebook. */
export function view(context: StudyContext) {
  const { trained, stem, folder } = context;
  const energies = context.evaluations.filter(({ evaluation }) => evaluation.kind === 'energy');
  const points = latencyPoints(trained, energies);
  const gains = stepGains(trained, points);
  return {
    /** The records of each T, and what is missing of them. */
    records: new Part(() => [
      { lines: [context.found] },
      { table: STEPS.map((T) => recordsRow(context, T)) },
    ]),
    /** Accuracy and energy against T. */
    accuracy: new Part((): Item[] => {
      if (points.length === 0) return [];
      return [
        {
          ...{ folder, stem, figure: latencyFigure(points), png: true },
          origin: context.originOf([...trained, ...energies]),
          rows: points.map(({ steps, n, accuracy, sd, energy }) => ({
            ...{ steps, n, accuracy, sd },
            nanojoulePaper: energy?.paper ?? null,
            nanojouleMultiplied: energy?.multiplied ?? null,
            nanojouleAnn: energy?.ann ?? null,
          })),
          caption:
            'Accuracy: bars ± one standard deviation over seeds. Energy by the paper’s counting (every input an accumulate), with multiplications of the image (once) and of averages counted, and of the non-spiking twin. 45 nm, 32-bit integers.',
        },
        {
          table: points.map(({ steps, n, accuracy, sd, energy }) => ({
            ...{ T: steps, seeds: n, accuracy, sd },
            nanojoulePaper: energy?.paper ?? null,
            nanojouleMultiplied: energy?.multiplied ?? null,
            timesLessThanAnn: energy ? energy.ann / energy.paper : null,
          })),
          show: { digits: 4 },
        },
      ];
    }),
    /** From each T to the next: points of accuracy, and the factor in energy. */
    gains: new Part((): Item[] => [
      ...(gains.length > 0 ? [{ table: gains, show: { digits: 3 } }] : []),
      ...(points.length === 1
        ? [{ lines: [`only T = ${points[0].steps} has records: no step to compare with yet`] }]
        : []),
    ]),
    /** The paper's claim beside ours. */
    claims: new Part(() => [{ claims: latencyClaims(trained, points), place: { folder, stem } }]),
    /** The findings, in sentences. */
    findings: new Part(() => [{ findings: gains.map(gainSentence) }]),
  };
}

/** Number of seeds with a record at T, and the reason where there is none. */
function recordsRow({ trained, trials, command, preset }: StudyContext, T: number): object {
  const here = trained.filter(({ experiment }) => experiment.steps === T);
  const planned = trials.some(({ experiment }) => experiment.steps === T);
  const absent = planned ? `no record yet: ${command}` : `not in preset ${preset}`;
  return {
    T,
    seeds: here.length,
    records: here.map(({ id }) => id).join(' '),
    note: here.length > 0 ? '' : absent,
  };
}
