// Direction of a surrogate's gradient against finite differences of the loss. Tests: test/measures/kinds/coverage.test.ts.
import { z } from 'zod';
import { makeBatch } from '../../data/batches.js';
import { count as positiveCount, positive } from '../../settings.js';
import { amount, count, limit, text } from '../fields.js';
import { cosineWith, finiteDifference } from '../finite-difference.js';
import { type Measure, progressOf } from '../measure.js';
import { withoutPenalties } from '../without-penalties.js';

/** Cosine between the surrogate's gradient and finite differences. */
export type AlignmentSettings = {
  kind: 'alignment';
  /** Steps of the differences, in the unit of the weights. */
  epsilons: number[];
  /** Number of values of the parameter that are moved; default 64. */
  probes?: number;
  /** The parameter; default the first weight of the network. */
  parameter?: string;
  /** Of the choice of values. */
  seed: number;
  /** On the first n test examples, default 100. */
  limit?: number;
};

/** One row for each step; the cosine is null where either gradient is zero. */
export const alignment: Measure<AlignmentSettings> = {
  kind: 'alignment',
  title: 'cosine between the gradient of the surrogate and finite differences',
  example: { epsilons: [0.1] },
  settings: (seed) =>
    z.strictObject({
      kind: z.literal('alignment'),
      epsilons: z.array(positive).min(1).max(20),
      probes: positiveCount.optional(),
      parameter: z.string().optional(),
      seed,
      limit,
    }),
  defaultLimit: 100,
  measure: ({ epsilons, probes, parameter, seed }, subject) => {
    const { model, weights, dataset, test, engine } = subject;
    return withoutPenalties(engine, model, weights, async (plain) => {
      const batch = makeBatch(dataset, 'test', test, { steps: model.settings.steps });
      const { gradients } = await plain.gradients(batch);
      const rows = [];
      for (const [i, epsilon] of epsilons.entries()) {
        const found = await finiteDifference(plain, batch, {
          ...{ seed, probes, parameter, epsilon },
          ...progressOf(subject, 'finite differences', i, epsilons.length),
        });
        const cosine = cosineWith(found, gradients);
        rows.push({ epsilon, parameter: found.parameter, probes: found.indices.length, cosine });
      }
      return rows;
    });
  },
  rows: z.strictObject({
    epsilon: amount,
    parameter: text,
    probes: count,
    cosine: z.number().min(-1).max(1).nullable(),
  }),
};
