// The one interface behind which a network is trained and evaluated. Engines must agree: same weights and
// batch in, same loss, gradients and next weights out.
import type { Batch } from '../data/dataset.js';
import type { BatchNormSettings } from '../learning/batch-norm.js';
import type { LipschitzSettings, ParsevalSettings } from '../learning/regularisers/index.js';
import type { LossSettings } from '../learning/losses/index.js';
import type { OptimizerSettings } from '../learning/optimizers/index.js';
import type { Network } from '../network/layers.js';
import type { TensorMap } from '../network/parameters.js';
import type { NeuronChoice } from '../neurons/settings.js';

/** Everything besides the network that a model's arithmetic depends on. */
export interface ModelSettings {
  /** Time steps T ≥ 1. */
  steps: number;
  /** Of all layers of neurons: the gradient through their spikes; of LIF layers their numbers too. */
  neuron: NeuronChoice;
  batchNorm: BatchNormSettings;
  loss: LossSettings;
  lipschitz: LipschitzSettings;
  /** Absent: no step after the update. */
  parseval?: ParsevalSettings;
  optimizer: OptimizerSettings;
}

/** Results of a training step on the batch before the update. */
export interface StepResult {
  /** Everything that was minimised: loss of the logits, terms that judge neurons, penalty. NaN or Inf: training has diverged. */
  loss: number;
  /** The loss of the logits alone: of a list the weighted sum of its terms that judge them. */
  classification: number;
  /** `(beta/2)·Σ‖…‖²` over the smaller Gram matrices. */
  lipschitz: number;
  /** Number of the batch's examples classified correctly. */
  correct: number;
  /** Of a loss that is a list: the value of each term, without its weight. */
  terms?: number[];
}

/** Loss and gradients at the current weights, nothing updated (running statistics neither). */
export interface GradientResult extends StepResult {
  gradients: TensorMap;
}

/** Results of a batch in inference (running statistics of batch norm). */
export interface Evaluation {
  /** Time-mean logits, `[B, classes]`. */
  logits: Float32Array;
  /** Mean over the batch of the classification loss. */
  loss: number;
  correct: number;
  activity?: LayerActivity[];
}

/** Activity of one layer on a batch: sums, so that batches add up. */
export interface LayerActivity {
  layer: string;
  /** `synapse`: counts of its input. `neuron`: of neurons that spike, counts of their output. */
  kind: 'synapse' | 'neuron';
  /** Non-zero values by time step, `[T]` (a static input has the same count at every step). */
  nonZero: number[];
  /** Values looked at in one time step: B · H · W · C. */
  size: number;
  /** `synapse` only: exact synaptic operations by time step (padding and fan-out counted), `[T]`. */
  operations?: number[];
}

/** Results of `probe` for one layer of neurons that spike, by time step. */
export interface LayerProbe {
  layer: string;
  /** Share of neurons that fire, `[T]`. */
  spikeRate: number[];
  /** Norm of the gradient that reaches the potential through the firing function, `[T]`. */
  gradientNorm: number[];
  /** Share of potentials where the surrogate is not 0, `[T]`. */
  windowDensity: number[];
  /** Share of negative SGS scales, `[T]`. */
  negativeScales: number[];
  /** Share of neurons that fire for no example at no step, and for every example at every step. */
  dead: number;
  saturated: number;
  /** Share of neurons that fire at this step for no example, and for every example, `[T]`. */
  deadAt: number[];
  saturatedAt: number[];
  /** Potentials and spikes of the neurons asked for, first example of the batch. */
  traces?: { neuron: number; v: number[]; o: number[] }[];
}

/** Options of `probe`. */
export interface ProbeOptions {
  /** Neurons to trace by layer: flat indices into `[H, W, C]`. */
  traces?: Record<string, number[]>;
}

/** All that a training continues from. */
export interface ModelState {
  /** Parameters and running statistics, named as in `parameterSpecs`. */
  weights: TensorMap;
  /** Optimizer slots, `<parameter>/m`, `<parameter>/v` (Adam) or `<parameter>/momentum` (SGD). */
  optimizer: TensorMap;
  /** Updates made so far. */
  updates: number;
}

/** Numbers of the gradient through the spikes that a rule of the experiment gives, for a while: an epoch. */
export interface Tuning {
  /** The surrogate's shape parameter. */
  parameter?: number;
  /** Strength δ of SGS: of all layers, or by the names of layers, the others 0. */
  delta?: number | Record<string, number>;
}

/** A network with weights on an engine. */
export interface Model {
  readonly network: Network;
  readonly settings: ModelSettings;
  /** One update on a batch. */
  trainStep(batch: Batch, learningRate: number): Promise<StepResult>;
  /** Loss and gradients in training mode; changes nothing. */
  gradients(batch: Batch): Promise<GradientResult>;
  /** Inference; with `activity`, what the energy model needs. */
  evaluate(batch: Batch, options?: { activity?: boolean }): Promise<Evaluation>;
  /** One forward and backward pass looked at from inside; changes nothing. */
  probe(batch: Batch, options?: ProbeOptions): Promise<LayerProbe[]>;
  /** Sets numbers of the gradient through the spikes; those left out stay. @throws SettingsError where there is none of them */
  tune(tuning: Tuning): void;
  read(): Promise<ModelState>;
  /** @throws SettingsError when a tensor is missing, unknown or of another shape */
  write(state: ModelState): void;
  dispose(): void;
}

/** Whatever decides the bits of a result besides settings, data and seed: part of every run id. */
export interface Numerics {
  engine: string;
  backend: string;
  /** `plain` or `fma`. */
  build: string;
  /** Raised whenever the engine's arithmetic changes a result. */
  version: number;
  /** True where the same run gives the same bits every time. */
  deterministic: boolean;
}

/** Further settings that decide the memory of a run. */
export interface PeakOptions {
  /** Whether a batch has a frame for each time step; default false: one image stands for all. */
  frames?: boolean;
  /** Examples evaluated in one go; default 0: none are. */
  evaluation?: number;
}

/** A way to run networks. */
export interface Engine {
  readonly numerics: Numerics;
  /** One line for people: what was chosen and why. */
  readonly description: string;
  /** Threads of this process that compute, where the engine has them in its hand; they change no result. */
  readonly threads?: number;
  /** @throws UnsupportedError naming the layer or setting and the engine that can */
  createModel(network: Network, settings: ModelSettings, weights: TensorMap): Model;
  /**
   * Peak bytes of training steps, weights and optimizer included, and of evaluations where some are to be made; known
   * before a training begins. Of a whole run: `peakMemory`.
   */
  peakBytes(
    network: Network,
    settings: ModelSettings,
    batchSize: number,
    options?: PeakOptions,
  ): Promise<number>;
  dispose(): void;
}
