// Names of runs that are shown together: their own where these tell them apart, else the settings in which they differ.
import type { RunHeader } from '../records/header.js';
import { groupLabel } from './groups.js';
import { settingAt, sweptSettings } from './settings.js';

/**
 * A name for each of some runs, no two alike unless a run is given twice: the names that the experiments have, if these are
 * all different; else what is set differently, `neuron.delta = 0, seed = 1`; the ids where not even that tells them apart.
 */
export function runNames(runs: readonly RunHeader[]): string[] {
  const distinct = (names: readonly string[]): boolean => new Set(names).size === runs.length;
  const own = runs.map(({ experiment }) => experiment.name);
  if (distinct(own)) return own;
  const seeds = new Set(runs.map(({ experiment }) => experiment.seed));
  const paths = [...sweptSettings(runs), ...(seeds.size > 1 ? ['seed'] : [])];
  const set = runs.map((run) =>
    groupLabel(Object.fromEntries(paths.map((path) => [path, settingAt(run, path)]))),
  );
  return distinct(set) ? set : runs.map(({ id }) => id);
}
