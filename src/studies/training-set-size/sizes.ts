// The training sets that are compared: presets with the same trainings on different numbers of images, and their records.
// Tests: test/studies/views.test.ts.
import { dataTitle } from '../../data/sets/index.js';
import { networkLabel } from '../../network/architectures.js';
import { runsRoot } from '../../paths.js';
import { openRuns } from '../../records/folder.js';
import type { EvaluationRecord, RunRecord } from '../../records/record.js';
import type { SeedGroup } from '../../statistics/seeds.js';
import { describeFound, recordsOf } from '../../sweep/presets/found.js';
import { kinOf, type PresetName } from '../../sweep/presets/presets.js';
import type { StudyContext } from '../context.js';
import { ablationCells, type Cell } from '../sgs-ablation/cells.js';
import { trialsOf } from '../trials.js';

/** The same trainings on one number of images. */
export interface TrainingSize {
  /** Training images, those held out not counted. */
  images: number;
  /** `9,000 images`. */
  title: string;
  network: string;
  /** Title of the data set. */
  data: string;
  runs: readonly RunRecord[];
  evaluations: readonly EvaluationRecord[];
  /** Neither, LR, SGS, both. */
  cells: readonly SeedGroup<Cell>[];
}

/** The presets of a study: of another data set than theirs there is one number of images only. */
const presetsOf = ({ preset, data }: Pick<StudyContext, 'preset' | 'data'>): PresetName[] =>
  data === undefined ? kinOf(preset) : [preset];

const recordsFor = ({ stem, data }: StudyContext, preset: PresetName) =>
  recordsOf(openRuns(runsRoot({ preset })), trialsOf(preset, stem, { data }));

/** Each number of training images that has records, the smallest first. */
export function trainingSizes(context: StudyContext): TrainingSize[] {
  return presetsOf(context)
    .map((preset) => recordsFor(context, preset))
    .filter(({ runs }) => runs.length > 0)
    .map(({ runs, evaluations }): TrainingSize => {
      const [{ experiment, data }] = runs;
      const images = data.split.train;
      return {
        ...{ images, runs, evaluations, cells: ablationCells(runs) },
        title: `${images.toLocaleString('en-US')} images`,
        network: networkLabel(experiment.network),
        data: dataTitle(data.name),
      };
    })
    .sort((a, b) => a.images - b.images);
}

/** Present and missing trainings, a line for each preset that is compared. @throws SettingsError where none has any */
export function foundSizes(context: StudyContext): string[] {
  const presets = presetsOf(context);
  const found = presets.map((preset) => ({ preset, records: recordsFor(context, preset) }));
  const there = found.filter(({ records }) => records.runs.length > 0);
  return (there.length > 0 ? there : found.slice(0, 1)).map(
    ({ preset, records }) => `${preset}: ${describeFound(records, commandOf(preset))}`,
  );
}

const commandOf = (preset: PresetName): string =>
  `npm run reproduce -- --preset ${preset} --only training-set-size`;

/** Makes all that is compared. */
export const sizesCommand = (context: StudyContext): string =>
  commandOf(presetsOf(context).at(-1) ?? context.preset);
