// Signals between layers while a plan is compiled: where a tensor lies and in which form. Layouts: README.md. Tests:
// test/engines/event/inspect.test.ts.
import type { Region } from './memory.js';

interface SignalSize {
  channels: number;
  height: number;
  width: number;
  /** Images: T·B, or B while the signal is the same at every time step. */
  images: number;
  /** True while the signal is the same at every time step. */
  isStatic: boolean;
  /** True when something before it learns, so that a gradient has to reach it. */
  learns: boolean;
  /** True behind a flatten layer that leaves height and width to the linear layer. */
  flattened?: boolean;
}

/** Real values, `[block][images·P][32]`. */
export interface DenseSignal extends SignalSize {
  kind: 'dense';
  region: Region;
  /** Batch norm that is still to be applied: `scale·y + shift` by channel. */
  norm?: Norm;
}

/** Addresses of the vectors of a batch norm, all `32·blocks` floats. */
export interface Norm {
  scale: number;
  shift: number;
  /** For the backward pass: x̂ = hatScale·y + hatShift. */
  hatScale: number;
  hatShift: number;
}

/** Binary spikes, `[plane][block][images·P]` words: one plane, or the three of 2×2-pooled spikes. */
export interface SpikeSignal extends SignalSize {
  kind: 'spikes';
  region: Region;
  planes: 1 | 3;
  /** Share of ones by plane in the current step: filled in while the plan runs, read by the dispatch. */
  shares: Float64Array;
}

/** Currents that the next neuron or ReLU adds up: what a residual block gives. */
export interface SumSignal extends SignalSize {
  kind: 'sum';
  terms: (DenseSignal | SpikeSignal)[];
}

/** Any of the three. */
export type Signal = DenseSignal | SpikeSignal | SumSignal;

/** Pixels of a signal: images · height · width. */
export const pixelsOf = ({
  images,
  height,
  width,
}: Pick<SignalSize, 'images' | 'height' | 'width'>): number => images * height * width;

/** Partial sums Σ g and Σ g·x̂ of a gradient for one batch norm: 96 doubles a unit, see ops/neurons.ts. */
export interface GradientSums {
  region: Region;
  /** Units of each block. */
  units: number;
  /** Where a unit's Σ g·x̂ begins, doubles; Σ g begins at 0. */
  offset: number;
}

/** The gradient of a signal, dense. Who receives it owns it, and gives its memory back. */
export interface Gradient {
  region: Region;
  /** Above 1: the gradient is that of the signal's average pool, still to be spread. */
  poolHeight: number;
  poolWidth: number;
  /** True when it was added to the sink that was given, and has no memory of its own. */
  added?: boolean;
  /** Sums for the batch norms that the signal is made of, where the op that made the gradient has them. */
  sums?: Map<Norm, GradientSums>;
}
