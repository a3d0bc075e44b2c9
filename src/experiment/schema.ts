// The schema of an experiment: kinds, ranges and defaults of every setting. Tests: test/experiment/experiment.test.ts.
import { z } from 'zod';
import { networkSchema } from '../network/architectures.js';
import { nameProblem, ownNameProblem } from '../data/check.js';
import { DEFAULT_DATASET } from '../data/sets/index.js';
import { batchNormSchema } from '../learning/batch-norm.js';
import { regulariserFields } from '../learning/regularisers/index.js';
import { lossSchema } from '../learning/losses/index.js';
import { optimizerSchema } from '../learning/optimizers/index.js';
import { scheduleSchema } from '../learning/schedule.js';
import { readoutSchema } from '../network/readout.js';
import { neuronSchema } from '../neurons/settings.js';
import { belowOne, count, label, settings } from '../settings.js';

/** An experiment, completed with the paper's recipe on the embedded data. */
export const experimentSchema = settings({
  name: label.default('unnamed'),
  network: networkSchema.prefault({ architecture: 'convNet' }),
  data: settings({
    name: z.string().refine((name) => nameProblem(name) === undefined, {
      error: ({ input }) => nameProblem(String(input)),
    }),
    path: z.string().min(1).max(4096).optional(),
    pipeline: label.optional(),
    split: label.optional(),
    validation: belowOne.default(0),
    trainLimit: count.optional(),
    testLimit: count.optional(),
    augment: z.enum(['standard', 'none']).default('standard'),
  })
    .superRefine(({ name, path }, context) => {
      const message = path === undefined ? undefined : ownNameProblem(name);
      if (message !== undefined) context.addIssue({ code: 'custom', path: ['name'], message });
    })
    .prefault({ name: DEFAULT_DATASET }),
  steps: z.int().min(1).max(1000).default(2),
  neuron: neuronSchema.prefault({}),
  readout: readoutSchema.optional(),
  batchNorm: batchNormSchema.prefault({}),
  loss: lossSchema.prefault({}),
  ...regulariserFields,
  optimizer: optimizerSchema.prefault({ kind: 'adam' }),
  schedule: scheduleSchema.prefault({}),
  epochs: count.default(150),
  batchSize: count.default(100),
  seed: z.int().min(0).default(2022),
});
