// What travels between layers while a plan is compiled: where a tensor lies and in which form. Layouts: README.md.
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
export const pixelsOf = ({ images, height, width }: SignalSize): number => images * height * width;

/** The gradient of a signal, dense; `pool` > 1: of its average pool, still to be spread. */
export interface Gradient {
  region: Region;
  poolHeight: number;
  poolWidth: number;
  /** Per-unit partial sums Σ g and Σ g·x̂ by term, where the op that made the gradient has them. */
  partials?: Region;
}
