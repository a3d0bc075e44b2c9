// Share of an ANN twin's activations that are not zero, where a twin was trained and looked at.
import { canonicalJson } from '../../hash.js';
import type { Experiment } from '../../experiment/experiment.js';
import type { StoredRecord } from '../../records/record.js';
import { energyLayers } from './layers.js';

/**
 * Share of the inputs of the ANN twin's layers after the first that are not zero, weighted by multiply–accumulates: what
 * {@link memoryEnergy} takes as `annDensity`. The twin is a finished training of the same network with `twin: 'ann'` on
 * data of the same name, with an energy evaluation.
 *
 * @returns null where there is none
 */
export function twinDensity(records: readonly StoredRecord[], { network, data }: Experiment): number | null {
  const wanted = canonicalJson({ ...network, twin: 'ann' });
  const twins = new Set(
    records.flatMap((record) =>
      record.kind === 'run' &&
      record.outcome.status === 'done' &&
      record.experiment.data.name === data.name &&
      canonicalJson(record.experiment.network) === wanted
        ? [record.id]
        : [],
    ),
  );
  for (const record of records) {
    if (record.kind !== 'evaluation' || record.evaluation.kind !== 'energy' || !twins.has(record.of))
      continue;
    const layers = energyLayers(record).filter(({ input }) => input !== 'image');
    const macs = layers.reduce((sum, layer) => sum + layer.macs, 0);
    return layers.reduce((sum, layer) => sum + layer.macs * layer.inputRate, 0) / macs;
  }
  return null;
}
