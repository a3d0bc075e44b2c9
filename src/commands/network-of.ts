// The network of an experiment or a record, where its data set need not be here.
// Tests: test/commands/weights.test.ts.
import { definitionOf } from '../data/sets/index.js';
import { SettingsError } from '../errors.js';
import type { Experiment } from '../experiment/experiment.js';
import { experimentNetwork } from '../experiment/network.js';
import type { Network } from '../network/layers.js';
import type { RecordedData } from '../records/record.js';

/** The network of an experiment, without its data: images and classes are what the data set, or the record, says. */
export function networkOf(
  experiment: Experiment,
  { name, arrays }: Pick<RecordedData, 'name' | 'arrays'>,
): Network {
  const known = arrays ?? definitionOf(name);
  if (known === undefined)
    throw new SettingsError(
      `data.name: nothing is known of ${JSON.stringify(name)}; name a data set, or build the network in a notebook and use loadWeights, saveWeights and exportNir`,
    );
  return experimentNetwork(experiment, known.shape, known.classes.length);
}
