// A number that goes from one value to another over the epochs of a training: the width of a surrogate, the strength of SGS.
// Tests: test/surrogates/settings.test.ts.
import { z } from 'zod';
import { settings } from '../settings.js';

/** The share of the way that is gone, by the share of the epochs, both from 0 to 1. */
const ways = {
  linear: (share: number) => share,
  /** IM-Loss (Guo et al., NeurIPS 2022), whose K(i) = ((10^(i/N) − 1)·K_max + (10 − 10^(i/N))·K_min)/9 this is. */
  log: (share: number) => (10 ** share - 1) / 9,
};

/** `linear`, or `log`: slowly at first, as in IM-Loss. */
export type ScheduleWay = keyof typeof ways;
/** Their names. */
export const SCHEDULE_WAYS = Object.keys(ways) as ScheduleWay[];

/** A number that changes from epoch to epoch. */
export interface Scheduled {
  /** Its value in the first epoch. */
  from: number;
  /** What it goes to, and would be after the last epoch: as the learning rate, it gets there when the training ends. */
  to: number;
  schedule: ScheduleWay;
}

/** Settings of a schedule whose values are such. */
export const scheduledSchema = (value: z.ZodType<number>) =>
  settings({ from: value, to: value, schedule: z.enum(SCHEDULE_WAYS) });

/** Whether a setting goes from one value to another. */
export const isScheduled = (setting: unknown): setting is Scheduled =>
  typeof setting === 'object' && setting !== null && 'schedule' in setting;

/**
 * The value in an epoch: `from + (to − from)·w(epoch/epochs)`, w(s) = s or (10^s − 1)/9.
 *
 * @param epoch - 0-based
 */
export const scheduledAt = ({ from, to, schedule }: Scheduled, epoch: number, epochs: number): number =>
  from + (to - from) * ways[schedule](epoch / epochs);
