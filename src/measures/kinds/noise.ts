// Accuracy under noise on the test images.
import { z } from 'zod';
import type { BatchNoise } from '../../data/batches.js';
import { NOISE_DEFINITIONS } from '../../data/images/noise-definitions.js';
import { checkNoise } from '../../data/images/noise.js';
import { number } from '../../settings.js';
import { evaluateExamples } from '../accuracy.js';
import { accuracyFields, limit, MOST_POINTS } from '../fields.js';
import { type Measure, progressOf, type ResultRow } from '../measure.js';

/** Accuracy under noise; definitions: `NOISE_DEFINITIONS`. Level 0 is the clean accuracy. */
export type NoiseSettings = Omit<BatchNoise, 'level'> & {
  kind: 'noise';
  levels: number[];
  /** Only the first n test examples; default all that the run was tested on. */
  limit?: number;
};

/** One row a level. */
export const noise: Measure<NoiseSettings> = {
  kind: 'noise',
  title: 'accuracy under noise',
  example: { definition: 'gaussian-pixel-sigma-clip', levels: [0, 0.1] },
  settings: (seed) =>
    z
      .strictObject({
        kind: z.literal('noise'),
        definition: z.enum(NOISE_DEFINITIONS.map(({ name }) => name)),
        levels: z.array(number).min(1).max(MOST_POINTS),
        seed,
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
  async measure({ levels, definition, seed, perStep }, subject) {
    const { model, dataset, test } = subject;
    const rows: ResultRow[] = [];
    for (const [i, level] of levels.entries()) {
      const { count, accuracy, loss } = await evaluateExamples(model, dataset, 'test', test, {
        ...progressOf(subject, definition, i, levels.length),
        noise: level === 0 ? undefined : { definition, level, seed, perStep },
      });
      rows.push({ level, accuracy, loss, examples: count });
    }
    return rows;
  },
  rows: z.strictObject({ level: z.number(), ...accuracyFields }),
};
