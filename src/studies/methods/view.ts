// The parts that the notebook `methods` shows. Tests: test/studies/views.test.ts.
import { trainingSetting } from '../../figures/training-note.js';
import { methods } from '../../methods/index.js';
import { desk } from '../../sweep/presets/desk.js';
import { contextOfKin, type StudyContext } from '../context.js';
import { type Item, Part } from '../part.js';
import { intervalRow } from '../sgs-ablation/ablations.js';
import { methodEnergies } from './energies.js';
import { accuracyEnergyFigure } from './energy-figure.js';
import { energyPoints } from './energy-points.js';
import { expectedRows } from './expected.js';
import { methodEffectFigure } from './figures.js';
import { methodFindings } from './findings.js';
import { type MethodEffect, methodEffects, type MethodRow, methodRows } from './rows.js';
import { advantages, OTHERS, outperforms } from './sota.js';
import { type TrainedCase, trainedCases } from './trials.js';

/** The parts of the study, in the order of the notebook. */
export function view(given: StudyContext) {
  const context = contextOfKin(given);
  const { folder, stem, trained, evaluations, place } = context;
  const cases = trainedCases(desk.small, trained, context.diverged);
  const rows = methodRows(cases, evaluations);
  const effects = methodEffects(cases);
  const found = advantages(cases);
  const note = trained.length === 0 ? '' : trainingSetting(trained);
  const used = [...trained, ...evaluations];
  const none: Item[] = [{ lines: [`preset ${context.preset} trains no methods, or none is there yet`] }];
  return {
    /** Every method that can be compared, with where it comes from. */
    list: new Part(() => [
      {
        table: methods.map(({ name, title, kind, source }) => ({ name, title, kind, source })),
        show: { limit: methods.length },
      },
    ]),
    /** The trainings that are there. */
    records: new Part(() => [
      ...(context.trials.length === 0 ? none : [{ lines: [context.found] }]),
      {
        table: cases.filter(({ runs, diverged }) => runs.length + diverged.length > 0).map(recordsRow),
        show: { limit: cases.length },
      },
    ]),
    /** Accuracy, spikes, energy, time and gradients of each method. */
    table: new Part((): Item[] =>
      rows.length === 0
        ? none
        : [
            {
              table: rows.map((row) => tableRow(row, effects)),
              show: { digits: 4, limit: rows.length },
              place: {
                ...{ ...place('table', used), digits: 4 },
                title: 'Methods on equal footing',
                caption:
                  'Test accuracy in %: after the last epoch with standard deviation over seeds, minus that of the baseline within seeds, at the best epoch by validation, at the best by the test images themselves, which is too high. energy: of an example in nJ by the paper’s counting, and with multiplications counted; 45 nm, 32-bit integers. cosine: of the gradient of the first weights with finite differences; coverage: share of parameters that a batch of 100 moves; both of the first seed at its trained weights, the cosine of 64 values that were moved by 0.1, on 400 test images. seconds: of training in the fastest epoch, one thread, on the processor that the records name, beside other work: small differences are not the method’s. spikes: of all layers and steps; an analog output other than 0 counts as one.',
              },
            },
          ],
    ),
    /** Each method against the baseline. */
    effects: new Part((): Item[] => {
      if (effects.length === 0) return none;
      const table = effects.map((one) => ({ method: one.method, as: one.as, ...intervalRow(one) }));
      return [
        {
          ...{ ...place('effects', used), figure: methodEffectFigure(effects, note) },
          ...{ rows: table, png: true, digits: 3 },
          caption:
            'Test accuracy minus that of LIF with the rectangle and merged batch norm, within seeds. 95 % intervals over seeds, uncorrected; pHolm is corrected for all cases, those without three seeds too. Grey: what was expected of a method as `equal` before it was trained; an open side ends with the axis. An effect far beyond all others stands at the edge as a number.',
        },
        { table, show: { digits: 3, limit: table.length } },
      ];
    }),
    /** What was expected of each, written down before, and what came. */
    expected: new Part((): Item[] => {
      const table = expectedRows(effects);
      if (table.length === 0) return none;
      return [
        {
          table,
          show: { digits: 3, limit: table.length },
          place: {
            ...{ ...place('expected', used), digits: 3 },
            title: 'Accuracy that was expected of each method, and what came',
            caption:
              'Test accuracy minus the baseline’s in points. Expected: as written in data/methods-cifar10.md before the training. Outcome: whether the 95 % interval over seeds lies within (came so), outside (did not) or neither (open); where no effect was expected, whether it contains 0 (none seen); with fewer than three seeds the side on which the effect itself lies.',
          },
        },
      ];
    }),
    /** Accuracy against energy. */
    energy: new Part((): Item[] => {
      const drawn = energyPoints(rows, effects);
      if (drawn.length === 0) return none;
      return [
        {
          ...{ ...place('energy', used), figure: accuracyEnergyFigure(drawn, note) },
          rows: drawn.map(({ runs: _, kind: __, ...point }) => point),
          digits: 4,
          caption:
            'Accuracy minus the baseline’s, within seeds; dotted: the baseline. Energy: every spike an accumulate, as the paper counts; image and averages too. Analog outputs (liaf, neuNorm) are multiplied under any counting; the two numbers that trsg hands on are spikes once its threshold is in the weights behind. Where names would cover each other, some stand at the pointer and in the table only; one far beyond all others stands at the edge with its numbers.',
        },
      ];
    }),
    /** Energy under each counting. */
    energies: new Part((): Item[] => {
      const table = methodEnergies(cases, evaluations);
      if (table.length === 0) return none;
      return [
        {
          table,
          show: { digits: 4, limit: table.length },
          place: {
            ...{ ...place('energies', used), digits: 4 },
            title: 'Energy of one example by method, under each counting',
            caption:
              'nJ, 45 nm, of 32-bit integers and of floats. Columns: what the first layer takes, accumulates (AC) or multiply–accumulates (MAC), and what averages of spikes take where that is not AC. The first is the paper’s.',
          },
        },
      ];
    }),
    /** The paper's method against each of others. */
    advantages: new Part((): Item[] =>
      found.length === 0
        ? none
        : [
            {
              table: found.map((one) => ({ method: one.method, ...intervalRow(one) })),
              show: { digits: 3, limit: OTHERS.length },
              place: {
                ...{ ...place('advantages', used), digits: 3 },
                title: 'SGS with LR against methods of others, everything but the method equal',
                caption:
                  'Test accuracy of SGS with LR minus that of the method, within seeds, in points. 95 % intervals over seeds, uncorrected; pHolm is corrected for all methods of others, those without three seeds too.',
              },
            },
          ],
    ),
    /** Numbers that were published, with their sources. */
    published: new Part(() => [
      {
        table: methods.flatMap(({ name, published }) =>
          published.map(({ network, T, data, accuracy, source }) => ({
            ...{ method: name, network, T: T ?? null, data, accuracy, source },
          })),
        ),
        show: { limit: 200 },
      },
    ]),
    /** The paper's claim to outperform others. */
    claims: new Part(() => [{ claims: outperforms(cases), place: { folder, stem } }]),
    /** The findings, in sentences. */
    findings: new Part(() => [{ findings: methodFindings(cases, rows, effects) }]),
  };
}

const recordsRow = ({ method, as, runs, diverged }: TrainedCase) => ({
  ...{ method: method.name, as },
  seeds: runs.map(({ experiment }) => experiment.seed).join(' '),
  diverged: diverged.join(' '),
  processor: [...new Set(runs.map(({ machine }) => machine.cpu))].join(', '),
  records: runs.map(({ id }) => id).join(' '),
});

/** What the table says of a method: the edges of its interval stand in the figure, the ANN's energy is the same for all. */
const tableRow = (
  { method, as, T, n, last, lastSd, bestValidation, bestTest, ...more }: MethodRow,
  effects: readonly MethodEffect[],
) => ({
  ...{ method, as, T, n, last, lastSd },
  effect: effects.find((one) => one.method === method && one.as === as)?.mean ?? null,
  ...{ bestValidation, bestTest, spikes: more.spikes },
  ...{ energy: more.nanojoulePaper, energyMultiplied: more.nanojouleMultiplied, seconds: more.seconds },
  ...{ cosine: more.cosine, coverage: more.coverage },
});
