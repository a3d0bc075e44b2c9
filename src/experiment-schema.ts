// What is an experiment and what is not: kinds, ranges and defaults of every setting.
import { z } from 'zod';
import { DATASET_NAMES } from './data/dataset.js';
import { didYouMean } from './did-you-mean.js';
import { defaultNeuron } from './neurons/lif.js';
import { SURROGATE_NAMES, surrogates } from './surrogates/index.js';
import { defaultAdam, defaultBatchNorm, defaultLipschitz, defaultLoss, defaultSgd } from './learning/loss.js';

// Numbers enter arithmetic of 32 bits: what is far outside of any use overflows there, or takes all memory.
const number = z.number().min(-1e6).max(1e6);
const atLeastZero = z.number().min(0).max(1e6);
const positive = z.number().positive().max(1e6);
/** Added to what is divided by: 1e-30 is far below any of use, and still a number in 32 bits. */
const epsilon = z.number().min(1e-30).max(1);
const share = z.number().min(0).max(1);
const belowOne = z.number().min(0).lt(1);
/** As many examples, epochs or steps as anyone has. */
const count = z.int().min(1).max(1e9);
const label = z.string().min(1).max(200);

/** An object of settings; an unknown one is answered with the known one that was probably meant. */
const settings = <Shape extends z.core.$ZodLooseShape>(shape: Shape) =>
  z.strictObject(shape, {
    error: (issue) =>
      issue.code === 'unrecognized_keys' ? unknownKeys(issue.keys, Object.keys(shape)) : undefined,
  });

function unknownKeys(keys: readonly string[], known: readonly string[]): string {
  const [first] = keys;
  const names = keys.map((key) => `"${key}"`).join(', ');
  return `Unrecognized key${keys.length > 1 ? 's' : ''}: ${names}${didYouMean(first, known)}`;
}

const optimizer = z.preprocess(
  (given) => {
    if (typeof given !== 'object' || given === null || Array.isArray(given)) return given;
    return { ...((given as { kind?: string }).kind === 'sgd' ? defaultSgd : defaultAdam), ...given };
  },
  z.discriminatedUnion('kind', [
    settings({
      kind: z.literal('adam'),
      learningRate: positive,
      weightDecay: atLeastZero,
      beta1: belowOne,
      beta2: belowOne,
      epsilon,
    }),
    settings({
      kind: z.literal('sgd'),
      learningRate: positive,
      weightDecay: atLeastZero,
      momentum: share,
    }),
  ]),
);

/** An experiment, completed with the paper's recipe on the embedded data. */
export const experimentSchema = settings({
  name: label.default('unnamed'),
  network: settings({
    architecture: z.enum(['resnet19', 'vggsnn', 'convNet']),
    width: z.number().positive().max(64).optional(),
    convolutions: z.int().min(1).max(100).optional(),
    twin: z.literal('ann').optional(),
  })
    .refine(({ architecture, convolutions }) => architecture === 'convNet' || convolutions === undefined, {
      path: ['convolutions'],
      error: 'only convNet has a number of convolutions; leave it out',
    })
    .prefault({ architecture: 'convNet' }),
  data: settings({
    name: z.enum(DATASET_NAMES),
    pipeline: label.optional(),
    split: label.optional(),
    validation: belowOne.default(0),
    trainLimit: count.optional(),
    testLimit: count.optional(),
    augment: z.enum(['standard', 'none']).default('standard'),
  }).prefault({ name: 'shapes10' }),
  steps: z.int().min(1).max(1000).default(2),
  neuron: settings({
    tau: share.default(defaultNeuron.tau),
    theta: positive.default(defaultNeuron.theta),
    reset: z.enum(['hard', 'soft']).default(defaultNeuron.reset),
    detachReset: z.boolean().default(defaultNeuron.detachReset),
    surrogate: settings({ name: z.enum(SURROGATE_NAMES), parameter: positive.min(1e-6).optional() })
      .refine(({ name, parameter }) => surrogates[name].parameter !== undefined || parameter === undefined, {
        path: ['parameter'],
        error: 'identity has no parameter; leave it out',
      })
      .default(defaultNeuron.surrogate),
    delta: atLeastZero.default(defaultNeuron.delta),
    scaleFloor: number.nullable().default(defaultNeuron.scaleFloor),
  }).prefault({}),
  batchNorm: settings({
    kind: z.enum(['standard', 'tdbn']).default(defaultBatchNorm.kind),
    alpha: positive.default(defaultBatchNorm.alpha),
    epsilon: epsilon.default(defaultBatchNorm.epsilon),
    momentum: share.default(defaultBatchNorm.momentum),
  }).prefault({}),
  loss: settings({
    kind: z.enum(['mean', 'tet']).default(defaultLoss.kind),
    lambda: share.default(defaultLoss.lambda),
    target: number.default(defaultLoss.target),
  }).prefault({}),
  lipschitz: settings({
    beta: atLeastZero.default(defaultLipschitz.beta),
    layers: z.union([z.literal('all'), z.array(label).max(10_000)]).default(defaultLipschitz.layers),
  }).prefault({}),
  optimizer: optimizer.prefault({ kind: 'adam' }),
  schedule: settings({ kind: z.enum(['cosine', 'constant']).default('cosine') }).prefault({}),
  epochs: count.default(150),
  batchSize: count.default(100),
  seed: z.int().min(0).default(2022),
});
