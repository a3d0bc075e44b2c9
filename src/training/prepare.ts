// Derives id, network and split from an experiment, its data and an engine, before anything is computed.
import { checkDataset, checkNamed } from '../data/check.js';
import type { Dataset } from '../data/dataset.js';
import { fingerprint as fingerprintOf } from '../data/fingerprint.js';
import { normalisationOf } from '../data/images/normalise.js';
import { definitionOf } from '../data/sets/index.js';
import { isLoadable } from '../data/sets/load.js';
import { type Split, splitExamples } from '../data/split.js';
import type { Engine, Numerics } from '../engines/engine.js';
import { plansMemory } from '../engines/plans-memory.js';
import { SettingsError } from '../errors.js';
import type { Experiment } from '../experiment/experiment.js';
import { experimentNetwork } from '../experiment/network.js';
import { machineMemory } from '../host/process.js';
import { gives, type Network } from '../network/layers.js';
import { countMacs } from '../network/operations.js';
import { countParameters, sizeOf } from '../network/parameters.js';
import { placeLayers } from '../network/shapes.js';
import type { Runs } from '../records/folder.js';
import { isFinal, RECORD_VERSION, type RecordedData, runId, type RunRecord } from '../records/record.js';

/** A training that is ready to run: everything that follows from experiment, data and engine. */
export interface PreparedRun {
  id: string;
  network: Network;
  split: Split;
  /** Of the data set, computed from its content. */
  fingerprint: string;
  /** The finished record, where there is one already. */
  finished?: RunRecord;
}

/**
 * Works out a run's id, network and split, and whether it has been done.
 *
 * @throws SettingsError when the data set is none or not the one that the experiment names, the network does not fit the data, or a batch is larger than the training part
 */
export function prepareRun(
  experiment: Experiment,
  { engine, dataset, runs }: { engine: Engine; dataset: Dataset; runs: Runs },
): PreparedRun {
  checkDataset(dataset);
  checkNamed(experiment.data, dataset);
  const network = experimentNetwork(experiment, dataset.shape, dataset.classes.length);
  if (experiment.network.twin === 'ann' && experiment.steps !== 1)
    throw new SettingsError(`an ANN twin runs for one step; got steps = ${experiment.steps}, set steps to 1`);
  const split = splitExamples(dataset, experiment.data);
  if (experiment.batchSize > split.train.length)
    throw new SettingsError(
      `batchSize ${experiment.batchSize} is larger than the training part (${split.train.length} examples); choose a smaller one`,
    );
  if (!plansMemory(engine)) checkActivations(network, experiment);
  const fingerprint = fingerprintOf(dataset, definitionOf(dataset.name)?.normalisation);
  const id = runId(experiment, fingerprint, engine.numerics);
  const record = runs.has(id) ? runs.get(id) : undefined;
  const finished = record?.kind === 'run' && isFinal(record) ? record : undefined;
  return { id, network, split, fingerprint, ...(finished && { finished }) };
}

/**
 * Refuses an update whose activations cannot be in memory: what the neurons give, one number each, is kept for the backward
 * pass by every engine that does not plan its memory. The rest of what it keeps comes on top.
 */
function checkActivations(network: Network, { steps, batchSize }: Experiment): void {
  const neurons = placeLayers(network)
    .filter(({ layer }) => gives(layer) !== undefined)
    .reduce((sum, { output }) => sum + sizeOf(output), 0);
  const bytes = 4 * steps * batchSize * neurons;
  const memory = machineMemory();
  if (bytes <= memory) return;
  const gib = (size: number): string => (size / 2 ** 30).toFixed(1);
  throw new SettingsError(
    `${network.name}: one update of ${batchSize} examples and ${steps} steps keeps more than ${gib(bytes)} GiB, this machine has ${gib(memory)}; take a smaller batch, width or fewer steps`,
  );
}

/** Part of a record that is known before anything is computed. */
export type RunDescription = Pick<
  RunRecord,
  'schema' | 'kind' | 'id' | 'experiment' | 'numerics' | 'data' | 'parameters' | 'macs'
>;

/** Describes a run that is ready: the part of its record that does not depend on how it goes. */
export function describeRun(
  experiment: Experiment,
  { id, network, split, fingerprint }: PreparedRun,
  dataset: Dataset,
  numerics: Numerics,
): RunDescription {
  return {
    schema: RECORD_VERSION,
    kind: 'run',
    id,
    experiment,
    numerics,
    data: {
      name: dataset.name,
      description: dataset.description,
      fingerprint,
      ...(isLoadable(fingerprint) ? {} : { arrays: describeArrays(dataset) }),
      split: {
        name: split.name,
        hash: split.hash,
        train: split.train.length,
        validation: split.validation.length,
        test: split.test.length,
      },
    },
    parameters: countParameters(network),
    macs: placeLayers(network).reduce((sum, placed) => sum + countMacs(placed), 0),
  };
}

/** Settings needed, besides bytes and labels, to make the same data set again. */
const describeArrays = (dataset: Dataset): NonNullable<RecordedData['arrays']> => ({
  kind: dataset.kind,
  shape: [...dataset.shape],
  classes: [...dataset.classes],
  normalisation: normalisationOf(dataset),
});
