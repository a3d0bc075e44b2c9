// What the rows of each kind of evaluation hold, for whoever reads a record: every field, and nothing else.
import { z } from 'zod';

const share = z.number().min(0).max(1);
const amount = z.number().min(0);
const count = z.int().min(0);
const step = z.int().min(1);
const text = z.string();

const accuracy = { accuracy: share, loss: z.number(), examples: count };
const norms = { operatorNorm: amount, plainNorm: amount, matrixNorm: amount };

/** The form of a row by kind of evaluation; where a kind has several, `row` tells them apart. */
export const RESULT_ROWS = {
  test: z.strictObject(accuracy),
  noise: z.strictObject({ level: z.number(), ...accuracy }),
  confusion: z.strictObject({ actual: text, predicted: text, count }),
  energy: z.discriminatedUnion('row', [
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
  probe: z.strictObject({
    layer: text,
    step,
    spikeRate: share,
    gradientNorm: amount,
    windowDensity: share,
    negativeScales: share,
    dead: share,
    saturated: share,
  }),
  spectra: z.discriminatedUnion('row', [
    z.strictObject({
      row: z.literal('layer'),
      layer: text,
      ...norms,
      orthogonality: amount,
      converged: z.boolean(),
    }),
    z.strictObject({ row: z.literal('index'), ...norms }),
  ]),
  sensitivity: z.discriminatedUnion('row', [
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
  gradients: z.strictObject({ delta: amount, parameter: text, relative: amount.nullable() }),
} satisfies Record<string, z.ZodType>;
