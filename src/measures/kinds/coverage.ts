// χ: the share of parameters that a batch moves.
import { z } from 'zod';
import { makeBatch } from '../../data/batches.js';
import { coverage as coverageOf } from '../coverage.js';
import { count, limit, share, text } from '../fields.js';
import type { Measure } from '../measure.js';
import { withoutPenalties } from '../without-penalties.js';

/** Share of parameters with a gradient other than zero. */
export type CoverageSettings = {
  kind: 'coverage';
  /** On the first n test examples, default 100. */
  limit?: number;
};

/** One row for each parameter, and one for all together. */
export const coverage: Measure<CoverageSettings> = {
  kind: 'coverage',
  title: 'share of parameters with a gradient other than zero (χ)',
  example: {},
  settings: () => z.strictObject({ kind: z.literal('coverage'), limit }),
  defaultLimit: 100,
  measure: (_, { model, weights, dataset, test, engine }) =>
    withoutPenalties(engine, model, weights, async (plain) => {
      const batch = makeBatch(dataset, 'test', test, { steps: model.settings.steps });
      return coverageOf((await plain.gradients(batch)).gradients).map((row) => ({ ...row }));
    }),
  rows: z.strictObject({ parameter: text, size: count, share }),
};
