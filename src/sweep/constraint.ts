// Constraints: combinations of a sweep that make no sense, declared, not programmed. Tests: test/sweep/expand.test.ts.
import { z } from 'zod';
import { SettingsError } from '../errors.js';
import { settingAt } from '../experiment/settings-path.js';
import { canonicalJson } from '../hash.js';
import type { Json } from '../json.js';

/** Settings by path with the value, or the list of values, that is meant. */
export type Condition = Record<string, Json | Json[]>;

/** Condition on a combination; one that does not is left out. */
export type Constraint =
  /** Where all of `when` holds, all of `then` must. */
  | { when: Condition; then: Condition }
  /** All of it at once must not be. */
  | { exclude: Condition }
  /** Numbers or paths of numbers in ascending order, equal ones allowed: `["neuron.delta", "lipschitz.beta", 1]`. */
  | { order: (string | number)[] };

const condition = z
  .record(z.string(), z.unknown())
  .refine((given) => Object.keys(given).length > 0, 'names no setting');

/** One of the three forms; the keys tell which. */
export const constraintSchema = z.union(
  [
    z.strictObject({ when: condition, then: condition }),
    z.strictObject({ exclude: condition }),
    z.strictObject({ order: z.array(z.union([z.string(), z.number()])).min(2) }),
  ],
  'expected {"when": {…}, "then": {…}}, {"exclude": {…}} or {"order": [path or number, …]}',
);

/**
 * Whether an experiment fulfils a constraint.
 *
 * @param settings - a complete experiment, so that settings which no axis names have their defaults
 * @throws SettingsError when a path names no setting, or an ordered one is no number
 */
export function fulfils(settings: object, constraint: Constraint): boolean {
  if ('exclude' in constraint) return !holds(settings, constraint.exclude);
  if ('when' in constraint) return !holds(settings, constraint.when) || holds(settings, constraint.then);
  const numbers = constraint.order.map((entry) =>
    typeof entry === 'number' ? entry : numberAt(settings, entry),
  );
  return numbers.every((value, i) => i === 0 || numbers[i - 1] <= value);
}

const holds = (settings: object, wanted: Condition): boolean =>
  Object.entries(wanted).every(([path, values]) => {
    const found = canonicalJson([known(settings, path) ?? null]);
    return (Array.isArray(values) ? values : [values]).some((value) => canonicalJson([value]) === found);
  });

/** Settings that only some experiments have: absent, they are null. */
const OPTIONAL =
  /^(network\.(width|convolutions|twin)|data\.(pipeline|split|trainLimit|testLimit)|optimizer\.\w+|neuron\.surrogate\.parameter)$/;

function known(settings: object, path: string): unknown {
  const value = settingAt(settings, path);
  if (value === undefined && !OPTIONAL.test(path))
    throw new SettingsError(
      `sweep: a constraint names ${path}, which is no setting; use for instance neuron.delta`,
    );
  return value;
}

function numberAt(settings: object, path: string): number {
  const value = known(settings, path);
  if (typeof value !== 'number')
    throw new SettingsError(
      `sweep: a constraint orders ${path}, which is ${JSON.stringify(value ?? null)} and no number`,
    );
  return value;
}
