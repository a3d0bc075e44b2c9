// Neurons of any description over several steps, and backpropagation through time, in float64: for reading, and as reference of
// faster interpreters. Each neuron is computed for itself.
import { SettingsError } from '../errors.js';
import { type Evaluator, evaluator, type Meanings } from './evaluate.js';
import type { Assignment } from './expression.js';
import { arriving } from './judged.js';
import { adjointOf, before, fromAbove, fromNext, handedBack, INPUT } from './names.js';
import type { NeuronEquations } from './neuron.js';

/** Numbers by name. */
export type Values = Readonly<Record<string, ArrayLike<number>>>;

/** Options of running neurons. */
export interface RunSettings extends Meanings {
  /**
   * Values of learned parameters: one, one a channel or one a neuron, `[channels]` or `[neurons]`. Channels are the last
   * axis of the neurons. Default: their initial value.
   */
  learned?: Values;
  /** States before the first step, `[neurons]`. Default: the description's. */
  initial?: Values;
  /** What arrives on the way back besides the gradient of the output, by name: one value for all, or `[steps][neurons]`. */
  arriving?: Readonly<Record<string, number | ArrayLike<number>>>;
  /** Derived variables to keep on the way back, such as `∂o`. Default: none. */
  keep?: readonly string[];
}

/** State after a run. */
export interface NeuronTrace {
  steps: number;
  neurons: number;
  /** Every variable of the step, and the input `x`: `[steps][neurons]`. */
  values: Readonly<Record<string, Float64Array>>;
}

/** Gradients of a loss. */
export interface NeuronGradient {
  /** Of the input currents, `[steps][neurons]`. */
  x: Float64Array;
  /** Of the states before the first step, `[neurons]`. */
  initial: Record<string, Float64Array>;
  /** Of learned parameters, each as long as its values. */
  learned: Record<string, Float64Array>;
  /** Derived variables that were to be kept, `[steps][neurons]`; without those that are 0 everywhere and have no equation. */
  kept: Record<string, Float64Array>;
}

interface Machine {
  slots: Map<string, number>;
  values: Float64Array;
  compute: { slot: number; of: Evaluator }[];
  learned: { slot: number; name: string; values: ArrayLike<number> }[];
  states: { name: string; slot: number; rest: ArrayLike<number> }[];
}

/** Equations compiled over one array of values. */
function machine(
  neuron: NeuronEquations,
  equations: readonly Assignment[],
  neurons: number,
  settings: RunSettings,
): Machine {
  const { fixed, forward, backward, state } = neuron;
  const names = [
    ...[INPUT, ...fixed.keys(), ...neuron.learned.map(({ name }) => name)],
    ...[...state.keys()].flatMap((name) => [before(name), fromNext(name)]),
    ...[...forward, ...backward].map(({ name }) => name),
    ...arriving(neuron),
  ];
  const slots = new Map(names.map((name, i) => [name, i]));
  const values = new Float64Array(names.length);
  for (const [name, value] of fixed) values[slots.get(name)!] = value;
  return {
    ...{ slots, values },
    compute: equations.map(({ name, value }) => ({
      slot: slots.get(name)!,
      of: evaluator(value, slots, settings),
    })),
    learned: neuron.learned.map(({ name, initial }) => {
      const given = settings.learned?.[name] ?? [initial];
      if (given.length === 0 || neurons % given.length !== 0)
        throw new SettingsError(
          `${name}: ${given.length} values for ${neurons} neurons; give one, one a channel or one a neuron`,
        );
      return { name, slot: slots.get(name)!, values: given };
    }),
    states: [...state].map(([name, rest]) => {
      const given = settings.initial?.[name] ?? new Float64Array(neurons).fill(rest);
      if (given.length !== neurons)
        throw new SettingsError(
          `initial ${name}: ${given.length} values for ${neurons} neurons; give one a neuron`,
        );
      return { name, slot: slots.get(before(name))!, rest: given };
    }),
  };
}

