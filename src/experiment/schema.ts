// What is an experiment and what is not: kinds, ranges and defaults of every setting.
// Tests: test/experiment/experiment.test.ts.
import { z } from 'zod';
import { MOST_CONVOLUTIONS } from '../network/architectures.js';
import { nameProblem } from '../data/check.js';
import { DEFAULT_DATASET } from '../data/sets/index.js';
import { batchNormSchema } from '../learning/batch-norm.js';
import { lipschitzSchema } from '../learning/lipschitz.js';
import { lossSchema } from '../learning/losses/index.js';
import { optimizerSchema } from '../learning/optimizers/index.js';
import { scheduleSchema } from '../learning/schedule.js';
import { defaultNeuron } from '../neurons/lif.js';
import { atLeastZero, belowOne, count, label, number, positive, settings, share } from '../settings.js';
import { SURROGATE_NAMES, surrogates, type SurrogateSettings } from '../surrogates/index.js';

/** An experiment, completed with the paper's recipe on the embedded data. */
export const experimentSchema = settings({
  name: label.default('unnamed'),
  network: settings({
    architecture: z.enum(['resnet19', 'vggsnn', 'convNet']),
    width: z.number().positive().max(64).optional(),
    convolutions: z.int().min(1).max(MOST_CONVOLUTIONS).optional(),
    twin: z.literal('ann').optional(),
  })
    .refine(({ architecture, convolutions }) => architecture === 'convNet' || convolutions === undefined, {
      path: ['convolutions'],
      error: 'only convNet has a number of convolutions; leave it out',
    })
    .prefault({ architecture: 'convNet' }),
  data: settings({
    name: z.string().refine((name) => nameProblem(name) === undefined, {
      error: ({ input }) => nameProblem(String(input)),
    }),
    pipeline: label.optional(),
    split: label.optional(),
    validation: belowOne.default(0),
    trainLimit: count.optional(),
    testLimit: count.optional(),
    augment: z.enum(['standard', 'none']).default('standard'),
  }).prefault({ name: DEFAULT_DATASET }),
  steps: z.int().min(1).max(1000).default(2),
  neuron: settings({
    tau: share.default(defaultNeuron.tau),
    theta: positive.default(defaultNeuron.theta),
    reset: z.enum(['hard', 'soft']).default(defaultNeuron.reset),
    detachReset: z.boolean().default(defaultNeuron.detachReset),
    surrogate: settings({ name: z.enum(SURROGATE_NAMES), parameter: positive.min(1e-6).optional() })
      .refine(({ name, parameter }) => surrogates[name].parameter !== undefined || parameter === undefined, {
        path: ['parameter'],
        error: ({ input }) => `${(input as SurrogateSettings).name} has no parameter; leave it out`,
      })
      .default(defaultNeuron.surrogate),
    delta: atLeastZero.default(defaultNeuron.delta),
    scaleFloor: number.nullable().default(defaultNeuron.scaleFloor),
  }).prefault({}),
  batchNorm: batchNormSchema.prefault({}),
  loss: lossSchema.prefault({}),
  lipschitz: lipschitzSchema.prefault({}),
  optimizer: optimizerSchema.prefault({ kind: 'adam' }),
  schedule: scheduleSchema.prefault({}),
  epochs: count.default(150),
  batchSize: count.default(100),
  seed: z.int().min(0).default(2022),
});
