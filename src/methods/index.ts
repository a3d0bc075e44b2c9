// The methods by name: gradients, neurons, norms and losses. Adding one: its entry in the file of its kind; tables, commands and tests
// follow from the list.
import { didYouMean } from '../did-you-mean.js';
import { SettingsError } from '../errors.js';
import { gradientMethods } from './gradients.js';
import { lossMethods } from './losses.js';
import type { Method, MethodEntry } from './method.js';
import { neuronMethods } from './neurons.js';
import { normMethods } from './norms.js';
import { surrogateMethods } from './surrogates.js';
import { thresholdMethods } from './thresholds.js';

export { METHOD_KINDS, METHOD_PRESETS } from './method.js';
export type { Method, MethodKind, MethodPreset, PublishedAccuracy } from './method.js';

const builtIn = {
  ...surrogateMethods,
  ...gradientMethods,
  ...neuronMethods,
  ...thresholdMethods,
  ...normMethods,
  ...lossMethods,
};

/** The name of a method. */
export type MethodName = keyof typeof builtIn;
/** All methods, in the order in which they are documented. */
export const methods: readonly Method[] = Object.entries<MethodEntry>(builtIn).map(([name, entry]) => ({
  name,
  ...entry,
}));
/** Their names. */
export const METHOD_NAMES = Object.keys(builtIn) as MethodName[];

/**
 * A method by its name: its settings in both presets, its source, and accuracies that were published.
 *
 * @param name - as `methods` lists it
 * @returns the method
 * @throws SettingsError where none has that name
 *
 * @example In a notebook
 * ```ts
 * await train({ ...method('plif').equal, data: { name: 'shapes10' }, epochs: 4, batchSize: 25 });
 * ```
 */
export function method(name: MethodName | (string & {})): Method {
  const found = methods.find((one) => one.name === name);
  if (found) return found;
  throw new SettingsError(
    `no method is named ${JSON.stringify(String(name).slice(0, 40))}; expected one of ${METHOD_NAMES.join(', ')}${didYouMean(String(name), METHOD_NAMES)}`,
  );
}
