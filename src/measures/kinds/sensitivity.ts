// Movement of logits and spikes with the input.
import { z } from 'zod';
import { makeBatch } from '../../data/batches.js';
import { amount, amounts, limit, share, text } from '../fields.js';
import { type Measure, progressOf } from '../measure.js';
import { sensitivity as sensitivityAt } from '../sensitivity.js';

/** Change of logits and spikes with the input. */
export type SensitivitySettings = {
  kind: 'sensitivity';
  /** Root mean squares of the perturbation, in units of the normalised input. */
  sizes: number[];
  /** Of the directions. */
  seed: number;
  /** On the first n test examples, default 20. */
  limit?: number;
};

/** Two kinds of rows for each size: `logits` and, by layer, `flips`. */
export const sensitivity: Measure<SensitivitySettings> = {
  kind: 'sensitivity',
  title: 'how logits and spikes move with the input',
  example: { sizes: [0.01] },
  settings: (seed) => z.strictObject({ kind: z.literal('sensitivity'), sizes: amounts, seed, limit }),
  defaultLimit: 20,
  async measure({ sizes, seed }, subject) {
    const { model, weights, dataset, test } = subject;
    const { x, shape } = makeBatch(dataset, 'test', test, { steps: model.settings.steps });
    const size = dataset.shape[0] * dataset.shape[1] * dataset.shape[2];
    const frames = shape.length === 5 ? shape[0] : 1;
    const examples = Array.from(test, (_, b) =>
      Array.from({ length: frames }, (_, t) => {
        const at = (t * test.length + b) * size;
        return x.subarray(at, at + size);
      }),
    );
    const rows = await sensitivityAt(model.network, weights, model.settings, examples, sizes, {
      seed,
      ...progressOf(subject, 'sensitivity'),
    });
    return rows.flatMap(({ flips, ...row }) => [
      { row: 'logits', ...row },
      ...flips.map((flip) => ({ row: 'flips', rms: row.rms, inputChange: row.inputChange, ...flip })),
    ]);
  },
  rows: z.discriminatedUnion('row', [
    z.strictObject({
      row: z.literal('logits'),
      rms: amount,
      inputChange: amount,
      logitChange: amount,
      largestGain: amount,
      changed: share,
    }),
    z.strictObject({ row: z.literal('flips'), rms: amount, inputChange: amount, layer: text, rate: share }),
  ]),
};
