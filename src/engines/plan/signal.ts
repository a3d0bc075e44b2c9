// Signals between layers while a plan is compiled: where a tensor lies and in which form. Layouts: ../event/README.md. Tests:
// test/engines/plan/inspect.test.ts.
import type { Region } from './arena.js';
import { blocksOf, LANES } from './geometry.js';

/** The size of a signal, and what it stands for. */
export interface SignalSize {
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

/** The vectors of a batch norm, one after the other, all `32·blocks` floats: see {@link NORM_VECTORS}. */
export interface Norm {
  channels: number;
  vectors: Region;
}

/**
 * What lies in the region of a norm: forward `scale·y + shift`; for the backward pass `x̂ = hatScale·y + hatShift`, and, once the
 * sums of the gradient are known, `dy = a·g + b·y + c`.
 */
export const NORM_VECTORS = ['scale', 'shift', 'hatScale', 'hatShift', 'a', 'b', 'c'] as const;
/** The name of one of them. */
export type NormVector = (typeof NORM_VECTORS)[number];

/** Bytes of the region of a norm. */
export const normBytes = (channels: number): number => NORM_VECTORS.length * blocksOf(channels) * LANES * 4;

/** Address of one of the vectors of a norm. */
export const normVector = ({ channels, vectors }: Norm, name: NormVector): number =>
  vectors.address + NORM_VECTORS.indexOf(name) * blocksOf(channels) * LANES * 4;

/** Binary spikes, `[plane][block][images·P]` words: one plane, or, on engines that have them, the three of 2×2-pooled spikes. */
export interface SpikeSignal extends SignalSize {
  kind: 'spikes';
  region: Region;
  planes: 1 | 3;
}

/** Currents that the next neuron or ReLU adds up: what a residual block gives. */
export interface SumSignal extends SignalSize {
  kind: 'sum';
  terms: (DenseSignal | SpikeSignal)[];
}

/** Any of the three. */
export type Signal = DenseSignal | SpikeSignal | SumSignal;

/** Terms of a current: one or two, the first dense. */
export type Terms = [DenseSignal] | [DenseSignal, DenseSignal | SpikeSignal];

/** Pixels of a signal: images · height · width. */
export const pixelsOf = ({
  images,
  height,
  width,
}: Pick<SignalSize, 'images' | 'height' | 'width'>): number => images * height * width;

/** All regions that a signal lies in. */
export const regionsOf = (signal: Signal): Region[] =>
  signal.kind === 'sum' ? signal.terms.map(({ region }) => region) : [signal.region];

/**
 * Partial sums of a gradient by channel, unit by unit of each block: Σ g, then Σ g·x̂ of the first and of the second term, 32 numbers
 * each (float64 or float32, as the engine sums).
 */
export interface PartialSums {
  region: Region;
  /** Units of each block. */
  units: number;
}

/** The sums of a gradient for one batch norm. */
export interface GradientSums extends PartialSums {
  /** The term to which the batch norm belongs. */
  term: 0 | 1;
}

/** The gradient of a signal, dense. The receiver owns it, and frees its memory. */
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
