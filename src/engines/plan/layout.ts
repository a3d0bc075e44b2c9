// Between plain row-major arrays and the engine's blocks of 32 channels. The layouts are described in README.md.
import type { Geometry } from '../../network/geometry.js';
import { blocksOf, LANES } from './geometry.js';

/** Copies `[pixels][channels]` values into the dense layout `[block][pixels][32]`; padding channels become 0. */
export function toDense(values: ArrayLike<number>, channels: number, target: Float32Array): void {
  const pixels = values.length / channels;
  target.fill(0, 0, blocksOf(channels) * pixels * LANES);
  for (let p = 0; p < pixels; p++)
    for (let c = 0; c < channels; c++) target[denseIndex(p, c, pixels)] = values[p * channels + c];
}

/** The other way: `[block][pixels][32]` → `[pixels][channels]`. */
export function fromDense(dense: Float32Array, channels: number, pixels: number): Float32Array {
  const values = new Float32Array(pixels * channels);
  for (let p = 0; p < pixels; p++)
    for (let c = 0; c < channels; c++) values[p * channels + c] = dense[denseIndex(p, c, pixels)];
  return values;
}

/** Where the dense layout keeps a channel of a pixel. */
export const denseIndex = (pixel: number, channel: number, pixels: number): number =>
  (Math.floor(channel / LANES) * pixels + pixel) * LANES + (channel % LANES);

/** Packs zeros and ones `[pixels][channels]` into words `[block][pixels]`. */
export function toWords(spikes: ArrayLike<number>, channels: number, target: Uint32Array): void {
  const pixels = spikes.length / channels;
  target.fill(0, 0, blocksOf(channels) * pixels);
  for (let p = 0; p < pixels; p++)
    for (let c = 0; c < channels; c++)
      if (spikes[p * channels + c]) target[Math.floor(c / LANES) * pixels + p] |= 1 << (c % LANES);
}

/** The spike, 0 or 1, of a channel of a pixel in words `[block][pixels]`. */
export const spikeAt = (words: Uint32Array, pixel: number, channel: number, pixels: number): number =>
  (words[Math.floor(channel / LANES) * pixels + pixel] >>> (channel % LANES)) & 1;

/** Sizes of a convolution's weights. */
export interface WeightShape extends Pick<Geometry, 'kernelHeight' | 'kernelWidth'> {
  in: number;
  out: number;
}

/** Floats that the weights take in the master layout, padding included. */
export const weightFloats = (w: WeightShape): number =>
  blocksOf(w.out) * w.kernelHeight * w.kernelWidth * blocksOf(w.in) * LANES * LANES;

/**
 * Calls back with the index of every weight in the named layout and in the master layout. Named: `[out, in, ky, kx]`
 * for a convolution; `[out, ky, kx, in]` for a linear layer over a flattened `[H, W, C]`, which here is a convolution
 * whose kernel covers the whole input.
 */
export function eachWeight(
  w: WeightShape,
  kind: 'conv2d' | 'linear',
  visit: (named: number, master: number) => void,
): void {
  const taps = w.kernelHeight * w.kernelWidth;
  const rows = blocksOf(w.in) * LANES;
  for (let o = 0; o < w.out; o++)
    for (let tap = 0; tap < taps; tap++)
      for (let i = 0; i < w.in; i++) {
        const named = kind === 'conv2d' ? (o * w.in + i) * taps + tap : (o * taps + tap) * w.in + i;
        visit(named, ((Math.floor(o / LANES) * taps + tap) * rows + i) * LANES + (o % LANES));
      }
}

/** Copies named weights into the master layout; padding becomes 0. */
export function toMaster(
  named: ArrayLike<number>,
  w: WeightShape,
  kind: 'conv2d' | 'linear',
  master: Float32Array,
): void {
  master.fill(0, 0, weightFloats(w));
  eachWeight(w, kind, (from, to) => (master[to] = named[from]));
}

/** The other way. */
export function fromMaster(master: Float32Array, w: WeightShape, kind: 'conv2d' | 'linear'): Float32Array {
  const named = new Float32Array(w.in * w.out * w.kernelHeight * w.kernelWidth);
  eachWeight(w, kind, (to, from) => (named[to] = master[from]));
  return named;
}
