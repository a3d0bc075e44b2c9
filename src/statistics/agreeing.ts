// Finds the runs that can be compared and the options of the command line that choose them.
import { canonicalJson } from '../hash.js';
import type { Json } from '../json.js';
import type { RunHeader } from '../records/header.js';
import { settingAt } from './settings.js';

/** The most runs that agree, and the settings that choose them. */
export interface Agreeing {
  runs: RunHeader[];
  /** Value by path: as few settings as choose these runs among all. */
  where: Record<string, Json>;
}

/**
 * The largest set of runs that are equal in some settings (the first met, of several), and what tells it from the rest.
 *
 * @param runs - at least one
 * @param paths - the settings in which they are to be equal
 */
export function agreeingRuns(runs: readonly RunHeader[], paths: readonly string[]): Agreeing {
  const sets = new Map<string, RunHeader[]>();
  for (const run of runs) {
    const key = canonicalJson(paths.map((path) => settingAt(run, path)));
    sets.set(key, [...(sets.get(key) ?? []), run]);
  }
  const largest = [...sets.values()].reduce((most, set) => (set.length > most.length ? set : most));
  const where: Record<string, Json> = {};
  let left = runs;
  while (left.length > largest.length) {
    const [path, value, kept] = paths
      .map((setting) => keep(left, setting, settingAt(largest[0], setting)))
      .reduce((best, other) => (other[2].length < best[2].length ? other : best));
    where[path] = value;
    left = kept;
  }
  return { runs: largest, where };
}

const keep = (
  runs: readonly RunHeader[],
  path: string,
  value: Json,
): [path: string, value: Json, kept: RunHeader[]] => [
  path,
  value,
  runs.filter((run) => canonicalJson(settingAt(run, path)) === canonicalJson(value)),
];

/** Settings as options of `sgs runs compare`: `--where network.convolutions=5 data.name=cifar10`. */
export const whereOption = (where: Agreeing['where']): string =>
  `--where ${Object.entries(where)
    .map(([path, value]) => `${path}=${typeof value === 'string' ? value : JSON.stringify(value)}`)
    .join(' ')}`;
