// Chooses the kernel that convolves spikes: lists below a spike rate, grouped lookup above it; pooled spikes that are dense in
// more than one plane as real values. A pure function of the layer and of a density, never of threads or timing, so that results
// stay bit-identical: in training that of the whole layer, in inference that of each image (lower/by-image.ts).
import type { SpikeKernel } from './ops/spike-convolution.js';

/** Where the two kernels cost the same, as a share of spikes. Measured by `bench/kernels/spikes.ts`. */
export interface Crossover {
  forward: number;
  weights: number;
  /** Cost of a dense convolution of pooled spikes, in sweeps by lookup. */
  dense: number;
}

/** The crossovers that ship with the package; part of the numerics (a change raises their version). */
export const CROSSOVER: Crossover = { forward: 0.19, weights: 0.2, dense: 1.5 };

/**
 * The kernel for a layer whose input has this share of spikes.
 *
 * @param share - spikes / (pixels · channels) of the layer's whole input in this step, all time steps together; in
 *   inference of one image at one time step
 */
export const chooseKernel = (share: number, crossover: number): SpikeKernel =>
  share < crossover ? 'list' : 'lookup';

/**
 * True where the planes of pooled spikes together cost more than one dense convolution of the averages. A plane costs a
 * sweep by lookup, or as much less as its share is below the crossover.
 */
export const denseIsCheaper = (shares: Float64Array, { forward, dense }: Crossover): boolean =>
  shares.reduce((sum, share) => sum + Math.min(1, share / forward), 0) > dense;
