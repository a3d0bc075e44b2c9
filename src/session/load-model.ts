// `loadModel(run)`: the network of a training with its weights, open on an engine. Tests: test/session/train.test.ts.
import type { Engine, Model } from '../engines/engine.js';
import { openEngine } from '../engines/open.js';
import { makeBatch } from '../data/batches.js';
import type { Batch } from '../data/dataset.js';
import { definitionOf } from '../data/sets/index.js';
import { loadDataset } from '../data/sets/load.js';
import { splitExamples } from '../data/split.js';
import { SettingsError } from '../errors.js';
import { experimentNetwork } from '../experiment/network.js';
import type { Network } from '../network/layers.js';
import type { TensorMap } from '../network/parameters.js';
import { dataRoot } from '../paths.js';
import type { RunRecord } from '../records/record.js';
import { galleryRun, type TrainedName } from '../records/trained.js';
import { type SessionOptions, runsOf } from './open.js';

/** A trained model, open. */
export interface LoadedModel {
  record: RunRecord;
  network: Network;
  /** As they were trained, by the names of the layers. */
  weights: TensorMap;
  model: Model;
  engine: Engine;
  /**
   * The first examples of a part of its data, as the model takes them: 16 of the test part unless said otherwise.
   *
   * @throws DataError when the data is not here
   */
  batch(count?: number, part?: 'train' | 'test'): Promise<Batch>;
  /** Gives the memory back, and the engine where it was opened for this. */
  dispose(): void;
}

/**
 * Opens the trained network of a run: to evaluate batches, to look at potentials and gradients, to train on.
 *
 * @param run - a record of a training, its id, or the name of a network of the gallery (see `loadTrained`)
 * @param options - `runs`: the folder; `engine`: one that is open, or a name
 * @returns record, network, weights, model and engine; `batch` for examples; `dispose` gives the memory back
 * @throws DataError when the run or its weights are not in the folder; SettingsError where the shape of its data is not known
 *
 * @example
 * ```ts
 * const { model, batch, dispose } = await loadModel('convnet-shapes10');
 * await show(await inspect(model, await batch(16)));
 * dispose();
 * ```
 */
export async function loadModel(
  run: RunRecord | TrainedName | (string & {}),
  options: Pick<SessionOptions, 'engine' | 'threads' | 'backend' | 'runs' | 'dataset' | 'dataDir'> = {},
): Promise<LoadedModel> {
  const gallery = typeof run === 'string' ? galleryRun(run) : undefined;
  const runs = gallery?.runs ?? runsOf(options);
  const record = typeof run === 'string' ? (runs.get(gallery?.id ?? run) as RunRecord) : run;
  const { shape, classes } = options.dataset ?? definitionOf(record.data.name) ?? {};
  if (shape === undefined || classes === undefined)
    throw new SettingsError(
      `loadModel: ${record.data.name} is data of one's own, its shape stands in no list; pass it as dataset`,
    );
  const { experiment } = record;
  const network = experimentNetwork(experiment, shape, classes.length);
  const weights = runs.readWeights(record.id);
  const { engine: asked, threads, backend } = options;
  const isOpen = typeof asked === 'object';
  const engine = isOpen
    ? asked
    : await openEngine({ engine: asked, threads, backend, network, settings: experiment });
  const model = engine.createModel(network, experiment, weights);
  const dispose = (): void => {
    model.dispose();
    if (!isOpen) engine.dispose();
  };
  async function batch(count = 16, part: 'train' | 'test' = 'test'): Promise<Batch> {
    const { data, steps } = experiment;
    const { fingerprint } = record.data;
    const dataset =
      options.dataset ?? (await loadDataset(data, { root: dataRoot(options), steps, fingerprint }));
    return makeBatch(dataset, part, splitExamples(dataset, data)[part].subarray(0, count), { steps });
  }
  return { record, network, weights, model, engine, batch, dispose };
}
