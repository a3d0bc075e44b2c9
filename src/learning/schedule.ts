// Learning-rate schedules: settings and formula.
import { z } from 'zod';
import { settings } from '../settings.js';

/** `cosine` goes to 0 after the last epoch, `constant` stays. */
export const SCHEDULE_KINDS = ['cosine', 'constant'] as const;
/** One of {@link SCHEDULE_KINDS}. */
export type ScheduleKind = (typeof SCHEDULE_KINDS)[number];

/** Schedule of the learning rate over the epochs. */
export interface ScheduleSettings {
  kind: ScheduleKind;
}

/** Its settings in an experiment. */
export const scheduleSchema = settings({ kind: z.enum(SCHEDULE_KINDS).default('cosine') });

const schedules: Record<ScheduleKind, (base: number, epoch: number, epochs: number) => number> = {
  cosine: (base, epoch, epochs) => (base / 2) * (1 + Math.cos((Math.PI * epoch) / epochs)),
  constant: (base) => base,
};

/**
 * The learning rate of an epoch: `base/2·(1 + cos(π·epoch/epochs))` for `cosine`.
 *
 * @param epoch - 0-based
 */
export const learningRateAt = (
  { kind }: ScheduleSettings,
  base: number,
  epoch: number,
  epochs: number,
): number => schedules[kind](base, epoch, epochs);
