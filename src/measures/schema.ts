// Checks evaluations that a person or another program wrote, so that nothing is trained for one that cannot be made.
import { z } from 'zod';
import { NOISE_DEFINITIONS } from '../data/images/noise-definitions.js';
import { checkNoise } from '../data/images/noise.js';
import { SettingsError } from '../errors.js';
import { atLeastZero, count, number } from '../settings.js';
import type { Evaluation } from './evaluation.js';

const limit = count.optional();
const seed = z.int().min(0);
/** More points than a figure shows. */
const MOST_POINTS = 1000;
const amounts = z.array(atLeastZero).min(1).max(MOST_POINTS);

/** Every kind of evaluation, with settings that the evaluation itself would take. */
const schemaWith = <Seed extends z.ZodType<number>>(seedSchema: Seed) =>
  z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.enum(['test', 'confusion', 'energy', 'probe']), limit }),
    z
      .strictObject({
        kind: z.literal('noise'),
        definition: z.enum(NOISE_DEFINITIONS.map(({ name }) => name)),
        levels: z.array(number).min(1).max(MOST_POINTS),
        seed: seedSchema,
        perStep: z.boolean().optional(),
        limit,
      })
      .superRefine(({ definition, levels }, context) => {
        for (const [i, level] of levels.entries())
          try {
            checkNoise({ definition, level, seed: 0 });
          } catch (error) {
            context.addIssue({ code: 'custom', path: ['levels', i], message: (error as Error).message });
          }
      }),
    z.strictObject({ kind: z.literal('spectra') }),
    z.strictObject({ kind: z.literal('sensitivity'), sizes: amounts, seed: seedSchema, limit }),
    z.strictObject({ kind: z.literal('gradients'), deltas: amounts, limit }),
  ]);

/** One evaluation, see `Evaluation`. Nothing is completed: what stands there decides the id of its record. */
export const evaluationSchema = schemaWith(seed) satisfies z.ZodType<Evaluation>;

/** One evaluation of a sweep: a seed that is left out is 0. */
export const sweepEvaluationSchema = schemaWith(seed.default(0)) satisfies z.ZodType<Evaluation>;

/**
 * Checks a list of evaluations.
 *
 * @param source - where they stand, for errors
 * @throws SettingsError listing everything that is unknown, missing or out of range
 */
export function checkEvaluations(given: unknown, source: string): Evaluation[] {
  const result = z.array(evaluationSchema).safeParse(given);
  if (result.success) return result.data;
  const problems = result.error.issues.map(
    ({ path, message }) => `  ${['evaluations', ...path].join('.')}: ${message}`,
  );
  throw new SettingsError(`${source}: not valid\n${problems.join('\n')}`);
}
