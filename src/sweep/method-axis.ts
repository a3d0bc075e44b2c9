// The axis `method` of a sweep: methods by name, laid over the base before the other axes.
import { SettingsError } from '../errors.js';
import type { ExperimentInput } from '../experiment/experiment.js';
import type { Json } from '../json.js';
import { composeMethods } from '../methods/compose.js';
import { METHOD_PRESETS, type MethodPreset } from '../methods/index.js';

/** Path of the axis: no setting has it. */
export const METHOD_AXIS = 'method';

/** One value of the axis. */
interface Chosen {
  names: string[];
  as: MethodPreset;
}

/**
 * A copy of the base with the methods that a value of the axis names; without a value the base alone.
 *
 * @param value - a name, a list of names for methods together, or either as `name` beside the preset `as`
 * @throws SettingsError where the value is none, and as `composeMethods`
 */
export function withMethods(base: ExperimentInput, value: Json | undefined): Record<string, unknown> {
  if (value === undefined) return structuredClone(base) as Record<string, unknown>;
  const { names, as } = chosenIn(value);
  try {
    return { ...composeMethods(base, names, as) };
  } catch (error) {
    if (!(error instanceof SettingsError)) throw error;
    throw new SettingsError(`sweep: axis ${METHOD_AXIS}, value ${shown(value)}: ${error.message}`);
  }
}

function chosenIn(value: Json): Chosen {
  const whole = typeof value === 'object' && value !== null && !Array.isArray(value);
  const { name, as = 'equal', ...rest } = whole ? value : ({ name: value } as Record<string, Json>);
  const names = Array.isArray(name) ? name : [name];
  if (
    Object.keys(rest).length > 0 ||
    !METHOD_PRESETS.includes(as as MethodPreset) ||
    !names.every((one): one is string => typeof one === 'string')
  )
    throw new SettingsError(
      `sweep: axis ${METHOD_AXIS}: expected a name such as "plif", a list of names, or {"name": "plif", "as": "own"}, got ${shown(value)}`,
    );
  return { names, as: as as MethodPreset };
}

const shown = (value: Json): string => JSON.stringify(value).slice(0, 80);
