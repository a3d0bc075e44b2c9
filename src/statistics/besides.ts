// Settings of a training besides network, data, surrogate, δ, β and how it was updated: those that tables have no column for.
import { experiment } from '../experiment/experiment.js';
import type { RunHeader } from '../records/header.js';
import { decidingSettings } from './settings.js';
import { type Cell, flatten } from './summary.js';

/** Parts of an experiment that are looked at. */
const PARTS = /^(neuron|batchNorm|loss|readout|parseval)\b/;
/** What has columns of its own; and the numbers of equations, which have a name. */
const SHOWN = /^neuron\.(delta|surrogate\.name|parameters|equations)\b/;

/**
 * Settings of neuron, surrogate, norm, loss and readout that are not those of an experiment that says nothing of them; δ and the
 * surrogate's name are left out.
 *
 * @param run - a record or header of a training
 * @returns paths and values, such as `batchNorm.kind` and `tebn`
 */
export function besidesDefaults(run: RunHeader): [path: string, value: Cell][] {
  const usual = flatten(decidingSettings({ ...run, experiment: experiment() }));
  return [...flatten(decidingSettings(run))].filter(
    ([path, value]) => PARTS.test(path) && !SHOWN.test(path) && usual.get(path) !== value,
  );
}
