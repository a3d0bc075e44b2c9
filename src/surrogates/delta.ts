// The strength δ of SGS as an experiment gives it: one for all layers, one for each, or the rule by which it changes.
// Tests: test/surrogates/settings.test.ts.
import { z } from 'zod';
import { atLeastZero, chosenBy, count, positive, settings } from '../settings.js';
import { isScheduled, type Scheduled, scheduledSchema, type ScheduleWay } from './schedules.js';

/** A strength for each layer of neurons. */
export interface DeltaByLayer {
  /** By the layer's name; or one for each layer in order. */
  layers: Readonly<Record<string, number>> | readonly number[];
  /** That of layers that are not named. Default 0: the plain surrogate. */
  otherwise?: number;
}

/**
 * The rule of EWGS (Lee, Kim & Ham, CVPR 2021), which SGS was made after and whose δ it fixed: before an epoch each layer gets
 * δ = max(0, mean over batches of (Tr H/N) / (3·σ(g))), g the gradient of what the layer hands on, N values, and H the loss's second
 * derivative by them. The trace is Hutchinson's, vᵀHv of random signs v, with Hv as a central difference of gradients. It is
 * worked out by engine `plain` whatever engine trains, so that it is the same of all: seconds for small networks.
 */
export interface DeltaByCurvature {
  rule: 'curvature';
  /** δ of all layers until it is worked out for the first time, before the second epoch. */
  from: number;
  /** Epochs from one time to the next. */
  every: number;
  /** Batches that the mean is over, and examples of each: random ones of the training part. */
  batches: number;
  examples: number;
  /** Distance by which the layer's output is moved there and back. */
  epsilon: number;
}

/** One for all layers, one for each, or how it changes. */
export type Delta = number | Scheduled | DeltaByLayer | DeltaByCurvature;

/** The same as people write it: one type, so that Tab in a notebook offers the fields. */
export interface DeltaInput {
  /** A schedule over the epochs: first and last value. Of rule `curvature` the first, default 0. */
  from?: number;
  to?: number;
  schedule?: ScheduleWay;
  /** Strengths by the layer's name, or one for each layer in order. */
  layers?: Readonly<Record<string, number>> | readonly number[];
  /** Of layers that `layers` does not name. Default 0. */
  otherwise?: number;
  /** `curvature`: the rule of EWGS. */
  rule?: 'curvature';
  /** Rule `curvature`: default 1. */
  every?: number;
  /** Rule `curvature`: default 3. */
  batches?: number;
  /** Rule `curvature`: default 4. */
  examples?: number;
  /** Rule `curvature`: default 0.01. */
  epsilon?: number;
}

const byLayer = settings({
  layers: z.union([z.record(z.string(), atLeastZero), z.array(atLeastZero).min(1).max(1000)]),
  otherwise: atLeastZero.optional(),
});
const byCurvature = settings({
  rule: z.literal('curvature'),
  from: atLeastZero.default(0),
  every: count.default(1),
  batches: count.max(100).default(3),
  examples: count.max(1000).default(4),
  epsilon: positive.max(1).default(0.01),
});

const byEpoch = scheduledSchema(atLeastZero);

/** Its settings in an experiment. */
export const deltaSchema = chosenBy<Delta>((given) => {
  if (typeof given !== 'object' || given === null) return atLeastZero;
  if (Object.hasOwn(given, 'rule')) return byCurvature;
  return Object.hasOwn(given, 'layers') ? byLayer : byEpoch;
});

/** Whether each layer has its own. */
export const isByLayer = (delta: Delta): delta is DeltaByLayer =>
  typeof delta === 'object' && 'layers' in delta;
/** Whether it is the rule of EWGS. */
export const isByCurvature = (delta: Delta): delta is DeltaByCurvature =>
  typeof delta === 'object' && 'rule' in delta;

/** δ where an experiment gives one number for all; NaN of any other. */
export const fixedDelta = (delta: Delta): number => (typeof delta === 'number' ? delta : NaN);

/** δ in a table: the number, or in a few words how it is given. */
export function deltaText(delta: Delta): string | number {
  if (typeof delta === 'number') return delta;
  if (isScheduled(delta)) return `${delta.from} to ${delta.to}`;
  return isByLayer(delta) ? 'by layer' : 'by curvature';
}

/** δ of a layer. Where no epoch says which: a schedule's last value, and of rule `curvature` the first. */
export function deltaOf(delta: Delta, layer: string): number {
  if (typeof delta === 'number') return delta;
  if (isScheduled(delta)) return delta.to;
  if (isByCurvature(delta)) return delta.from;
  const { layers, otherwise = 0 } = delta;
  return !Array.isArray(layers) && Object.hasOwn(layers, layer)
    ? (layers as Record<string, number>)[layer]
    : otherwise;
}
