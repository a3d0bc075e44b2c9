// Spikes of an example. Tests: test/studies/methods/rows.test.ts.
import { datasets, loadableName } from '../data/sets/index.js';
import { experimentNetwork } from '../experiment/network.js';
import { sizeOf } from '../network/geometry.js';
import { placeLayers } from '../network/shapes.js';
import type { RunRecord } from '../records/record.js';

/** Spikes of a test example: rates times neurons, over layers and steps; 0 of a run without rates. */
export function spikesOf({ experiment, spikeRates }: RunRecord): number {
  const { shape, classes } = datasets[loadableName(experiment.data.name)];
  const neurons = new Map(
    placeLayers(experimentNetwork(experiment, shape, classes.length)).map(({ layer, output }) => [
      layer.name,
      sizeOf(output),
    ]),
  );
  return spikeRates.reduce(
    (sum, { layer, rates }) =>
      sum + (neurons.get(layer) ?? 0) * rates.reduce((total, rate) => total + rate, 0),
    0,
  );
}
