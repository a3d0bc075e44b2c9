// Change of the gradients by SGS.
import { z } from 'zod';
import { makeBatch } from '../../data/batches.js';
import { amount, amounts, limit, text } from '../fields.js';
import { gradientChanges } from '../gradient-change.js';
import type { Measure } from '../measure.js';

/** Change of the gradients with δ. */
export type GradientsSettings = {
  kind: 'gradients';
  /** Strengths δ, each against 0. */
  deltas: number[];
  /** On the first n test examples, default 100. */
  limit?: number;
};

/** One row for each δ and parameter, and one for all parameters together. */
export const gradients: Measure<GradientsSettings> = {
  kind: 'gradients',
  title: 'change of the gradients with the strength of SGS',
  example: { deltas: [0.001] },
  settings: () => z.strictObject({ kind: z.literal('gradients'), deltas: amounts, limit }),
  defaultLimit: 100,
  async measure({ deltas }, { model, weights, dataset, test, engine }) {
    const batch = makeBatch(dataset, 'test', test, { steps: model.settings.steps });
    const changes = await gradientChanges(engine, model.network, model.settings, weights, batch, deltas);
    return changes.map((change) => ({ ...change }));
  },
  rows: z.strictObject({ delta: amount, parameter: text, relative: amount.nullable() }),
};
