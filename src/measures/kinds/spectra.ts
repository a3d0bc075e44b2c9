// Operator norms of the weights.
import { z } from 'zod';
import { amount, text } from '../fields.js';
import { type Measure, progressOf } from '../measure.js';
import { layerSpectra, normIndex } from '../spectra.js';

/** Operator norms of the weights; looks at no example. */
export type SpectraSettings = {
  kind: 'spectra';
};

const norms = { operatorNorm: amount, plainNorm: amount, matrixNorm: amount };

/** Two kinds of rows: `layer` (norms of one layer) and `index` (their product along the network). */
export const spectra: Measure<SpectraSettings> = {
  kind: 'spectra',
  title: 'operator norms of the weights',
  example: {},
  settings: () => z.strictObject({ kind: z.literal('spectra') }),
  async measure(_, subject) {
    const { model, weights } = subject;
    const progress = progressOf(subject, 'spectra');
    const layers = await layerSpectra(model.network, weights, model.settings, progress);
    const indexOf = (norm: keyof typeof norms): number =>
      normIndex(model.network, new Map(layers.map((row) => [row.layer, row[norm]])));
    return [
      ...layers.map((layer) => ({ row: 'layer', ...layer })),
      {
        row: 'index',
        operatorNorm: indexOf('operatorNorm'),
        plainNorm: indexOf('plainNorm'),
        matrixNorm: indexOf('matrixNorm'),
      },
    ];
  },
  rows: z.discriminatedUnion('row', [
    z.strictObject({
      row: z.literal('layer'),
      layer: text,
      ...norms,
      orthogonality: amount,
      converged: z.boolean(),
    }),
    z.strictObject({ row: z.literal('index'), ...norms }),
  ]),
};
