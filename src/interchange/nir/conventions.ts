// Conventions that NIR leaves open and every simulator decides: the time step, how equations are integrated, what a spike resets
// to, how a potential is compared. They are asked for, or stand in the metadata of a file; nothing is taken for granted. Tests:
// test/interchange/nir/run.test.ts.
import { SettingsError } from '../../errors.js';
import { isNirArray, type NirMetadata } from './graph.js';

/** What a simulator needs to know of a graph. Under the same names these stand in the `metadata` of our files. */
export interface NirConventions {
  /** Seconds in a time step, above 0. */
  dt?: number;
  /**
   * `euler`: v += (dt/τ)·((v_leak − v) + R·I), forward. `exponential`: the exact solution for an input that is constant in the
   * step, v += (1 − e^(−dt/τ))·((v_leak − v) + R·I). IF and I are the same in both: v += dt·R·I.
   */
  integration?: 'euler' | 'exponential';
  /** Of a neuron that has fired, in the same step: to `zero`, to the `value` v_reset (0 where a file has none), or less by its threshold. */
  reset?: 'zero' | 'value' | 'subtract';
  /** A neuron fires where its potential is above (`>`, NIR's definition) or not below (`>=`) its threshold. */
  comparison?: '>' | '>=';
  /** Of CubaLI and CubaLIF: whether the potential sees the synaptic current of this step (`new`) or of the one before (`previous`). */
  synapse?: 'new' | 'previous';
}

/** Conventions that are words, and these words. */
export const CONVENTION_WORDS = {
  integration: ['euler', 'exponential'],
  reset: ['zero', 'value', 'subtract'],
  comparison: ['>', '>='],
  synapse: ['new', 'previous'],
} as const;

/** Questions about missing conventions. */
const QUESTIONS: Record<keyof NirConventions, string> = {
  dt: 'dt, the seconds in a time step (Norse 1e-3, snnTorch 1e-4)',
  integration: "integration, 'euler' or 'exponential'",
  reset: "reset, 'zero', 'value' or 'subtract'",
  comparison: "comparison, '>' (NIR's definition) or '>='",
  synapse: "synapse, 'new' or 'previous'",
};

/**
 * The conventions that metadata state.
 *
 * @throws SettingsError where one of them is there and makes no sense
 */
export function statedConventions(metadata: NirMetadata = {}): NirConventions {
  const stated: Record<string, number | string> = {};
  for (const name of Object.keys(QUESTIONS)) {
    const field = Object.hasOwn(metadata, name) ? metadata[name] : undefined;
    if (field === undefined) continue;
    if (typeof field === 'string') stated[name] = field;
    else if (isNirArray(field) && field.data.length === 1)
      stated[name] = shortest(field.data[0], field.dtype);
    else throw new SettingsError(`metadata ${name}: expected one number or word`);
  }
  return checked(stated as NirConventions, 'metadata ');
}

/** A float32 as the decimal that it was written from: 1e-4, not 9.999999747378752e-5. */
function shortest(value: number | bigint, dtype: string): number {
  const number = Number(value);
  if (dtype !== 'float32') return number;
  for (let digits = 1; digits < 9; digits++) {
    const decimal = Number(number.toPrecision(digits));
    if (Math.fround(decimal) === number) return decimal;
  }
  return number;
}

/** @throws SettingsError naming the convention, the value and what is expected */
function checked(conventions: NirConventions, where = ''): NirConventions {
  const { dt } = conventions;
  if (dt !== undefined && !(typeof dt === 'number' && dt > 0 && Number.isFinite(dt)))
    throw new SettingsError(`${where}dt: ${String(dt)}, expected seconds above 0`);
  for (const [name, words] of Object.entries(CONVENTION_WORDS)) {
    const value = conventions[name as keyof typeof CONVENTION_WORDS];
    if (value !== undefined && !(words as readonly string[]).includes(value))
      throw new SettingsError(
        `${where}${name}: ${JSON.stringify(value)}, expected one of ${words.join(', ')}`,
      );
  }
  return conventions;
}

/**
 * What was given, and where nothing was given what metadata state.
 *
 * @param needed - what each node needs to know
 * @throws SettingsError naming the first convention that is needed and neither given nor stated, and the node that needs it
 */
export function settledConventions(
  given: NirConventions,
  metadata: NirMetadata | undefined,
  needed: Iterable<[node: string, names: readonly (keyof NirConventions)[]]>,
): NirConventions {
  const own = Object.entries(checked(given)).filter(([, value]) => value !== undefined);
  const all = { ...statedConventions(metadata), ...Object.fromEntries(own) } as NirConventions;
  for (const [node, names] of needed)
    for (const name of names)
      if (all[name] === undefined)
        throw new SettingsError(
          `${node}: NIR does not say how it is run, and neither do the metadata: give ${QUESTIONS[name]}`,
        );
  return all;
}
