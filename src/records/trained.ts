// The gallery: small networks that were trained here, with their records and weights, part of the package. Looking inside, noise,
// energy and export need no training.
import { definitionOf } from '../data/sets/index.js';
import { SettingsError } from '../errors.js';
import { didYouMean } from '../did-you-mean.js';
import { experimentNetwork } from '../experiment/network.js';
import type { Network } from '../network/layers.js';
import type { TensorMap } from '../network/parameters.js';
import { trainedRoot } from '../paths.js';
import { openRuns, type Runs } from './folder.js';
import type { RunRecord } from './record.js';

/** The networks of the gallery and their runs. A name is never given to another run: a later one gets a new name. */
const RUNS = {
  'convnet-cifar10': 'run-afafe25e3c811a4a',
  'convnet-shapes10': 'run-3178f3f5734cd8b3',
  'convnet-shapes10-plain': 'run-c45d34f4fade2eff',
  'resnet19-cifar10': 'run-f5b7332a91675bbc',
  'vggsnn-shapes10-dvs': 'run-0040272acc0f9338',
} as const;

/** A network of the gallery. */
export type TrainedName = keyof typeof RUNS;

/** The networks of the gallery, see {@link loadTrained}. */
export const TRAINED = Object.keys(RUNS) as readonly TrainedName[];

/** A network of the gallery. */
export interface Trained {
  /** The record of its training: settings, data, accuracies by epoch. */
  record: RunRecord;
  network: Network;
  /** Its final weights, by the names of its layers. */
  weights: TensorMap;
}

/**
 * Loads a trained network of the gallery: its record, its layers and its weights, whose digest is compared with the record's.
 *
 * @param name - one of {@link TRAINED}
 * @returns what `engine.createModel(network, record.experiment, weights)` takes; evaluate on the data that `record.data` names
 * @throws SettingsError for another name; DataError where a file of the gallery is missing or damaged
 *
 * @example
 * ```ts
 * const { record, network, weights } = loadTrained('convnet-cifar10');
 * const model = engine.createModel(network, record.experiment, weights);
 * ```
 */
export function loadTrained(name: TrainedName): Trained {
  if (!Object.hasOwn(RUNS, name))
    throw new SettingsError(
      `no trained network is named ${JSON.stringify(name)}${didYouMean(String(name), TRAINED)}; there are ${TRAINED.join(', ')}`,
    );
  const { runs, id } = galleryRun(name)!;
  const record = runs.get(id) as RunRecord;
  const { shape, classes } = definitionOf(record.data.name)!;
  return {
    record,
    network: experimentNetwork(record.experiment, shape, classes.length),
    weights: runs.readWeights(id),
  };
}

/** Where the record of a network of the gallery is; undefined for any other name. */
export const galleryRun = (name: string): { runs: Runs; id: string } | undefined =>
  Object.hasOwn(RUNS, name) ? { runs: openRuns(trainedRoot()), id: RUNS[name as TrainedName] } : undefined;
