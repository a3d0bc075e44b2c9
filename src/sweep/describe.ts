// The run ids of a sweep's trials, and whether each can run at all: everything that data and engine say beforehand.
// Tests: test/sweep/executor.test.ts.
import { experimentNetwork } from '../experiment/network.js';
import type { Dataset } from '../data/dataset.js';
import { isEventData } from '../data/sets/index.js';
import { loadDataset } from '../data/sets/load.js';
import { openEngine, type EngineOptions } from '../engines/open.js';
import { plansMemory } from '../engines/plans-memory.js';
import { SettingsError } from '../errors.js';
import type { Experiment } from '../experiment/experiment.js';
import { dataRoot } from '../paths.js';
import type { SweepTrial } from './expand.js';
import { peakMemory } from '../training/peak-memory.js';
import { describeRun, prepareRun, type RunDescription } from '../training/prepare.js';
import { openRuns } from '../records/folder.js';

/** Engine, and place of the data. */
export interface DescribeOptions extends Pick<EngineOptions, 'engine' | 'backend'> {
  dataDir?: string;
  onProgress?(event: { done: number; total: number; label: string }): void;
}

/** A trial to be described. */
export type DescribedTrial = Pick<SweepTrial, 'experiment' | 'fingerprint'>;

/** A trial as it will run. */
export interface TrialDescription {
  run: RunDescription;
  /** Bytes that training steps and evaluations need at their peak; null where the engine cannot tell. */
  peakBytes: number | null;
}

/**
 * Describes trials in their order. Each data set is loaded once.
 *
 * @throws SettingsError naming the first experiment whose network does not fit its data, whose batch is too large …;
 *   DataError, UnsupportedError when data or engine cannot be had
 */
export async function describeTrials(
  trials: readonly DescribedTrial[],
  options: DescribeOptions,
): Promise<TrialDescription[]> {
  const datasets = new Map<string, Dataset>();
  const descriptions: TrialDescription[] = [];
  for (const trial of trials) {
    descriptions.push(await describe(trial.experiment, await datasetOf(trial, datasets, options), options));
    options.onProgress?.({ done: descriptions.length, total: trials.length, label: 'looking at trials' });
  }
  return descriptions;
}

async function datasetOf(
  { experiment: { data, steps }, fingerprint }: DescribedTrial,
  datasets: Map<string, Dataset>,
  { dataDir, onProgress }: DescribeOptions,
): Promise<Dataset> {
  const frames = isEventData(data.name) || data.path !== undefined ? steps : 0;
  const key = JSON.stringify([data.name, data.path, data.pipeline, data.split, frames, fingerprint]);
  const present = datasets.get(key);
  if (present) return present;
  datasets.clear(); // one at a time: each may take gigabytes
  const dataset = await loadDataset(data, { root: dataRoot({ dataDir }), steps, fingerprint, onProgress });
  datasets.set(key, dataset);
  return dataset;
}

async function describe(
  settings: Experiment,
  dataset: Dataset,
  { engine: name, backend }: DescribeOptions,
): Promise<TrialDescription> {
  const network = experimentNetwork(settings, dataset.shape, dataset.classes.length);
  const engine = await openEngine({ engine: name, backend, threads: 1, network, settings });
  try {
    const runs = { ...openRuns(''), has: () => false }; // whether a run is done is the caller's question
    const prepared = prepareRun(settings, { engine, dataset, runs });
    const { kind } = dataset;
    const evaluated = Math.max(prepared.split.test.length, prepared.split.validation.length);
    const peakBytes = plansMemory(engine)
      ? await peakMemory(engine, network, settings, { kind, evaluated })
      : null;
    return { run: describeRun(settings, prepared, dataset, engine.numerics), peakBytes };
  } catch (error) {
    if (error instanceof SettingsError) throw new SettingsError(`${settings.name}: ${error.message}`);
    throw error;
  } finally {
    engine.dispose();
  }
}
