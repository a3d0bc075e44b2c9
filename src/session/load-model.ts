// `loadModel(run)`: the network of a training with its weights, open on an engine. Tests: test/session/train.test.ts.
import type { Engine, Model } from '../engines/engine.js';
import { openEngine } from '../engines/open.js';
import { definitionOf } from '../data/sets/index.js';
import { SettingsError } from '../errors.js';
import { experimentNetwork } from '../experiment/network.js';
import type { Network } from '../network/layers.js';
import type { RunRecord } from '../records/record.js';
import { type SessionOptions, runsOf } from './open.js';

/** A trained model, open. */
export interface LoadedModel {
  record: RunRecord;
  network: Network;
  model: Model;
  engine: Engine;
  /** Gives the memory back, and the engine where it was opened for this. */
  dispose(): void;
}

/**
 * Opens the trained network of a run: to evaluate batches, to look at potentials and gradients, to train on.
 *
 * @param run - a record of a training, or its id
 * @param options - `runs`: the folder; `engine`: one that is open, or a name
 * @throws DataError when the run or its weights are not in the folder; SettingsError where the shape of its data is not known
 */
export async function loadModel(
  run: RunRecord | string,
  options: Pick<SessionOptions, 'engine' | 'threads' | 'backend' | 'runs' | 'dataset'> = {},
): Promise<LoadedModel> {
  const runs = runsOf(options);
  const record = typeof run === 'string' ? (runs.get(run) as RunRecord) : run;
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
  return { record, network, model, engine, dispose };
}
