// A layer of neurons as it lies in memory just before its backward pass: the input of `probe`.
import type { NeuronEquations, Values } from '../../equations/index.js';
import type { Pull } from '../../learning/losses/neuron-terms.js';
import type { BatchNormSite } from '../plain/batch-norm.js';
import type { Host } from './host.js';
import type { DenseSignal, Gradient, SpikeSignal } from './signal.js';

/** See the head of the file. */
export interface NeuronSite {
  layer: string;
  steps: number;
  batch: number;
  /** Terms of the current. */
  terms: (DenseSignal | SpikeSignal)[];
  /** Spikes, or something analog. */
  output: DenseSignal | SpikeSignal;
  /** Of what it gives. */
  gradient: Gradient;
  /** Equations and what they learn, where its step is generated. */
  neuron?: NeuronEquations;
  learned?(host: Host): Values;
  /** Of neurons whose potential is normalised: how, with the statistics of the batch. */
  normed?(host: Host): BatchNormSite;
  /** Pull of the terms of the loss. */
  pull?(): Pull | undefined;
  /** Numbers of the equations that each pass sets anew. */
  numbers?(host: Host): Record<string, number>;
}