/**
 * Runs neurons over several steps.
 *
 * @param neuron - what readNeuron gives
 * @param x - input currents, `[steps][neurons]`
 */
export function runNeuron(
  neuron: NeuronEquations,
  x: ArrayLike<number>,
  steps: number,
  settings: RunSettings = {},
): NeuronTrace {
  const neurons = x.length / steps;
  if (!Number.isInteger(neurons) || neurons < 1)
    throw new SettingsError(`runNeuron: ${x.length} input currents in ${steps} steps; give [steps][neurons]`);
  const { slots, values, compute, learned, states } = machine(neuron, neuron.forward, neurons, settings);
  const kept = neuron.forward.map(({ name }) => ({
    name,
    slot: slots.get(name)!,
    all: new Float64Array(x.length),
  }));
  for (let n = 0; n < neurons; n++) {
    for (const parameter of learned) values[parameter.slot] = parameter.values[n % parameter.values.length];
    for (const state of states) values[state.slot] = state.rest[n];
    for (let i = n; i < x.length; i += neurons) {
      values[0] = x[i];
      for (const { slot, of } of compute) values[slot] = of(values);
      for (const { slot, all } of kept) all[i] = values[slot];
      for (const state of states) values[state.slot] = values[slots.get(state.name)!];
    }
  }
  const all = kept.map(({ name, all }): [string, Float64Array] => [name, all]);
  return { steps, neurons, values: { x: Float64Array.from(x), ...Object.fromEntries(all) } };
}

/**
 * Gradients of a loss through all steps, by the derived equations.
 *
 * @param gradient - of the output, `[steps][neurons]`
 * @param settings - as in the run; `surrogate` is h, `sgs` the scale of Eq. (5)
 */
export function neuronGradient(
  neuron: NeuronEquations,
  { neurons, values: trace }: NeuronTrace,
  gradient: ArrayLike<number>,
  settings: RunSettings,
): NeuronGradient {
  const { slots, values, compute, learned, states } = machine(neuron, neuron.backward, neurons, settings);
  const result = (name: string): number => values[slots.get(name)!];
  const others = Object.entries(settings.arriving ?? {}).map(([name, from]) => ({
    slot: slots.get(name)!,
    from,
  }));
  const made: NeuronGradient = {
    x: new Float64Array(trace.x.length),
    initial: Object.fromEntries(states.map(({ name }) => [name, new Float64Array(neurons)])),
    learned: Object.fromEntries(learned.map(({ name, values }) => [name, new Float64Array(values.length)])),
    kept: Object.fromEntries(
      (settings.keep ?? [])
        .filter((name) => neuron.backward.some((equation) => equation.name === name))
        .map((name) => [name, new Float64Array(trace.x.length)]),
    ),
  };
  for (let n = 0; n < neurons; n++) {
    for (const parameter of learned) values[parameter.slot] = parameter.values[n % parameter.values.length];
    for (const { name } of states) values[slots.get(fromNext(name))!] = 0; // the last state has no use
    for (let i = trace.x.length - neurons + n; i >= 0; i -= neurons) {
      for (const name of Object.keys(trace)) values[slots.get(name)!] = trace[name][i];
      for (const { name, slot, rest } of states)
        values[slot] = i < neurons ? rest[n] : trace[name][i - neurons];
      values[slots.get(fromAbove(neuron.output))!] = gradient[i];
      for (const { slot, from } of others) values[slot] = typeof from === 'number' ? from : from[i];
      for (const { slot, of } of compute) values[slot] = of(values);
      made.x[i] = result(adjointOf(INPUT));
      for (const [name, all] of Object.entries(made.kept)) all[i] = result(name);
      for (const parameter of learned)
        made.learned[parameter.name][n % parameter.values.length] += result(adjointOf(parameter.name));
      for (const { name } of states) values[slots.get(fromNext(name))!] = result(handedBack(name));
    }
    for (const { name } of states) made.initial[name][n] = values[slots.get(fromNext(name))!];
  }
  return made;
}
