// From a sweep to its trials: every combination of axis values as a whole, valid experiment.
import { SettingsError } from '../errors.js';
import { type Experiment, experimentProblems, type SettingsProblem } from '../experiment/experiment.js';
import { experimentReader } from '../experiment/many.js';
import { setSetting } from '../experiment/settings-path.js';
import { canonicalJson, sha256, shortHash } from '../hash.js';
import type { Json } from '../json.js';
import type { Evaluation } from '../training/evaluate-run.js';
import { axisValues, drawValue, MOST_TRIALS } from './axis.js';
import { fulfils } from './constraint.js';
import { METHOD_AXIS, withMethods } from './method-axis.js';
import { isRandom, type Sweep, withValidation } from './spec.js';

/** One training of a sweep. */
export interface SweepTrial {
  /** 0-based place in the sweep. */
  index: number;
  /** The value of each axis, `seed` last where there are seeds. */
  axes: Record<string, Json>;
  /** Identity of trials that differ in their seed only: 16 hex digits. */
  configuration: string;
  experiment: Experiment;
  evaluations: Evaluation[];
  /** `Dataset.fingerprint` of the data that is meant, where a name alone leaves a choice. */
  fingerprint?: string;
}

/** The trials of a sweep, and how many combinations its constraints left out. */
export interface Expansion {
  trials: SweepTrial[];
  leftOut: number;
}

/** Identity of experiments that differ in name and seed only: 16 hex digits. */
export const configurationOf = ({ name: _name, seed: _seed, ...shared }: Experiment): string =>
  shortHash(canonicalJson(shared));

type Values = Record<string, Json>;

/** Most draws of a random search for each configuration that it wants. */
const PATIENCE = 100;

/**
 * Expands a sweep. Equal settings are one trial.
 *
 * @throws SettingsError naming axis and value of everything that is no valid experiment
 */
export function expandSweep(sweep: Sweep): Expansion {
  const { configurations, leftOut } = isRandom(sweep.search) ? drawn(sweep) : grid(sweep);
  const trials: SweepTrial[] = [];
  const known = new Set<string>();
  const read = experimentReader();
  for (const values of configurations)
    for (const seed of sweep.seeds.length > 0 ? sweep.seeds : [undefined]) {
      const axes = seed === undefined ? values : { ...values, seed };
      const settings = experimentAt(sweep, axes, read);
      const { name: _name, ...content } = settings;
      const key = sha256(canonicalJson(content));
      if (known.has(key)) continue;
      known.add(key);
      trials.push({
        index: trials.length,
        axes,
        configuration: configurationOf(settings),
        experiment: settings,
        evaluations: sweep.evaluations,
      });
    }
  if (trials.length === 0)
    throw new SettingsError(
      `sweep: its constraints leave out all ${leftOut} combinations; loosen one of them`,
    );
  checkSelection(sweep, trials);
  return { trials, leftOut };
}

/** Every combination, the last axis varying fastest. */
function grid(sweep: Sweep): { configurations: Values[]; leftOut: number } {
  const axes = Object.entries(sweep.axes).map(([path, axis]) => [path, axisValues(axis)] as const);
  const size = axes.reduce((product, [, values]) => product * values.length, Math.max(1, sweep.seeds.length));
  if (size > MOST_TRIALS)
    throw new SettingsError(
      `sweep: ${size} trials (${axes.map(([path, values]) => `${path}: ${values.length}`).join(', ')}); at most ${MOST_TRIALS}, so shorten an axis or search at random`,
    );
  checkValues(sweep, axes);
  let combinations: Values[] = [{}];
  for (const [path, values] of axes)
    combinations = combinations.flatMap((known) => values.map((value) => ({ ...known, [path]: value })));
  const configurations = combinations.filter((values) => allowed(sweep, values));
  return { configurations, leftOut: combinations.length - configurations.length };
}

/** So many distinct random combinations. */
function drawn(sweep: Sweep): { configurations: Values[]; leftOut: number } {
  const { count = 0, seed } = sweep.search as { count?: number; seed: number };
  if (count * Math.max(1, sweep.seeds.length) > MOST_TRIALS)
    throw new SettingsError(`sweep: search.count: ${count}; at most ${MOST_TRIALS} trials`);
  const axes = Object.entries(sweep.axes);
  checkValues(
    sweep,
    axes.map(([path, axis]) => [path, Array.isArray(axis) ? axis : [axis.from, axis.to]]),
  );
  const configurations = new Map<string, Values>();
  let leftOut = 0;
  let i = 0;
  for (; configurations.size < count && i < PATIENCE * count; i++) {
    const values: Values = {};
    for (const [path, axis] of axes) values[path] = drawValue(path, axis, seed, i);
    if (allowed(sweep, values)) configurations.set(canonicalJson(values), values);
    else leftOut++;
  }
  if (configurations.size < count)
    throw new SettingsError(
      `sweep: search.count: ${count}, but ${i} draws gave ${configurations.size} different combinations (constraints left out ${leftOut}); lower it, or widen the axes`,
    );
  return { configurations: [...configurations.values()], leftOut };
}

