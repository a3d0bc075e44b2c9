// A pass through a network as its layers see it: their inputs besides the signal, their outputs, and the observers.
import type { Geometry } from '../../network/geometry.js';
import type { Conv2d, Linear, Network } from '../../network/layers.js';
import type { PlacedLayer } from '../../network/shapes.js';
import type { LayerMoments } from '../../learning/losses/neuron-terms.js';
import type { ModelSettings } from '../engine.js';
import type { Judging } from '../judging.js';
import type { See } from '../probe.js';
import type { ChannelMoments } from './batch-norm.js';

/** Inputs of a forward pass besides network and weights. */
export type ForwardSettings = Pick<ModelSettings, 'steps' | 'neuron' | 'batchNorm'>;

/** A signal, `[T·B, H, W, C]`, and the way back: from the gradient of this signal to that of the one it was made from. */
export interface Traced {
  y: Float64Array;
  back(dy: Float64Array): Float64Array;
}

/** The gradients of a layer's input and, by suffix, of its parameters. */
export interface Gradients {
  x: Float64Array;
  learned?: Readonly<Record<string, Float64Array>>;
}

/** Output of a layer, and its backward pass. */
export interface LayerRun {
  y: Float64Array;
  back(dy: Float64Array): Gradients;
}

/** Potentials before the reset and spikes, `[steps][neurons]`; in inference, as `o`, what the neurons give. */
export interface SeenNeurons {
  steps: number;
  v: Float64Array;
  o: Float64Array;
}

/** See the head of the file. */
export interface Pass {
  network: Network;
  settings: ForwardSettings;
  /** Its layers by name. */
  placed: ReadonlyMap<string, PlacedLayer>;
  /** Batch size B. */
  batch: number;
  /** Batch norms use the moments of the batch; else the running ones. */
  training: boolean;
  parameter(name: string): ArrayLike<number>;
  /** What judges layers of neurons, where terms of the loss do, with the moments of each. */
  judging?: Judging & { onMoments(moments: LayerMoments): void };
  /** Takes the gradient of a parameter. */
  onGradient?(name: string, gradient: Float64Array): void;
  /** Takes what running statistics move towards, mean and unbiased variance, once for each move. */
  onStatistics?(layer: string, statistics: ChannelMoments): void;
  /** Sees the input of every convolution and linear layer, and where its kernel goes. */
  onSynapses?(layer: Conv2d | Linear, input: ArrayLike<number>, geometry: Geometry): void;
  /** Gives what layers of neurons hand on in place of what they give: a probe's. Their own resets see what they gave. */
  handsOn?(layer: string, given: Float64Array): Float64Array;
  /** Takes the gradient of what a layer of neurons hands on. */
  onHandedOn?(layer: string, gradient: Float64Array): void;
  /** Sees every layer of neurons that spike. */
  onNeurons?(layer: string, seen: SeenNeurons): void;
  /** Sees the same on the way back, and a way back that shows each firing. */
  onFirings?(layer: string, seen: SeenNeurons, back: (see: See) => void): void;
}
