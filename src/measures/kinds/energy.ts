// Spike rates, operations and energy, from the activity on test examples.
import { z } from 'zod';
import { evaluateExamples, ratesOf } from '../accuracy.js';
import { allEnergies, layerEnergies, meanRate } from '../energy.js';
import { amount, count, limit, share, step, text } from '../fields.js';
import { type Measure, progressOf } from '../measure.js';

/** Operations and energy under every counting. */
export type EnergySettings = {
  kind: 'energy';
  /** Only the first n test examples; default all that the run was tested on. */
  limit?: number;
};

/**
 * Three kinds of rows: `layer` (MACs, input rate, exact synaptic operations), `rate` (spike rate by layer and
 * step) and `total` (energies under every counting, in pJ an example).
 */
export const energy: Measure<EnergySettings> = {
  kind: 'energy',
  title: 'spike rates, operations and energy, under every counting',
  example: {},
  settings: () => z.strictObject({ kind: z.literal('energy'), limit }),
  async measure(_, subject) {
    const { model, dataset, test } = subject;
    const summary = await evaluateExamples(model, dataset, 'test', test, {
      ...progressOf(subject, 'energy'),
      activity: true,
    });
    const activity = summary.activity!;
    const layers = layerEnergies(model.network, activity);
    const rates = activity
      .filter(({ kind }) => kind === 'neuron')
      .flatMap((layer) =>
        ratesOf(layer).map((rate, step) => ({ row: 'rate', layer: layer.layer, step: step + 1, rate })),
      );
    const rate = meanRate(layers);
    return [
      ...layers.map((layer) => ({ row: 'layer', ...layer })),
      ...rates,
      ...allEnergies(layers, model.settings.steps).map((total) => ({
        row: 'total',
        meanRate: rate,
        ...total,
      })),
    ];
  },
  rows: z.discriminatedUnion('row', [
    z.strictObject({
      row: z.literal('layer'),
      layer: text,
      macs: count,
      inputRate: share,
      input: z.enum(['spikes', 'image', 'averages', 'activations']),
      synapticOperations: amount,
    }),
    z.strictObject({ row: z.literal('rate'), layer: text, step, rate: share }),
    z.strictObject({
      row: z.literal('total'),
      meanRate: share,
      cost: z.enum(['int32', 'fp32']),
      firstLayer: z.enum(['ac', 'macEveryStep', 'macOnce']),
      averages: z.enum(['ac', 'mac']),
      ann: amount,
      snn: amount,
      ratio: amount,
    }),
  ]),
};
