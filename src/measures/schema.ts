// Checks evaluations that a person or another program wrote, so that nothing is trained for one that cannot be made.
import { z } from 'zod';
import { SettingsError } from '../errors.js';
import { type Evaluation, EVALUATION_KINDS, measures } from './index.js';

const seed = z.int().min(0);

/** Every kind of evaluation, with settings that the evaluation itself would take. */
const schemaWith = (seedSchema: z.ZodType<number>): z.ZodType<Evaluation> =>
  z.discriminatedUnion(
    'kind',
    EVALUATION_KINDS.map((kind) => measures[kind].settings(seedSchema)) as unknown as [z.ZodObject],
  ) as unknown as z.ZodType<Evaluation>;

/** One evaluation, see `Evaluation`. Nothing is completed: what stands there decides the id of its record. */
export const evaluationSchema = schemaWith(seed);

/** One evaluation of a sweep: a seed that is left out is 0. */
export const sweepEvaluationSchema = schemaWith(seed.default(0));

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