function allowed(sweep: Sweep, values: Values): boolean {
  if (sweep.constraints.length === 0) return true;
  const settings = experimentAt(sweep, values, experimentReader());
  return sweep.constraints.every((constraint) => fulfils(settings, constraint));
}

/** The settings of a combination, with its name, before they are checked. */
function settingsAt({ name, base }: Sweep, values: Values): Record<string, unknown> {
  const { [METHOD_AXIS]: methods, ...others } = values;
  const settings = withMethods(base, methods);
  for (const [path, value] of Object.entries(others)) setSetting(settings, path, structuredClone(value));
  settings.name = [name, valuesText(values)].join(': ').slice(0, 200); // joined: one piece in memory
  return withValidation(settings, base.data?.validation); // an axis may have set the whole of "data"
}

/** What a named value may have besides its name that is shown with it: a surrogate's shape, a method's preset. */
const SHAPE = ['parameter', 'height', 'argument', 'as'];

/** A value of an axis as people call it: texts and whatever has a name by that, all else as JSON. */
export function valueText(value: Json): string {
  if (typeof value === 'string') return value;
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return JSON.stringify(value);
  const { name, ...rest } = value;
  if (typeof name !== 'string') return JSON.stringify(value);
  const keys = Object.keys(rest);
  const isShape = keys.length > 0 && keys.every((key) => SHAPE.includes(key));
  return isShape ? `${name} ${JSON.stringify(rest)}` : name;
}

/** `neuron.delta = 0.001, seed = 0`. */
export const valuesText = (values: Readonly<Values>): string =>
  Object.entries(values)
    .map(([path, value]) => `${path} = ${valueText(value)}`)
    .join(', ');

/** Distinction of a trial from the others: its values, or its name where it is one of a list. */
export const trialText = ({ axes, experiment }: Pick<SweepTrial, 'axes' | 'experiment'>): string =>
  valuesText(axes) || experiment.name;

function experimentAt(sweep: Sweep, values: Values, read: ReturnType<typeof experimentReader>): Experiment {
  const settings = settingsAt(sweep, values);
  const experiment = read(settings);
  if (experiment !== undefined) return experiment;
  const [problem] = experimentProblems(settings);
  throw new SettingsError(
    `sweep: the trial with ${valuesText(values)} is not valid: ${problemText(problem)}`,
  );
}

/** Checks the base, then each value of each axis beside it, so that an error names the axis and not a combination. */
function checkValues(sweep: Sweep, axes: readonly (readonly [string, readonly Json[]])[]): void {
  const inBase = experimentProblems(settingsAt(sweep, {})).filter(
    (problem) => !axes.some(([path]) => isAbout(path, problem)),
  );
  if (inBase.length > 0)
    throw new SettingsError(
      `sweep: base is not valid\n${inBase.map((p) => `  ${problemText(p)}`).join('\n')}`,
    );
  const problems: string[] = [];
  const read = experimentReader();
  for (const [path, values] of axes)
    for (const value of values) {
      // What is about another setting may be valid together with another axis: that shows in the combinations.
      const settings = settingsAt(sweep, { [path]: value });
      if (read(settings) !== undefined) continue;
      const own = experimentProblems(settings).find((p) => isAbout(path, p));
      if (own) problems.push(`  axis ${path}, value ${JSON.stringify(value)}: ${own.message}`);
    }
  if (problems.length === 0) return;
  const rest = problems.length > 10 ? `\n  … and ${problems.length - 10} more` : '';
  throw new SettingsError(`sweep: not valid\n${problems.slice(0, 10).join('\n')}${rest}`);
}

/** Whether a problem comes from the value at a path: it lies there, or the path itself is not known. */
function isAbout(axis: string, { path, message }: SettingsProblem): boolean {
  if (path === axis || path.startsWith(`${axis}.`)) return true;
  const above = path === '' ? '' : `${path}.`;
  return axis.startsWith(above) && message.includes(`"${axis.slice(above.length).split('.')[0]}"`);
}

const problemText = ({ path, message }: SettingsProblem): string => `${path || '(top)'}: ${message}`;

/** Halving chooses, hence every trial needs a validation part; and it needs epochs beyond the last rung. */
function checkSelection({ search }: Sweep, trials: readonly SweepTrial[]): void {
  if (search.kind !== 'halving') return;
  const blind = trials.find(({ experiment: { data } }) => data.validation === 0);
  if (blind)
    throw new SettingsError(
      'sweep: search halving chooses by validation accuracy, and data.validation is 0; leave it out for 0.1',
    );
  const { epochs } = trials[0].experiment;
  const last = search.rungs[search.rungs.length - 1];
  if (last >= epochs)
    throw new SettingsError(
      `sweep: search.rungs: ${last}, expected less than the ${epochs} epochs of the experiment, which are the end`,
    );
}
