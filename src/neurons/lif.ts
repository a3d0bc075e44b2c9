// The leaky integrate-and-fire neuron of the paper: its parameters and one step of it, in plain numbers. The gradient
// through its firing function is src/surrogates/sgs.ts.
import { z } from 'zod';
import type { NeuronDescription } from '../equations/index.js';
import { number, positive, settings, share } from '../settings.js';
import { deltaSchema } from '../surrogates/delta.js';
import { surrogateSchema } from '../surrogates/settings.js';
import type { FiringSettings, InForce } from '../surrogates/sgs.js';

/**
 * Parameters of every LIF layer of a network. With x the input current (dimensionless):
 *
 * `v[t] = tau·u[t−1] + x[t]`, `o[t] = 1 if v[t] > theta else 0` (strict, unless `comparison` is `>=`), `u[t] = (1 − o[t])·v[t]`, `u[−1] = 0`.
 *
 * Spikes are emitted and the reset is applied in the same step; the decay is applied before the input.
 */
export interface NeuronSettings extends FiringSettings {
  /** Decay of the potential from one step to the next, dimensionless, in [0, 1]. Default 0.5 (the authors' code). */
  tau: number;
  /** `hard`: to 0 after a spike (the paper). `soft`: `u = v − theta·o`. */
  reset: 'hard' | 'soft';
  /** Stop the gradient through the reset. Default false: the authors' code differentiates through it. */
  detachReset: boolean;
  /** `potential`: batch norm of the potential inside the neuron (MPBN, see the layer `mpbn`). Absent: none. */
  norm?: 'potential';
}

/** The same with one strength of SGS, that of a layer. */
export type LifInForce = InForce<NeuronSettings>;

/** The paper's neuron. */
export const defaultNeuron: LifInForce = {
  tau: 0.5,
  theta: 0.5,
  reset: 'hard',
  detachReset: false,
  surrogate: { name: 'rectangle' },
  delta: 1e-4,
  scaleFloor: null,
};

/** Settings of a neuron's step: nothing of the gradient. */
export type LifNumbers = Pick<NeuronSettings, 'tau' | 'theta' | 'reset' | 'comparison'>;

/** Results of one step of a neuron. */
export interface LifStep {
  /** Potential before the reset. */
  v: number;
  /** Spike, 0 or 1. */
  o: number;
  /** Potential after the reset: the state handed to the next step. */
  u: number;
}

/** The potential before the reset, from the state `u` of the step before and the input. */
export const potential = (x: number, u: number, { tau }: Pick<NeuronSettings, 'tau'>): number => tau * u + x;

/** The spike of a potential, 0 or 1. */
export const fires = (
  v: number,
  { theta, comparison }: Pick<NeuronSettings, 'theta' | 'comparison'>,
): number => ((comparison === '>=' ? v >= theta : v > theta) ? 1 : 0);

/** The potential after the reset. */
export const afterReset = (
  v: number,
  o: number,
  { theta, reset }: Pick<NeuronSettings, 'theta' | 'reset'>,
): number => (reset === 'hard' ? (1 - o) * v : v - theta * o);

/** One step of one neuron from state `u` with input `x`: see {@link NeuronSettings} for the equations. */
export function lifStep(x: number, u: number, settings: LifNumbers): LifStep {
  const v = potential(x, u, settings);
  const o = fires(v, settings);
  return { v, o, u: afterReset(v, o, settings) };
}

/**
 * The same neuron as equations: what other neurons are begun from, and what its formulas are shown from. Engines run it by
 * the functions above.
 */
export function lifDescription(
  given: Pick<NeuronSettings, 'tau' | 'theta' | 'reset' | 'detachReset'> = defaultNeuron,
): NeuronDescription {
  const spike = given.detachReset ? 'detach(o)' : 'o';
  return {
    name: 'lif',
    parameters: { tau: given.tau, theta: given.theta },
    state: { u: 0 },
    step: [
      'v = tau * u + x',
      'o = spike(v - theta)',
      given.reset === 'hard' ? `u = (1 - ${spike}) * v` : `u = v - theta * ${spike}`,
    ],
    output: 'o',
  };
}

/** Settings of the gradient through any neuron's spike. */
export const gradientFields = {
  surrogate: surrogateSchema.default(defaultNeuron.surrogate),
  delta: deltaSchema.default(defaultNeuron.delta),
  scaleFloor: number.nullable().default(defaultNeuron.scaleFloor),
  comparison: z
    .enum(['>', '>='])
    .transform((comparison) => (comparison === '>=' ? comparison : undefined))
    .optional(),
};

/** Its settings in an experiment. */
export const lifSchema = settings({
  tau: share.default(defaultNeuron.tau),
  theta: positive.default(defaultNeuron.theta),
  reset: z.enum(['hard', 'soft']).default(defaultNeuron.reset),
  detachReset: z.boolean().default(defaultNeuron.detachReset),
  ...gradientFields,
  norm: z.literal('potential').optional(),
});

/**
 * The trace of one neuron driven by `current`, one value a step, from rest.
 *
 * @param current - input current x of each step, `[T]`, in the unit of the threshold
 * @param given - τ, θ and reset; default those of the paper, τ = θ = 0.5
 * @returns potential before the reset, spike and potential after it, of each step, `[T]`
 */
export function lifTrace(current: readonly number[], given: LifNumbers = defaultNeuron): LifStep[] {
  let u = 0;
  return current.map((x) => {
    const made = lifStep(x, u, given);
    u = made.u;
    return made;
  });
}
