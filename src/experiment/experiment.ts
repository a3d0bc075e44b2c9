// An experiment: everything that decides a training, as plain typed data. Validated here, hashed into run ids.
import type { z } from 'zod';
import type { DataSettings } from '../data/settings.js';
import { SettingsError } from '../errors.js';
import type { BatchNormSettings } from '../learning/batch-norm.js';
import type { LipschitzSettings, ParsevalSettings } from '../learning/regularisers/index.js';
import type { LossInput, LossSettings } from '../learning/losses/index.js';
import type { OptimizerSettings } from '../learning/optimizers/index.js';
import type { ScheduleSettings } from '../learning/schedule.js';
import type { ArchitectureSpec, NetworkSpec } from '../network/architectures.js';
import type { LayerInput, OwnNetwork } from '../network/own.js';
import type { ReadoutSettings } from '../network/readout.js';
import type { NeuronChoice, NeuronInput } from '../neurons/settings.js';
import { experimentSchema } from './schema.js';

/** A training, whole. Two experiments that differ in anything but `name` have different run ids. */
export interface Experiment {
  /** A label for people; not part of the run id. */
  name: string;
  /** An architecture by name, or layers of one's own. */
  network: NetworkSpec;
  data: DataSettings;
  /** Time steps T. Default 2 (the paper's ablation). */
  steps: number;
  /** LIF by its numbers, or equations. */
  neuron: NeuronChoice;
  /** Readout of logits. Absent: the mean over the steps of the last layer's currents. */
  readout?: ReadoutSettings;
  batchNorm: BatchNormSettings;
  loss: LossSettings;
  lipschitz: LipschitzSettings;
  /** Weights moved towards orthonormal rows after each update. Absent: they are not. */
  parseval?: ParsevalSettings;
  optimizer: OptimizerSettings;
  schedule: ScheduleSettings;
  epochs: number;
  batchSize: number;
  /** Every random number of the run comes from it. Default 2022 (the authors' code). */
  seed: number;
}

/** An experiment with anything left out: what people write. */
export type ExperimentInput = {
  [Key in keyof Omit<Experiment, 'neuron' | 'network' | 'loss'>]?: Experiment[Key] extends string | number
    ? Experiment[Key]
    : Partial<Experiment[Key]>;
} & {
  network?:
    | (Partial<ArchitectureSpec> & { layers?: undefined })
    | (Omit<OwnNetwork, 'layers'> & { layers: LayerInput[]; architecture?: undefined });
  neuron?: NeuronInput;
  loss?: LossInput;
};

/**
 * Completes and validates an experiment; the defaults are the paper's recipe on the embedded data.
 *
 * @param given - settings; anything left out takes its default
 * @returns every setting of the experiment: what a run id hashes
 * @throws SettingsError listing every setting that is unknown, of the wrong kind or out of range
 */
export const experiment = (given: ExperimentInput = {}): Experiment => parseExperiment(given);

/**
 * {@link experiment} of what came from a file or another program, and may be anything.
 *
 * @param given - settings as they were read; anything left out takes its default
 * @returns every setting of the experiment
 * @throws SettingsError listing every setting that is unknown, of the wrong kind or out of range
 */
export function parseExperiment(given: unknown): Experiment {
  const result = experimentSchema.safeParse(given);
  if (result.success) return result.data as Experiment;
  const problems = problemsOf(result.error).map(({ path, message }) => `  ${path || '(top)'}: ${message}`);
  throw new SettingsError(`experiment: not valid\n${problems.join('\n')}`);
}

/** Fault of one setting. */
export interface SettingsProblem {
  /** Dotted, empty for the whole. */
  path: string;
  message: string;
}

/** Everything that `experiment` would refuse, setting by setting; none when it is valid. */
export function experimentProblems(given: unknown): SettingsProblem[] {
  const result = experimentSchema.safeParse(given);
  return result.success ? [] : problemsOf(result.error);
}

const problemsOf = ({ issues }: z.ZodError): SettingsProblem[] =>
  issues.map(({ path, message }) => ({ path: path.join('.'), message }));
