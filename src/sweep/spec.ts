// The specification of a sweep: a base experiment, axes, constraints and a search, as plain data, checked here.
import { z } from 'zod';
import { DEFAULT_DATASET } from '../data/sets/index.js';
import { SettingsError } from '../errors.js';
import type { Evaluation } from '../training/evaluate-run.js';
import type { ExperimentInput } from '../experiment/experiment.js';
import { checkAxis, MOST_TRIALS, type Axis } from './axis.js';
import { constraintSchema, type Constraint } from './constraint.js';
import { sweepEvaluationSchema } from '../measures/schema.js';
import { count } from '../settings.js';

/** Search over combinations of axis values. */
export type Search =
  /** Every combination. */
  | { kind: 'grid' }
  /** So many combinations, each value drawn from its axis. A larger count keeps the first ones. */
  | { kind: 'random'; count: number; seed: number }
  | HalvingSearch;

/**
 * Successive halving: every configuration is trained to the first rung, the best share `1 / reduction` of them by
 * validation accuracy (mean over its seeds) to the next, and so on, the best of the last rung to the end. Runs that
 * are not continued stay resumable. Learning-rate schedules are those of the whole run.
 */
export interface HalvingSearch {
  kind: 'halving';
  /** Measure that ranks. Nothing else is offered: test accuracy must not choose. */
  metric: 'validationAccuracy';
  /** A whole number ≥ 2, default 3. */
  reduction: number;
  /** Epochs at which is decided, ascending, each below the experiment's epochs. */
  rungs: number[];
  /** So many random configurations; without it the whole grid. */
  count?: number;
  /** Of the random configurations. Default 0. */
  seed: number;
  /**
   * false (default): ASHA (Li et al. 2020), which promotes as soon as a result is among the best so far, keeps all
   * cores busy, and may promote others when it is run again. true: waits for a rung to be complete, so that the
   * same configurations are promoted every time.
   */
  synchronous: boolean;
}

/** A sweep, whole. */
export interface Sweep {
  /** Names the sweep's files: letters, digits, `.`, `_` and `-`. */
  name: string;
  /** Base of all trials. `data.validation` is 0.1 unless it says otherwise, also where `data` is an axis. */
  base: ExperimentInput;
  /** By dotted path of a setting; the last one varies fastest. */
  axes: Record<string, Axis>;
  /** Every configuration is trained with each; none: with the base's seed. */
  seeds: number[];
  constraints: Constraint[];
  /** Made of every trial that is done. */
  evaluations: Evaluation[];
  search: Search;
}

/** A sweep with anything left out: what people write. */
export interface SweepInput {
  name?: string;
  base?: ExperimentInput;
  /** A setting by path and its values; objects are whole settings, such as networks or equations, called by their `name`. */
  axes?: Record<string, Axis | object[]>;
  /** A list, or how many: `3` is 0, 1, 2. */
  seeds?: number | number[];
  constraints?: Constraint[];
  evaluations?: Evaluation[];
  search?: 'grid' | Search | ({ kind: Search['kind'] } & Partial<Omit<HalvingSearch, 'kind'>>);
}

const seed = z.int().min(0);

const search = z.preprocess(
  (given) => (typeof given === 'string' ? { kind: given } : given),
  z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('grid') }),
    z.strictObject({ kind: z.literal('random'), count, seed: seed.default(0) }),
    z.strictObject({
      kind: z.literal('halving'),
      metric: z
        .literal('validationAccuracy', 'only validationAccuracy can choose: test accuracy must not')
        .default('validationAccuracy'),
      reduction: z.int().min(2).max(1000).default(3),
      rungs: z
        .array(count)
        .min(1)
        .max(100)
        .refine(
          (rungs) => rungs.every((rung, i) => i === 0 || rung > rungs[i - 1]),
          'expected ascending epochs',
        ),
      count: count.optional(),
      seed: seed.default(0),
      synchronous: z.boolean().default(false),
    }),
  ]),
);

