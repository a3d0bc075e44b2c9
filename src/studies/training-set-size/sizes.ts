// The training sets that are compared: presets with the same trainings on different numbers of images, and their records.
// Tests: test/studies/views.test.ts.
import { dataTitle } from '../../data/sets/index.js';
import { networkLabel } from '../../network/architectures.js';
import { runsRoot } from '../../paths.js';
import { openRuns } from '../../records/folder.js';
import type { EvaluationRecord, RunRecord } from '../../records/record.js';
import type { SeedGroup } from '../../statistics/seeds.js';
import { describeFound, type FoundRecords, recordsOf } from '../../sweep/presets/found.js';
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

/** The records of a preset that is compared. */
interface PresetRecords {
  preset: PresetName;
  found: FoundRecords;
}

/** Looks up the records of all presets that are compared. */
export const presetRecords = (context: StudyContext): PresetRecords[] =>
  presetsOf(context).map((preset) => ({
    preset,
    found: recordsOf(openRuns(runsRoot({ preset })), trialsOf(preset, context.stem, { data: context.data })),
  }));

/** Each number of training images that has records, the smallest first. */
export const trainingSizes = (records: readonly PresetRecords[]): TrainingSize[] =>
  records
    .filter(({ found }) => found.runs.length > 0)
    .map(({ found: { runs, evaluations } }): TrainingSize => {
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

/** Present and missing trainings, a line for each preset that has some. @throws SettingsError where none has any */
export function foundSizes(records: readonly PresetRecords[]): string[] {
  const there = records.filter(({ found }) => found.runs.length > 0);
  return (there.length > 0 ? there : records.slice(0, 1)).map(
    ({ preset, found }) => `${preset}: ${describeFound(found, commandOf(preset))}`,
  );
}

const commandOf = (preset: PresetName): string =>
  `npm run reproduce -- --preset ${preset} --only training-set-size`;

/** Makes all that is compared. */
export const sizesCommand = (records: readonly PresetRecords[]): string =>
  commandOf(records[records.length - 1].preset);

/** `convNet-5 × 0.5, 9,000 and 45,000 CIFAR-10 training images`. */
export const sizesNote = (sizes: readonly TrainingSize[]): string => {
  const numbers = sizes.map(({ images }) => images.toLocaleString('en-US')).join(' and ');
  const [networks, data] = [sizes.map(({ network }) => network), sizes.map((size) => size.data)];
  return `${[...new Set(networks)].join(', ')}, ${numbers} ${[...new Set(data)].join(', ')} training images`;
};
