// The operations that a plan is made of, by what they mean. Each engine lists the work that they stand for: the event engine kernels
// and functions of the calling thread, others dispatches to a device.
//
// One that gives a signal allocates it; one that makes a gradient is given where. Besides, it may allocate what only its own work
// uses, and drops it. Regions that it reads stay the caller's.
import type { Geometry } from '../../network/geometry.js';
import type { BatchNorm, Conv2d, Layer, Linear, ScaledNorm } from '../../network/layers.js';
import type { LifInForce } from '../../neurons/lif.js';
import type { Region } from './arena.js';
import type { NeuronSite } from './neuron-site.js';
import type {
  DenseSignal,
  Gradient,
  GradientSums,
  Norm,
  PartialSums,
  SignalSize,
  SpikeSignal,
  Terms,
} from './signal.js';

/** A convolution; a linear layer is one whose kernel covers its whole input. */
export interface ConvolutionSite {
  layer: Conv2d | Linear;
  geometry: Geometry;
  input: DenseSignal | SpikeSignal;
  output: SignalSize;
  /** True where the moments of the output are wanted next: a batch norm in training. */
  normFollows: boolean;
}

/** A batch norm. */
export interface NormSite {
  layer: BatchNorm | ScaledNorm;
  input: DenseSignal;
  /** Factor of γ: 1, or alpha·theta of tdBN. */
  gain: number;
  /** Number of equal images that each one stands for: T where the input is static, else 1. */
  repeats: number;
}

/** A layer of LIF neurons with a built-in surrogate. */
export interface NeuronsSite {
  /** Its name. */
  layer: string;
  settings: LifInForce;
  /** Time steps T. */
  steps: number;
  /** B·H·W. */
  positions: number;
  /** The size of the currents. */
  input: SignalSize;
  terms: Terms;
}

/** Currents to be written out. */
export interface CurrentsSite {
  /** The layer that they are for. */
  layer: string;
  input: SignalSize;
  terms: Terms;
  /** Clamp at 0 (ReLU). */
  relu: boolean;
}

/** A pool. A remainder at the edge is dropped. */
export interface PoolSite {
  layer: Layer;
  input: DenseSignal | SpikeSignal;
  output: SignalSize;
  poolHeight: number;
  poolWidth: number;
}

/** Weights that a penalty looks at, as the matrix M: `rows` = taps · inputs (padding included), one column for each output. */
export interface PenalisedWeights {
  name: string;
  weights: Region;
  gradient: Region;
  rows: number;
  out: number;
  /** Outputs beyond the inputs of a kernel: by so much `‖MᵀM − I‖²` is larger than that of the smaller Gram matrix. */
  surplus: number;
}

/** See the head of the file. */
export interface Ops {
  /** `y = conv(x, w) + bias`. */
  conv(site: ConvolutionSite): DenseSignal;
  /** The gradient of the weights. */
  convWeights(site: ConvolutionSite, dy: Region): void;
  /** The gradient of the bias: Σ dy by channel. */
  biasGradient(site: ConvolutionSite, dy: Region): void;
  /** `dx = convᵀ(dy, w)`, or `dx +=` with `accumulate`; never where dy lies. */
  convInput(site: ConvolutionSite, dy: Region, dx: Region, accumulate: boolean): void;

  /**
   * The statistics of the batch, in inference the running ones, as the forward vectors of a norm. Those of the batch are kept: the
   * running ones move towards them after the update.
   */
  norm(site: NormSite): Norm;
  /** Gradients of γ and β, and the backward vectors, from sums over the gradient of what the norm gives. */
  normGradient(site: NormSite, norm: Norm, sums: GradientSums): void;
  /** `target = a·gradient + b·y + c`, the gradient of the norm's input y; the target may be y. */
  normalise(site: NormSite, norm: Norm, gradient: Region, target: Region): void;

  /** Spikes of all steps, `v = τ·u + Σ terms`, each under its norm. */
  neurons(site: NeuronsSite): SpikeSignal;
  /**
   * Backpropagation through time with the gradient of SGS. `dx`: by step, or summed over them where the currents are static; may be
   * the gradient itself where that is of no pool and the currents are not static.
   */
  neuronsGradient(site: NeuronsSite, spikes: SpikeSignal, gradient: Gradient, dx: Region): PartialSums;

  /** `Σ terms`, each under its norm, written out. */
  currents(site: CurrentsSite): DenseSignal;
  /** The gradient of every term; `dx` may be `gradient`. */
  currentsGradient(site: CurrentsSite, gradient: Region, dx: Region): PartialSums;

  /** An average pool, in the form that the engine takes on from there. */
  averagePool(site: PoolSite): DenseSignal | SpikeSignal;
  /** The gradient of an average pool's input from that of its output; 0 at an edge that the pool does not reach. */
  spread(
    site: Pick<PoolSite, 'poolHeight' | 'poolWidth'> & { input: SignalSize },
    from: Region,
    to: Region,
  ): void;
  /** A max pool, of spikes as spikes. */
  maxPool(site: PoolSite): DenseSignal | SpikeSignal;
  /** The gradient of a max pool's input: to the first of the largest, in row order. */
  maxPoolGradient(site: PoolSite, gradient: Region, target: Region): void;
  /** Spikes, or averages of spikes, as numbers. */
  values(spikes: SpikeSignal): DenseSignal;

  /** `target += source`, both a signal of this size. */
  add(size: SignalSize, target: Region, source: Region): void;

  /** The loss of logits (one pixel an example), and in training their gradient. */
  loss(logits: DenseSignal): Region | undefined;
  /** `(beta/2)·Σ‖MᵀM − I‖²` less the surplus, and its gradient `2·beta·M·(MᵀM − I)`, added to that of the loss. */
  penalty(weights: readonly PenalisedWeights[], beta: number): void;
  /** After the update: M moves by `−beta·M·(MᵀM − I)`. */
  parseval(weights: readonly PenalisedWeights[], beta: number): void;

  /** Counts what reaches the synapses of a convolution, step by step: only in plans for activity. */
  countSynapses(site: ConvolutionSite): void;
  /** Counts what a layer of neurons gives, likewise. */
  countSpikes(layer: string, output: DenseSignal | SpikeSignal): void;
  /** Shows a layer of neurons: only in plans for `probe`. */
  show(site: NeuronSite): void;
}
