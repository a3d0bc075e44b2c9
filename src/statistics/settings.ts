// The settings of runs by path, such as `neuron.delta`: read, listed, matched, and those in which runs differ.
import { SettingsError } from '../errors.js';
import { settingAt as valueAt } from '../experiment/settings-path.js';
import { canonicalJson, shortHash } from '../hash.js';
import type { Json } from '../json.js';
import { equationsOf, isEquations, type NeuronChoice, neuronName } from '../neurons/settings.js';
import type { RunHeader } from '../records/header.js';
import { type Cell, flatten } from './summary.js';

/**
 * Everything that decides a run, as `sgs runs compare` shows it: the experiment's settings, `numerics`, the data's
 * `fingerprint` and its `split`.
 */
export const decidingSettings = ({ experiment, numerics, data }: RunHeader): object => ({
  ...experiment,
  neuron: neuronSettings(experiment.neuron),
  numerics,
  fingerprint: data.fingerprint,
  split: data.split,
});

/**
 * Neurons as people set them: `model` by its name, `parameters` by theirs (of a learned one its beginning), and `equations`, a
 * hash of the rest, by which neurons of one name are told apart.
 */
function neuronSettings(neuron: NeuronChoice): object {
  if (!isEquations(neuron)) return { model: neuronName(neuron), ...neuron };
  const { model, ...gradient } = neuron;
  const { fixed, learned } = equationsOf(model);
  const initial = learned.map((parameter) => [parameter.name, parameter.initial] as const);
  const { name, parameters: _numbers, ...equations } = model;
  const shared = learned.map((parameter) => [parameter.name, parameter.per]);
  return {
    ...{ model: name, parameters: Object.fromEntries([...fixed, ...initial]) },
    equations: shortHash(canonicalJson({ ...equations, shared })),
    ...gradient,
  };
}

/**
 * The value at a path; null where a run does not have it.
 *
 * @param run - a record or header of a training
 * @param path - such as `neuron.delta` or, for several settings at once, `neuron.surrogate`
 * @returns the setting as JSON
 */
export const settingAt = (run: RunHeader, path: string): Json =>
  (valueAt(decidingSettings(run), path) ?? null) as Json;

/** A value in one cell: plain values as they are, groups of settings as `name: atan, parameter: 2`. */
export function settingCell(value: Json): Cell {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value))
    return value
      .map((each) => (typeof each === 'object' ? `(${settingCell(each)})` : String(each)))
      .join(', ');
  return [...flatten(value)].map(([name, cell]) => `${name}: ${String(cell)}`).join(', ');
}

/** Whether a path names a setting, or the group of settings that it belongs to. */
export const covers = (path: string, setting: string): boolean =>
  setting === path || setting.startsWith(`${path}.`);

/** The settings that are not the same in all of the runs, each with its distinct values in the order met. */
export function differingSettings(runs: readonly RunHeader[]): Map<string, Cell[]> {
  const all = runs.map((run) => flatten(decidingSettings(run)));
  const paths = new Set(all.flatMap((cells) => [...cells.keys()]));
  const differing = new Map<string, Cell[]>();
  for (const path of paths) {
    const values = [...new Set(all.map((cells) => cells.get(path) ?? null))];
    if (values.length > 1) differing.set(path, values);
  }
  return differing;
}

/**
 * The settings that a sweep varies: those in which runs differ, but for seeds, labels, and what follows from other
 * settings (the data's fingerprint and the numbers of its split).
 *
 * @param runs - records or headers of trainings
 * @returns paths, such as `neuron.delta`
 */
export const sweptSettings = (runs: readonly RunHeader[]): string[] =>
  [...differingSettings(runs).keys()].filter(
    (path) => !['seed', 'name', 'fingerprint'].includes(path) && !path.startsWith('split.'),
  );

/**
 * The runs with the given settings.
 *
 * @param runs - records or headers of trainings
 * @param wanted - value by path; null matches runs that do not have the setting
 * @returns those runs, in their order
 * @throws SettingsError when no run has a setting of that path
 */
export function selectRuns<Run extends RunHeader>(
  runs: readonly Run[],
  wanted: Readonly<Record<string, Json>>,
): Run[] {
  for (const path of Object.keys(wanted)) checkPath(runs, path);
  return runs.filter((run) =>
    Object.entries(wanted).every(
      ([path, value]) => canonicalJson(settingAt(run, path)) === canonicalJson(value),
    ),
  );
}

/** Throws SettingsError when no run has a setting of that path. */
export function checkPath(runs: readonly RunHeader[], path: string): void {
  if (runs.length === 0 || runs.some((run) => settingAt(run, path) !== null)) return;
  const known = [...new Set(runs.flatMap((run) => [...flatten(decidingSettings(run)).keys()]))];
  if (known.includes(path)) return; // null in every run, such as neuron.scaleFloor
  const last = path.split('.').at(-1)!;
  const near = known.filter((setting) => setting.split('.').includes(last));
  throw new SettingsError(
    `${JSON.stringify(path)}: none of these runs has such a setting; ` +
      (near.length > 0 ? `did you mean ${near.join(' or ')}?` : `there are ${known.join(', ')}`),
  );
}

/** Order of values along an axis or down a table: null, then numbers and truth values, then text. */
export function compareValues(a: Json, b: Json): number {
  const rank = (value: Json): number => (value === null ? 0 : typeof value === 'string' ? 2 : 1);
  const [x, y] = [settingCell(a), settingCell(b)];
  if (rank(x) !== rank(y)) return rank(x) - rank(y);
  if (x === y || x === null || y === null) return 0;
  return x < y ? -1 : 1;
}
