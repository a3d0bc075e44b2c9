// What a sweep may ask to be evaluated: every kind of evaluation, with settings that the evaluation itself would take, so
// that nothing is trained for an evaluation that cannot be made.
import { z } from 'zod';
import { NOISE_DEFINITIONS } from '../data/noise-definitions.js';
import { checkNoise } from '../data/noise.js';
import type { Evaluation } from '../evaluations.js';

const limit = z.int().min(1).optional();
const seed = z.int().min(0).default(0);
const amounts = z.array(z.number().min(0)).min(1);

const noise = z
  .strictObject({
    kind: z.literal('noise'),
    definition: z.enum(NOISE_DEFINITIONS.map(({ name }) => name)),
    levels: z.array(z.number()).min(1),
    seed,
    perStep: z.boolean().optional(),
    limit,
  })
  .superRefine(({ definition, levels, seed }, context) => {
    for (const [i, level] of levels.entries())
      try {
        checkNoise({ definition, level, seed });
      } catch (error) {
        context.addIssue({ code: 'custom', path: ['levels', i], message: (error as Error).message });
      }
  });

/** An evaluation of a sweep; seeds that are left out are 0. */
export const evaluationSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.enum(['test', 'confusion', 'energy', 'probe']), limit }),
  noise,
  z.strictObject({ kind: z.literal('spectra') }),
  z.strictObject({ kind: z.literal('sensitivity'), sizes: amounts, seed, limit }),
  z.strictObject({ kind: z.literal('gradients'), deltas: amounts, limit }),
]) satisfies z.ZodType<Evaluation>;
