// The shape parameter of a surrogate as an experiment gives it: a number, or the rule by which it changes during the training.
// Tests: test/surrogates/settings.test.ts.
import { z } from 'zod';
import { chosenBy, count, positive, settings } from '../settings.js';
import { isScheduled, type Scheduled, scheduledSchema, type ScheduleWay } from './schedules.js';

/**
 * The width of the rectangle follows the batch norm in front of the neurons, as in MPD-AGL (IJCAI 2025): a = 2·γ̄·θ in the first
 * step, 2·√(1 + τ²)·γ̄·θ after it, γ̄ the mean of the layer's γ, which no gradient goes back to. With threshold-dependent batch norm,
 * for which it is made, γ̄·θ is the deviation of the current: the window reaches as far on either side of θ.
 */
export interface TiedToNorm {
  rule: 'norm';
}

/**
 * Chosen anew before each epoch among the value in force, `step` more and `step` less, as in Dspike (Li et al. 2021): the one
 * whose gradient of the first layer's weights has the largest cosine with finite differences. Theirs moves all weights of that
 * layer; here it is a random subset, another one in each epoch.
 */
export interface ChosenByCosine {
  rule: 'cosine';
  /** The value before the first epoch. */
  from: number;
  step: number;
  /** Number of weights that are moved. Each costs two training passes an epoch. */
  probes: number;
  /** Distance of a move. */
  epsilon: number;
}

/** A number, or how it changes. */
export type SurrogateParameter = number | Scheduled | TiedToNorm | ChosenByCosine;

/** The same as people write it: one type, so that Tab in a notebook offers the fields. */
export interface SurrogateParameterInput {
  /** A schedule over the epochs: first and last value. Of rule `cosine`, `from` alone: the value before the first epoch. */
  from?: number;
  to?: number;
  schedule?: ScheduleWay;
  /** `norm` ties the width of the rectangle to the batch norm, `cosine` asks finite differences. */
  rule?: 'norm' | 'cosine';
  /** Rule `cosine`: default 0.2. */
  step?: number;
  /** Rule `cosine`: default 32. */
  probes?: number;
  /** Rule `cosine`: default 0.01. */
  epsilon?: number;
}

const value = positive.min(1e-6);

const tied = settings({ rule: z.literal('norm') });
const byCosine = settings({
  rule: z.literal('cosine'),
  from: value,
  step: value.default(0.2),
  probes: count.default(32),
  epsilon: positive.max(1).default(0.01),
});

const byEpoch = scheduledSchema(value);
const unknownRule = z.looseObject({ rule: z.enum(['norm', 'cosine']) });

/** Its settings in an experiment. */
export const parameterSchema = chosenBy<SurrogateParameter>((given) => {
  if (typeof given !== 'object' || given === null) return value;
  if (!Object.hasOwn(given, 'rule')) return byEpoch;
  const { rule } = given as { rule: unknown };
  if (rule === 'norm') return tied;
  return (rule === 'cosine' ? byCosine : unknownRule) as z.ZodType<SurrogateParameter>;
});

/** Whether a parameter is tied to a batch norm. */
export const isTied = (parameter: SurrogateParameter | undefined): parameter is TiedToNorm =>
  typeof parameter === 'object' && 'rule' in parameter && parameter.rule === 'norm';

/** Whether it is chosen by finite differences. */
export const isByCosine = (parameter: SurrogateParameter | undefined): parameter is ChosenByCosine =>
  typeof parameter === 'object' && 'rule' in parameter && parameter.rule === 'cosine';

/**
 * A parameter as a number, where no epoch says which: a schedule's last value, as trained weights have it, and of rule `cosine` its
 * first. Undefined where there is none, or it is tied to a norm.
 */
export function parameterAtEnd(parameter: SurrogateParameter | undefined): number | undefined {
  if (typeof parameter !== 'object') return parameter;
  if (isScheduled(parameter)) return parameter.to;
  return isByCosine(parameter) ? parameter.from : undefined;
}
