// A neuron's description, read: every name has a meaning, every state is set once, and the backward step is derived. All
// interpreters of neurons start from it.
import { SettingsError } from '../errors.js';
import { checkedNeuron, type LearnedParameter, type NeuronDescription, ownKeys } from './description.js';
import { derive } from './derive.js';
import { evaluate } from './evaluate.js';
import { type Assignment, type Expression, name } from './expression.js';
import { before, fromAbove, fromNext, INPUT } from './names.js';
import { nameFault, parse, parseAssignment } from './parse.js';
import { equationError, quoted } from './place.js';
import { print, printAssignment } from './print.js';
import { add } from './simplify.js';
import { checkKnown, checkSpikes, readStep } from './step.js';

/** A parameter that is learned, with its first value. */
export interface Learned {
  name: string;
  per: LearnedParameter['per'];
  initial: number;
  /** Standard deviation of what is added to it; absent: nothing. */
  spread?: number;
}

/** A neuron ready to be interpreted. */
export interface NeuronEquations {
  /** The description with its equations in one spelling: what is hashed. */
  description: NeuronDescription;
  fixed: ReadonlyMap<string, number>;
  learned: readonly Learned[];
  /** States with their values before the first step. */
  state: ReadonlyMap<string, number>;
  /** One step. A state that is read before it is set is called {@link before}. */
  forward: readonly Assignment[];
  /** The derivatives: of {@link INPUT}, of every learned parameter, and of every state before the step, among others. */
  backward: readonly Assignment[];
  /** The variable that `spike` sets, or null. */
  spike: string | null;
  output: string;
}

/** Names of parameters and states: usable, and none twice. */
function checkNames(label: string, given: NeuronDescription): void {
  const seen = new Set([INPUT]);
  for (const field of ['parameters', 'state'] as const)
    for (const key of ownKeys(given[field])) {
      const fault = nameFault(key) ?? (seen.has(key) ? 'means something already; take another name' : null);
      if (fault) throw new SettingsError(`${label}, ${field}: ${quoted(key)} ${fault}`);
      seen.add(key);
    }
}

/** First values of learned parameters, from those that are numbers. */
function readLearned(
  label: string,
  parameters: NeuronDescription['parameters'] = {},
  fixed: ReadonlyMap<string, number>,
): Learned[] {
  return Object.entries(parameters).flatMap(([key, value]) => {
    if (typeof value === 'number') return [];
    const { per, initial, spread } = value;
    const common = { name: key, per, ...(spread !== undefined && { spread }) };
    if (typeof initial === 'number') return [{ ...common, initial }];
    const place = { label: `${label}, initial value of ${key}`, text: initial };
    const expression = parse(initial, place.label);
    checkKnown(place, expression, new Set(fixed.keys()));
    checkSpikes(place, expression, false);
    const first = evaluate(expression, Object.fromEntries(fixed));
    if (!Number.isFinite(first)) throw equationError(place, 0, `its value is ${first}`, 'a finite number');
    return [{ ...common, initial: first }];
  });
}

/** What the variables of a step receive from outside it: the output from above, the states from the next step. */
export function seedsOf(output: string, states: readonly string[]): Map<string, Expression> {
  const seeds = new Map<string, Expression>([[output, name(fromAbove(output))]]);
  for (const key of states) {
    const handed = name(fromNext(key));
    seeds.set(key, seeds.has(key) ? add(seeds.get(key)!, handed) : handed);
  }
  return seeds;
}

/**
 * Reads a neuron's description and derives its backward step.
 *
 * @example
 * ```ts
 * readNeuron(plif).backward.map(printAssignment);
 * ```
 * @throws SettingsError that names the equation, the place and what was expected
 */
export function readNeuron(given: NeuronDescription): NeuronEquations {
  const description = checkedNeuron(given);
  const label = `neuron ${quoted(description.name)}`;
  checkNames(label, given);
  const { parameters = {}, state, output } = description;
  const fixed = new Map(
    Object.entries(parameters).filter((entry): entry is [string, number] => typeof entry[1] === 'number'),
  );
  const learned = readLearned(label, parameters, fixed);
  const { forward, set, spike } = readStep(label, description, Object.keys(parameters));
  if (!set.has(output))
    throw new SettingsError(
      `${label}, output: no equation sets ${quoted(output)}; expected one of ${[...set].join(', ')}`,
    );
  const states = Object.keys(state);
  const wanted = [INPUT, ...learned.map((parameter) => parameter.name), ...states.map(before)];
  const backward = derive(forward, seedsOf(output, states), wanted);
  const spelled = {
    ...description,
    parameters: inOneSpelling(parameters),
    step: description.step.map((text) => printAssignment(parseAssignment(text))),
  };
  return {
    description: spelled,
    fixed,
    learned,
    state: new Map(Object.entries(state)),
    forward,
    backward,
    spike,
    output,
  };
}

/** Parameters with their initial expressions in one spelling. */
const inOneSpelling = (
  parameters: NonNullable<NeuronDescription['parameters']>,
): NonNullable<NeuronDescription['parameters']> =>
  Object.fromEntries(
    Object.entries(parameters).map(([key, value]) => [
      key,
      typeof value === 'number' || typeof value.initial === 'number'
        ? value
        : { ...value, initial: print(parse(value.initial)) },
    ]),
  );
