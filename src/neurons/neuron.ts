// What a model of a neuron is: its settings, its state, and one step of it in plain numbers. One file each; index.ts lists
// them. The gradient through the firing function is src/surrogates/sgs.ts. Tests: test/neurons/lif.test.ts.
import type { z } from 'zod';

/** One step of a neuron. */
export interface NeuronStep<State> {
  /** Potential before the reset. */
  v: number;
  /** Spike, 0 or 1. */
  o: number;
  /** The state handed to the next step. */
  next: State;
}

/** A model of a neuron. `State` is what it carries from one step to the next. */
export interface Neuron<Settings, State> {
  name: string;
  /** What an experiment may say of it; each has its default. */
  settings: z.ZodType<Settings>;
  defaults: Settings;
  /** The state before the first step. */
  rest: State;
  /** One step with the input current `x`. */
  step(x: number, state: State, settings: Settings): NeuronStep<State>;
}

/** The trace of one neuron driven by `current`, one value a step, from rest. */
export function traceOf<Settings, State>(
  { rest, step }: Neuron<Settings, State>,
  current: readonly number[],
  settings: Settings,
): NeuronStep<State>[] {
  let state = rest;
  return current.map((x) => {
    const made = step(x, state, settings);
    state = made.next;
    return made;
  });
}
