// Runs grouped by settings, one group for each combination of values: never two different things in one group.
import { SettingsError } from '../errors.js';
import { canonicalJson } from '../hash.js';
import type { Json } from '../json.js';
import type { RunHeader } from '../records/header.js';
import { agreeingRuns, whereOption } from './agreeing.js';
import { checkPath, compareValues, covers, differingSettings, settingAt, settingCell } from './settings.js';
import type { Cell } from './summary.js';

/** Options of the grouping. */
export interface GroupSettings {
  /**
   * Treatment of settings outside `by` in which the runs differ: `error` (default) names them; `columns` adds
   * them to `by`.
   */
  others?: 'error' | 'columns';
  /** Settings in which the runs may differ without being told apart, such as `numerics.build`; default none. */
  ignore?: readonly string[];
}

/** Runs that differ in nothing but their seed (and what was to be ignored). */
export interface Group {
  /** Value by path. */
  values: Record<string, Json>;
  /** In the order of their seeds; one run a seed. */
  runs: RunHeader[];
}

/** Groups, and the paths that tell them apart. */
export interface Grouping {
  by: string[];
  /** In the order of their values. */
  groups: Group[];
}

/** Seeds and labels never tell groups apart. */
const FREE = ['seed', 'name'];

/**
 * Groups runs by settings.
 *
 * @param runs - in any order; the same run given twice counts once
 * @param by - paths such as `neuron.delta`; a path may name a group of settings, such as `neuron.surrogate`
 * @throws SettingsError when runs differ in anything else that decides a run, when a path is unknown, or when a group
 *   has two runs of one seed
 */
export function groupRuns(
  runs: readonly RunHeader[],
  by: readonly string[],
  { others = 'error', ignore = [] }: GroupSettings = {},
): Grouping {
  const different = [...new Map(runs.map((run) => [run.id, run])).values()];
  for (const path of by) {
    if (FREE.some((name) => covers(path, name)))
      throw new SettingsError(
        `${JSON.stringify(path)}: means are taken over seeds, and names are only labels; group by something else`,
      );
    checkPath(different, path);
  }
  const rest = unnamed(different, [...by, ...FREE, ...ignore]);
  if (rest.size > 0 && others === 'error') throw mixed(rest, different);
  const paths = [...by, ...rest.keys()];
  const groups = new Map<string, Group>();
  for (const run of different) {
    const values = Object.fromEntries(paths.map((path) => [path, settingAt(run, path)]));
    const key = canonicalJson(paths.map((path) => values[path]));
    const group = groups.get(key) ?? { values, runs: [] };
    group.runs.push(run);
    groups.set(key, group);
  }
  const sorted = [...groups.values()].sort((a, b) => order(a, b, paths));
  sorted.forEach(checkSeeds);
  return { by: paths, groups: sorted };
}

const unnamed = (runs: readonly RunHeader[], named: readonly string[]): Map<string, Cell[]> =>
  new Map([...differingSettings(runs)].filter(([setting]) => !named.some((path) => covers(path, setting))));

function mixed(rest: Map<string, Cell[]>, runs: readonly RunHeader[]): SettingsError {
  const listed = [...rest].map(([path, values]) => {
    const shown = values.slice(0, 4).map((value) => JSON.stringify(value));
    return `  ${path}: ${shown.join(', ')}${values.length > 4 ? `, … (${values.length} values)` : ''}`;
  });
  const agreeing = agreeingRuns(runs, [...rest.keys()]);
  return new SettingsError(
    `these runs differ in more than what they are compared by:\n${listed.join('\n')}\n` +
      `compare by these too, show them as columns (--columns), or choose runs that agree in them: ` +
      `${agreeing.runs.length} of ${runs.length} do with ${whereOption(agreeing.where)}`,
  );
}

function order(a: Group, b: Group, paths: readonly string[]): number {
  for (const path of paths) {
    const found = compareValues(a.values[path], b.values[path]);
    if (found !== 0) return found;
  }
  return 0;
}

function checkSeeds({ values, runs }: Group): void {
  runs.sort((a, b) => a.experiment.seed - b.experiment.seed || (a.id < b.id ? -1 : 1));
  const twice = runs.find((run, i) => run.experiment.seed === runs[i + 1]?.experiment.seed);
  if (twice === undefined) return;
  const ids = runs.filter(({ experiment }) => experiment.seed === twice.experiment.seed).map(({ id }) => id);
  throw new SettingsError(
    `seed ${twice.experiment.seed} occurs ${ids.length} times where ${JSON.stringify(groupLabel(values))} (${ids.join(', ')}); ` +
      'a mean over them would count it more than once: choose one',
  );
}

/** A group's settings in one line: `neuron.delta = 0, lipschitz.beta = 0.0001`. */
export const groupLabel = (values: Group['values']): string =>
  Object.entries(values)
    .map(([path, value]) => `${path} = ${String(settingCell(value))}`)
    .join(', ');
