// The context of a study: its trials, their records, and the folder of its figures. Tests: test/studies/views.test.ts.
import type { DatasetName } from '../data/sets/index.js';
import { networkStem, networkTitle } from '../figures/by-network.js';
import { type Origin, originOf } from '../figures/origin.js';
import type { PrintSettings } from '../figures/table.js';
import { networkLabel } from '../network/architectures.js';
import { figuresRoot, runsRoot } from '../paths.js';
import { openRuns, type Runs } from '../records/folder.js';
import type { Header } from '../records/header.js';
import type { EvaluationRecord, RunRecord, StoredRecord } from '../records/record.js';
import type { Trial } from '../sweep/presets/plan.js';
import { describeFound, recordsOf } from '../sweep/presets/found.js';
import { kinOf, networksOf, type PresetName } from '../sweep/presets/presets.js';
import type { FigureItem } from './part.js';
import { trialsOf } from './trials.js';

/** Whose records a study shows. */
export interface StudyOptions {
  /** Default `desk`, whose records are committed. */
  preset?: PresetName;
  /** The same trainings on another data set; default the preset's own. */
  data?: DatasetName | null;
}

/** A study at work on the records of a preset. */
export interface StudyContext {
  stem: string;
  preset: PresetName;
  /** The data set asked for in place of the preset's own. */
  data?: DatasetName;
  /** Makes what is missing. */
  command: string;
  /** Where figures and tables are written. */
  folder: string;
  runs: Runs;
  trials: readonly Trial[];
  trained: readonly RunRecord[];
  evaluations: readonly EvaluationRecord[];
  /** Labels of the networks of the trials, that of most trainings first. */
  networks: readonly string[];
  /** Trainings that are planned and not there. */
  missing: readonly Trial[];
  /** Those of them that were trained and diverged. */
  diverged: readonly Trial[];
  /** Present and missing trainings, in a line; reading it throws a SettingsError where no training is there. */
  readonly found: string;
  /** Origin of an output that is made of these records. */
  originOf(records: readonly (StoredRecord | Header)[]): Origin;
  /**
   * Where an output is saved, and its origin.
   *
   * @param name - as the study declares it
   * @param records - of which it is made
   */
  place(
    name: string,
    records: readonly (StoredRecord | Header)[],
  ): Pick<FigureItem, 'folder' | 'stem' | 'origin'>;
}

/** Reads the records of a study. */
export function studyContext(stem: string, { preset = 'desk', data }: StudyOptions = {}): StudyContext {
  const command = `npm run reproduce -- --preset ${preset}`;
  const runs = openRuns(runsRoot({ preset }));
  const trials = trialsOf(preset, stem, { data: data ?? undefined });
  const found = recordsOf(runs, trials);
  const folder = figuresRoot({ preset });
  const origin: StudyContext['originOf'] = (records) => originOf(records, { command, notebook: stem });
  return {
    ...{ stem, preset, data: data ?? undefined, command, folder, runs, trials },
    trained: found.runs,
    evaluations: found.evaluations,
    networks: networksOf(trials),
    missing: found.missing,
    diverged: found.diverged ?? [],
    get found() {
      return describeFound(found, command);
    },
    originOf: origin,
    place: (name, records) => ({ folder, stem: `${stem}-${name}`, origin: origin(records) }),
  };
}

/** The same study on the records of the preset alike that trains for it, where the preset itself does not. */
export function contextOfKin(given: StudyContext): StudyContext {
  const { stem, data } = given;
  const preset = kinOf(given.preset).find((each) => trialsOf(each, stem, { data }).length > 0);
  return preset === undefined || preset === given.preset ? given : studyContext(stem, { preset, data });
}

/** A figure about one of several networks, as a study names it. */
interface NetworkFigure
  extends PrintSettings, Pick<FigureItem, 'figure' | 'rows' | 'caption' | 'origin' | 'png' | 'still'> {
  /** As the study declares it. */
  name: string;
  network: string;
  /** All networks that have such a figure, the main one first. */
  networks: readonly string[];
}

/** The item of a figure about one network: that of the main one has the plain name. */
export function networkFigure(
  { folder, stem }: Pick<StudyContext, 'folder' | 'stem'>,
  { name, network, networks, ...item }: NetworkFigure,
): FigureItem {
  return {
    ...item,
    folder,
    stem: networkStem(`${stem}-${name}`, network, networks),
    title: networkTitle(item.figure, network),
  };
}

/** A list of runs as notebooks begin with. */
export const trainedRows = (trained: readonly RunRecord[], settings: (run: RunRecord) => object): object[] =>
  trained.map((run) => ({
    name: run.experiment.name,
    network: networkLabel(run.experiment.network),
    ...settings(run),
    seed: run.experiment.seed,
    data: run.data.name,
    trainedOn: run.data.split.train,
    testAccuracy: 100 * (run.outcome.testAccuracy ?? NaN),
    record: run.id,
  }));

/** Origin of the outputs of a study that reads no record: they are computed where its notebook runs. */
export const computedOrigin = (stem: string): Origin =>
  originOf([], { command: `npm run notebooks -- notebooks/${stem}.ipynb`, notebook: stem });
