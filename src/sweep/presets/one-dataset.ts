// The records of a preset are of one data set each: a mean over runs of 10,000 and of 50,000 images would be of neither.
import type { Dataset } from '../../data/dataset.js';
import { isEventData } from '../../data/sets/index.js';
import { loadDataset } from '../../data/sets/load.js';
import { DataError, SettingsError } from '../../errors.js';
import type { Experiment } from '../../experiment/experiment.js';
import { canonicalJson } from '../../hash.js';
import { dataRoot } from '../../paths.js';
import type { RunRecord } from '../../records/record.js';
import type { Trial } from './plan.js';

/** `9,000 training images`, with a run to look at. */
const sortOf = (records: readonly RunRecord[]): string => {
  const [{ id, data }] = records;
  return `${records.length} on ${data.split.train.toLocaleString('en-US')} training examples (such as ${id})`;
};

/** Identity of the data of trainings; frames of events depend on T. */
const dataKey = ({ data, steps }: Experiment): string =>
  canonicalJson(isEventData(data.name) ? { ...data, steps } : data);

/**
 * Makes sure that records with the same data settings were made on the same data.
 *
 * @param folder - where they are, for the message
 * @throws SettingsError that names both sorts
 */
export function requireOneDataset(records: readonly RunRecord[], folder: string): void {
  const seen = new Map<string, Map<string, RunRecord[]>>();
  for (const record of records) {
    const settings = dataKey(record.experiment);
    const sorts = seen.get(settings) ?? new Map<string, RunRecord[]>();
    const { fingerprint } = record.data;
    seen.set(settings, sorts.set(fingerprint, [...(sorts.get(fingerprint) ?? []), record]));
  }
  for (const sorts of seen.values())
    if (sorts.size > 1)
      throw new SettingsError(
        `${folder} has runs on different ${[...sorts.values()][0][0].data.name} data: ${[...sorts.values()].map(sortOf).join(', ')}; a mean over them would mix both: move those of one sort to another folder`,
      );
}

/**
 * Makes sure, before anything is trained, that trials yet to be made would use the data of the records that are there.
 * Event data is not looked at, which would take long: {@link requireOneDataset} finds it afterwards.
 *
 * @param trials - yet to be made
 * @param records - there already
 * @throws SettingsError when the data here is other data
 */
export async function requireDataOf(
  trials: readonly Trial[],
  records: readonly RunRecord[],
  { folder, dataDir }: { folder: string; dataDir?: string },
): Promise<void> {
  const wanted = new Map(trials.map((trial) => [dataKey(trial.experiment), trial]));
  for (const [key, { experiment, fingerprint }] of wanted) {
    const { data } = experiment;
    const known = records.filter(({ experiment }) => dataKey(experiment) === key);
    if (known.length === 0 || isEventData(data.name)) continue;
    const here = await imagesHere(data, { dataDir, fingerprint });
    if (here !== undefined && known.some((record) => record.data.fingerprint !== here.fingerprint))
      throw new SettingsError(
        `${data.name} here has ${here.train.count.toLocaleString('en-US')} training examples and is not what the runs in ${folder} were made on: ${sortOf(known)}; a mean over both would mix them. Name another folder for the records (--runs <folder>), or the data of these (--data-dir <folder>)`,
      );
  }
}

/** A data set of images, where it is here; training on one that is missing fails with the remedy. */
export async function imagesHere(
  data: Experiment['data'],
  { dataDir, fingerprint }: { dataDir?: string; fingerprint?: string },
): Promise<Dataset | undefined> {
  try {
    return await loadDataset(data, { root: dataRoot({ dataDir }), fingerprint });
  } catch (error) {
    if (error instanceof DataError) return undefined;
    throw error;
  }
}
