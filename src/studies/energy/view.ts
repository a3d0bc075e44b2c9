// The parts that the notebook `energy` shows. Tests: test/studies/views.test.ts.
import { dataTitle } from '../../data/sets/index.js';
import { SettingsError } from '../../errors.js';
import { PICOJOULE } from '../../measures/energy.js';
import { recordsOf } from '../../sweep/presets/found.js';
import type { StudyContext } from '../context.js';
import { Part } from '../part.js';
import { presetTrials } from '../trials.js';
import { energyClaims } from './claims.js';
import { impliedActivities, impliedFigure, impliedRows } from './implied-activity.js';
import { deadItem, operationItems, rateItem } from './by-layer.js';
import { measuredRow } from './measured.js';
import { memoryFigure, memoryRows } from './memory.js';
import { dataflowRows, memoryTable } from './memory-table.js';
import { ratioFigure, ratioRows } from './ratios.js';
import { energySentences } from './sentences.js';
import { skippingItems } from './skipping.js';
import { energyFindings, subjectTitle } from './subjects.js';

/** The parts of the study, in the order of the notebook. */
export function view(context: StudyContext) {
  const { preset, data, command, runs, folder, stem, place } = context;
  // What is meant for this study comes first; of a network and data set the first training that is there stands for it in figures.
  const trials = [...context.trials, ...presetTrials(preset, { data })];
  const records = recordsOf(runs, trials);
  const found = energyFindings(trials, records);
  const { subjects, groups, missing } = found;
  if (subjects.length === 0)
    throw new SettingsError(
      `no training of preset ${preset} with an evaluation of its energy is there: run \`${command}\` first`,
    );
  const implied = impliedActivities();
  const used = groups.flatMap((group) => [...group.runs, ...group.energies]);
  const memory = subjects.map((subject) => ({
    name: subjectTitle(subject),
    rows: memoryRows(subject),
    runs: [subject.runs[0].id, subject.energies[0].id],
  }));
  return {
    /** The paper's claims, and its energy of an operation. */
    paper: new Part(() => [
      {
        table: implied.map(({ dataset, ratio, source }) => ({
          dataset: dataTitle(dataset),
          timesLess: ratio,
          source,
        })),
      },
      {
        lines: [
          `one MAC: ${PICOJOULE.int32.mac} pJ, one AC: ${PICOJOULE.int32.ac} pJ (the paper); as 32-bit floats ${PICOJOULE.fp32.mac} and ${PICOJOULE.fp32.ac} pJ (Horowitz 2014)`,
        ],
      },
    ]),
    /** The networks whose energy was measured, and those whose is missing. */
    records: new Part(() => [
      {
        lines: missing.map(
          ({ name }) => `missing: ${name} has no energy evaluation yet; to make it: ${command}`,
        ),
      },
      {
        table: groups.map(measuredRow),
        show: { digits: 3, limit: 60 },
        place: {
          ...place('measured', used),
          title: 'Every network whose energy was measured',
          digits: 3,
          caption:
            'Times less: energy of the ANN over that of the SNN in the counting of the paper; its standard deviation is over seeds. Mean input rate S in %, weighted by the operations of each layer.',
        },
      },
    ]),
    /** Spike rates by layer. */
    rates: new Part(() => subjects.map((subject) => rateItem(context, subject))),
    /** Operations of each layer, as the paper counts them and exactly. */
    operations: new Part(() => subjects.flatMap((subject) => operationItems(context, subject))),
    /** The ratio under each counting. */
    ratios: new Part(() => {
      const rows = subjects.flatMap(ratioRows);
      return [
        {
          ...place('ratios', used),
          figure: ratioFigure(subjects),
          rows,
          digits: 3,
          png: true,
          caption:
            'To the right of the dashed line the spiking network takes less. First row on the left: the counting of the paper. Dots: means over seeds; the table: the first seed.',
        },
        {
          // The paper's cost alone: the saved table has both.
          table: rows.filter(({ cost }) => cost === 'int32').map(({ cost: _, ...row }) => row),
          show: { digits: 3, limit: 60 },
        },
      ];
    }),
    /** The product of steps and mean rate that the paper's ratios imply, with ours. */
    implied: new Part(() => [
      {
        ...place('implied', used),
        figure: impliedFigure(
          groups.map((group) => ({
            name: `ours: ${group.name}`,
            steps: group.experiment.steps,
            rate: group.rate.mean,
            runs: [...group.runs, ...group.energies].map(({ id }) => id),
          })),
        ),
        rows: impliedRows(implied),
        caption: 'S: share of non-zero inputs, weighted by the operations of each layer.',
      },
      { table: impliedRows(implied), show: { digits: 3 } },
    ]),
    /** The ratio with memory counted, under each order of summing. */
    memory: new Part(() => {
      const rows = memory.flatMap(({ name, rows: own }) => memoryTable(name, own));
      return [
        { table: dataflowRows() },
        {
          ...place(
            'memory',
            subjects.flatMap((subject) => [subject.runs[0], subject.energies[0]]),
          ),
          figure: memoryFigure(memory),
          rows,
          digits: 3,
          caption:
            'One example, 32-bit integers. To the right of the dashed line the spiking network takes less. Break-even density: the share of non-zero activations at which an ANN that skips zeros takes as much as the SNN; empty where the ANN takes no more even without skipping.',
        },
        {
          // The memory of middle size: the saved table has all.
          table: rows.filter((row) => ['none', '32 kB'].includes(row.memory)),
          show: { digits: 3, limit: 80 },
        },
      ];
    }),
    /** The ratio where the ANN skips zeros too. */
    skipping: new Part(() => skippingItems(subjects, runs.list().records)),
    /** Neurons that never fire, or always. */
    dead: new Part(() => subjects.map((subject) => deadItem(context, subject, records.evaluations))),
    /** The paper's claims beside ours. */
    claims: new Part(() => [
      {
        claims: energyClaims(implied, found, context),
        place: { folder, stem },
        columns: ['claim', 'paper', 'ours', 'n', 'verdict', 'note'],
      },
    ]),
    /** The findings, in sentences. */
    findings: new Part(() => [
      { findings: subjects.flatMap((subject, i) => energySentences(subject, memory[i].rows)) },
    ]),
  };
}
