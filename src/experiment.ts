// An experiment: everything that decides a training, as plain typed data. Validated here, hashed into run ids.
import { z } from 'zod';
import type { ArchitectureSpec } from './architectures.js';
import { DATASET_NAMES, type DatasetName } from './data/dataset.js';
import { SettingsError } from './errors.js';
import { defaultNeuron, type NeuronSettings } from './neuron.js';
import { SURROGATE_NAMES, surrogates } from './surrogate.js';
import {
  defaultAdam,
  defaultBatchNorm,
  defaultLipschitz,
  defaultLoss,
  defaultSgd,
  type BatchNormSettings,
  type LipschitzSettings,
  type LossSettings,
  type OptimizerSettings,
  type ScheduleSettings,
} from './training.js';

/** Which data a training sees. */
export interface DataSettings {
  name: DatasetName;
  /** CIFAR10-DVS and shapes10-dvs: how events become frames; default `tet`. */
  pipeline?: string;
  /** CIFAR10-DVS: `first-900`, `spikingjelly` or `random:<seed>`; default `first-900`. */
  split?: string;
  /** Share of the training part held out as validation set, in [0, 1), default 0. Sweeps need some. */
  validation: number;
  /** Use only the first n training or test examples; default all. */
  trainLimit?: number;
  testLimit?: number;
  /** `standard`: the paper's lineage (images: crop with padding 4 and flip; frames: flip and roll ±5). */
  augment: 'standard' | 'none';
}

/** A training, whole. Two experiments that differ in anything but `name` have different run ids. */
export interface Experiment {
  /** A label for people; not part of the run id. */
  name: string;
  network: ArchitectureSpec;
  data: DataSettings;
  /** Time steps T. Default 2 (the paper's ablation). */
  steps: number;
  neuron: NeuronSettings;
  batchNorm: BatchNormSettings;
  loss: LossSettings;
  lipschitz: LipschitzSettings;
  optimizer: OptimizerSettings;
  schedule: ScheduleSettings;
  epochs: number;
  batchSize: number;
  /** Every random number of the run comes from it. Default 2022 (the authors' code). */
  seed: number;
}

const positive = z.number().positive();
const count = z.number().int().positive();
const share = z.number().min(0).max(1);

const optimizer = z.preprocess(
  (given) => {
    if (typeof given !== 'object' || given === null) return given;
    return { ...((given as { kind?: string }).kind === 'sgd' ? defaultSgd : defaultAdam), ...given };
  },
  z.discriminatedUnion('kind', [
    z.strictObject({
      kind: z.literal('adam'),
      learningRate: positive,
      weightDecay: z.number().min(0),
      beta1: share,
      beta2: share,
      epsilon: positive,
    }),
    z.strictObject({
      kind: z.literal('sgd'),
      learningRate: positive,
      weightDecay: z.number().min(0),
      momentum: share,
    }),
  ]),
);

const schema = z.strictObject({
  name: z.string().min(1).max(200).default('unnamed'),
  network: z
    .strictObject({
      architecture: z.enum(['resnet19', 'vggsnn', 'convNet']),
      width: positive.optional(),
      convolutions: count.optional(),
      twin: z.literal('ann').optional(),
    })
    .refine(({ architecture, convolutions }) => architecture === 'convNet' || convolutions === undefined, {
      path: ['convolutions'],
      error: 'only convNet has a number of convolutions; leave it out',
    })
    .prefault({ architecture: 'convNet' }),
  data: z
    .strictObject({
      name: z.enum(DATASET_NAMES),
      pipeline: z.string().optional(),
      split: z.string().optional(),
      validation: z.number().min(0).lt(1).default(0),
      trainLimit: count.optional(),
      testLimit: count.optional(),
      augment: z.enum(['standard', 'none']).default('standard'),
    })
    .prefault({ name: 'shapes10' }),
  steps: count.max(1000).default(2),
  neuron: z
    .strictObject({
      tau: share.default(defaultNeuron.tau),
      theta: positive.default(defaultNeuron.theta),
      reset: z.enum(['hard', 'soft']).default(defaultNeuron.reset),
      detachReset: z.boolean().default(defaultNeuron.detachReset),
      surrogate: z
        .strictObject({ name: z.enum(SURROGATE_NAMES), parameter: positive.optional() })
        .refine(
          ({ name, parameter }) => surrogates[name].parameter !== undefined || parameter === undefined,
          { path: ['parameter'], error: 'identity has no parameter; leave it out' },
        )
        .default(defaultNeuron.surrogate),
      delta: z.number().min(0).default(defaultNeuron.delta),
      scaleFloor: z.number().nullable().default(defaultNeuron.scaleFloor),
    })
    .prefault({}),
  batchNorm: z
    .strictObject({
      kind: z.enum(['standard', 'tdbn']).default(defaultBatchNorm.kind),
      alpha: positive.default(defaultBatchNorm.alpha),
      epsilon: positive.default(defaultBatchNorm.epsilon),
      momentum: share.default(defaultBatchNorm.momentum),
    })
    .prefault({}),
  loss: z
    .strictObject({
      kind: z.enum(['mean', 'tet']).default(defaultLoss.kind),
      lambda: share.default(defaultLoss.lambda),
      target: z.number().default(defaultLoss.target),
    })
    .prefault({}),
  lipschitz: z
    .strictObject({
      beta: z.number().min(0).default(defaultLipschitz.beta),
      layers: z.union([z.literal('all'), z.array(z.string())]).default(defaultLipschitz.layers),
    })
    .prefault({}),
  optimizer: optimizer.prefault({ kind: 'adam' }),
  schedule: z.strictObject({ kind: z.enum(['cosine', 'constant']).default('cosine') }).prefault({}),
  epochs: count.default(150),
  batchSize: count.default(100),
  seed: z.number().int().min(0).default(2022),
});

/** An experiment with anything left out: what people write. */
export type ExperimentInput = { [Key in keyof Experiment]?: Partial<Experiment[Key]> | Experiment[Key] };

/**
 * Completes and validates an experiment; the defaults are the paper's recipe on the embedded data.
 *
 * @param given - settings; anything left out takes its default
 * @throws SettingsError listing every setting that is unknown, of the wrong kind or out of range
 */
export function experiment(given: ExperimentInput | unknown = {}): Experiment {
  const result = schema.safeParse(given);
  if (result.success) return result.data as Experiment;
  const problems = problemsOf(result.error).map(({ path, message }) => `  ${path || '(top)'}: ${message}`);
  throw new SettingsError(`experiment: not valid\n${problems.join('\n')}`);
}

/** What is wrong with one setting. */
export interface SettingsProblem {
  /** Dotted, empty for the whole. */
  path: string;
  message: string;
}

/** Everything that `experiment` would refuse, setting by setting; none when it is valid. */
export function experimentProblems(given: unknown): SettingsProblem[] {
  const result = schema.safeParse(given);
  return result.success ? [] : problemsOf(result.error);
}

const problemsOf = ({ issues }: z.ZodError): SettingsProblem[] =>
  issues.map(({ path, message }) => ({ path: path.join('.'), message }));
