// Checks evaluations that a person or another program wrote.
import { z } from 'zod';
import { NOISE_DEFINITIONS } from './data/noise-definitions.js';
import { SettingsError } from './errors.js';
import type { Evaluation } from './evaluation-results.js';

const limit = z.int().min(1).optional();
const seed = z.int().min(0);
const amounts = z.array(z.number().min(0)).min(1);

/** One evaluation, see `Evaluation`. Nothing is completed: what stands there decides the id of its record. */
export const evaluationSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.enum(['test', 'confusion', 'energy', 'probe']), limit }),
  z.strictObject({
    kind: z.literal('noise'),
    definition: z.enum(NOISE_DEFINITIONS.map(({ name }) => name)),
    levels: amounts,
    seed,
    perStep: z.boolean().optional(),
    limit,
  }),
  z.strictObject({ kind: z.literal('spectra') }),
  z.strictObject({ kind: z.literal('sensitivity'), sizes: amounts, seed, limit }),
  z.strictObject({ kind: z.literal('gradients'), deltas: amounts, limit }),
]);

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