const isCount = (given: unknown): given is number =>
  Number.isInteger(given) && (given as number) >= 1 && (given as number) <= MOST_TRIALS;

const distinct = (values: readonly unknown[]): boolean =>
  new Set(values.map((value) => JSON.stringify(value))).size === values.length;

/** Says what was given instead of an object or a list. */
const expected = (what: string) => ({
  error: ({ input }: { input?: unknown }): string =>
    `expected ${what}, got ${String(JSON.stringify(input)).slice(0, 80)}`,
});

const schema = z.strictObject({
  name: z
    .string()
    .regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/, 'expected letters, digits, ".", "_" and "-", at most 100')
    .default('sweep'),
  base: z
    .looseObject(
      { data: z.looseObject({}, expected('an object such as {"name": "shapes10"}')).optional() },
      expected('an experiment, such as {"epochs": 4}'),
    )
    .default({}),
  axes: z.record(z.string(), z.unknown()).default({}),
  seeds: z
    .preprocess(
      (given) => (isCount(given) ? Array.from({ length: given }, (_, i) => i) : given),
      z
        .array(seed, expected(`a list, or how many, a whole number from 1 to ${MOST_TRIALS}`))
        .min(1)
        .refine(distinct, 'a seed stands there twice'),
    )
    .optional(),
  constraints: z.array(constraintSchema).max(1000).default([]),
  evaluations: z
    .array(sweepEvaluationSchema, expected('a list such as [{"kind": "energy"}]'))
    .max(100)
    .default([]),
  search: search.prefault('grid'),
});

/**
 * Completes and checks a sweep, a {@link SweepInput} or whatever a file holds. What its trials say is checked when it is expanded.
 *
 * @throws SettingsError listing everything that is unknown, missing or out of range, by axis where it is one
 */
export function checkSweep(given: unknown): Sweep {
  const result = schema.safeParse(given);
  if (!result.success)
    throw new SettingsError(
      `sweep: not valid\n${result.error.issues.map(({ path, message }) => `  ${path.join('.') || '(top)'}: ${message}`).join('\n')}`,
    );
  const { seeds = [], axes: written, base, ...rest } = result.data;
  const axes: Record<string, Axis> = {};
  for (const [path, axis] of Object.entries(written))
    axes[path] = checkAxis(path, axis, isRandom(rest.search));
  const problem = axesProblem(axes, seeds, rest.search);
  if (problem) throw new SettingsError(`sweep: ${problem}`);
  return { ...rest, axes, seeds, base: withValidation(base) } as Sweep;
}

/** Whether values are drawn from the axes. */
export const isRandom = (search: Search): boolean =>
  search.kind === 'random' || (search.kind === 'halving' && search.count !== undefined);

function axesProblem(axes: Record<string, Axis>, seeds: number[], search: Search): string | undefined {
  const paths = Object.keys(axes);
  if (paths.length === 0 && seeds.length === 0)
    return 'has no axes; give for instance {"axes": {"neuron.delta": [0, 0.001]}, "seeds": 3}';
  if (paths.includes('name')) return 'axis name: a name is no setting; leave it out';
  if (paths.includes('seed'))
    return 'axis seed: write it as "seeds", a list or how many, so that means over seeds can be taken';
  if (search.kind === 'halving' && paths.includes('epochs'))
    return 'axis epochs: halving compares trials at equal epochs; leave it out, or search the grid';
  const nested = paths.find((path) => paths.some((other) => other.startsWith(`${path}.`)));
  if (nested) return `axis ${nested}: another axis is a part of it; join the two`;
  return undefined;
}

/**
 * Settings of an experiment with a validation part: whatever selects needs examples that it may look at.
 *
 * @param share - of the training part, where the settings do not say it
 */
export function withValidation(settings: Record<string, unknown>, share = 0.1): Record<string, unknown> {
  const { data = {} } = settings;
  if (typeof data !== 'object' || data === null || Array.isArray(data)) return settings; // refused by its check
  const { validation = share } = data as { validation?: unknown };
  return { ...settings, data: { name: DEFAULT_DATASET, ...data, validation } };
}
