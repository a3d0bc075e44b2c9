// Methods laid over an experiment: what each sets, field by field, and the fields that two of them set differently.
import { SettingsError } from '../errors.js';
import type { ExperimentInput } from '../experiment/experiment.js';
import { setSetting, settingAt } from '../experiment/settings-path.js';
import { canonicalJson } from '../hash.js';
import { gradientFields, lifSchema } from '../neurons/lif.js';
import { method, type MethodName, type MethodPreset } from './index.js';
import { PLAIN } from './method.js';

/** Settings whose fields stand by themselves: of all others a method sets the whole, for a kind has fields of its own. */
const OPENED = ['neuron', 'batchNorm', 'lipschitz', 'parseval'];

/** What LIF has by its numbers, and neurons that are equations have not. */
const LIF_FIELDS = Object.keys(lifSchema.shape).filter((name) => !Object.hasOwn(gradientFields, name));
const MODEL = ['model', 'parameters'];
const inNeuron = (names: readonly string[]): string[] => names.map((name) => `neuron.${name}`);

type Fields = [path: string, value: unknown][];

/**
 * The fields that a fragment sets, by path; not what it only leaves off.
 *
 * @param fragment - such as `method('plif').equal`
 * @returns paths and values, such as `neuron.model`
 */
export const fieldsOf = (fragment: ExperimentInput): Fields =>
  Object.entries(fragment)
    .flatMap(([name, value]): Fields => {
      if (!OPENED.includes(name)) return [[name, value]];
      return Object.entries(value as object).map(([inner, one]) => [`${name}.${inner}`, one]);
    })
    .filter(([path, value]) => settingAt(PLAIN, path) !== value);

/**
 * An experiment with methods laid over it: `equal` sets the methods and nothing else, `own` the axes of the authors' recipes too.
 * SGS and Lipschitz regularisation, which an experiment has where it does not say otherwise, are off unless the base or a method has them.
 *
 * @param base - what is equal: network, data, epochs and so on; it is not changed
 * @param names - one method or several
 * @param as - `equal` (default) or `own`
 * @returns settings of an experiment; `experiment` checks them
 * @throws SettingsError where a name is unknown, a method has no preset `own`, or two set the same field differently
 *
 * @example
 * ```ts
 * composeMethods({ data: { name: 'shapes10' }, epochs: 4 }, ['plif', 'tebn', 'sgs']);
 * ```
 */
export function composeMethods(
  base: ExperimentInput,
  names: readonly (MethodName | (string & {}))[],
  as: MethodPreset = 'equal',
): ExperimentInput {
  if (names.length === 0) throw new SettingsError('no method is named; give one or several');
  const chosen = new Map<string, { by: string; value: unknown }>();
  for (const name of names)
    for (const [path, value] of fieldsOf(presetOf(name, as))) {
      const before = chosen.get(path);
      if (before && canonicalJson(before.value) !== canonicalJson(value))
        throw new SettingsError(
          `methods ${before.by} and ${name} set ${path} differently: ${shown(before.value)} and ${shown(value)}; leave one out`,
        );
      chosen.set(path, { by: name, value });
    }
  const settings = structuredClone(base) as Record<string, unknown>;
  makeRoom(settings, chosen);
  for (const { path, value } of OFF)
    if (settingAt(settings, path) === undefined) setSetting(settings, path, value);
  for (const [path, { value }] of chosen) setSetting(settings, path, structuredClone(value));
  return settings as ExperimentInput;
}

const OFF = [
  { path: 'neuron.delta', value: PLAIN.neuron.delta },
  { path: 'lipschitz.beta', value: PLAIN.lipschitz.beta },
];

function presetOf(name: string, as: MethodPreset): ExperimentInput {
  const { equal, own, ownLacks } = method(name);
  if (as === 'equal') return equal;
  if (own) return own;
  throw new SettingsError(`method ${name} has no preset own: ${ownLacks} Take equal`);
}

/** Numbers of the base's LIF go where a method has equations; equations and numbers of LIF cannot stand beside each other else. */
function makeRoom(
  settings: Record<string, unknown>,
  chosen: ReadonlyMap<string, { by: string; value: unknown }>,
): void {
  const model = chosen.get('neuron.model');
  const [path, number] = [...chosen].find(([one]) => inNeuron(LIF_FIELDS).includes(one)) ?? [];
  const refuse = (who: string): never => {
    throw new SettingsError(
      `${who} set neuron.model and ${path}: equations have no numbers of LIF; leave one out`,
    );
  };
  if (model && number) refuse(`methods ${model.by} and ${number.by}`);
  const { neuron } = settings as { neuron?: Record<string, unknown> };
  if (neuron === undefined) return;
  if (number && 'model' in neuron) refuse(`the experiment and method ${number.by}`);
  if (model) for (const name of [...LIF_FIELDS, ...MODEL]) delete neuron[name];
}

const shown = (value: unknown): string => JSON.stringify(value).slice(0, 80);
