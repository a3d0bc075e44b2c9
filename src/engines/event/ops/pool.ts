// Pools of spikes and of real values, and their gradients.
import { blocksOf } from '../../plan/geometry.js';
import { kernelArguments } from '../kernel-arguments.js';
import type { Op } from '../op.js';

/** Output pixels that one unit of `poolPlanes` handles. */
const CHUNK = 4096;

/** Input of a pool. */
export interface Pooled {
  channels: number;
  images: number;
  height: number;
  width: number;
}

const pixelsAfter = ({ images, height, width }: Pooled): number =>
  images * Math.floor(height / 2) * Math.floor(width / 2);

/** Units of {@link poolPlanes}. */
export const planeUnits = (pooled: Pooled): number =>
  blocksOf(pooled.channels) * Math.ceil(pixelsAfter(pooled) / CHUNK);

/**
 * The 2×2 average of spikes `[block][N·P]` as three bit planes of the count, `[plane][block][N·P']`, worth ¼, ½ and 1.
 * A remainder at the edge is dropped. At `counts` three u32 a unit: how many ones each plane has.
 */
export const poolPlanes = (p: Pooled, words: number, planes: number, counts: number): Op => ({
  kernel: 'poolPlanes',
  args: kernelArguments('poolPlanes', {
    ...p,
    words,
    planes,
    counts,
    chunk: CHUNK,
    blocks: blocksOf(p.channels),
  }),
  units: planeUnits(p),
  scratch: 0,
});

/** The average of spikes over `poolHeight × poolWidth` blocks, dense `[block][N·P'][32]`. */
export const averageSpikes = (
  p: Pooled & { poolHeight: number; poolWidth: number },
  words: number,
  target: number,
): Op => ({
  kernel: 'averageSpikes',
  args: kernelArguments('averageSpikes', { ...p, words, target }),
  units: blocksOf(p.channels) * p.images,
  scratch: 0,
});

/** What the planes of {@link poolPlanes} stand for, dense `[block][pixel][32]`: exact. */
export const averageOfPlanes = (channels: number, pixels: number, planes: number, target: number): Op => ({
  kernel: 'averageOfPlanes',
  args: kernelArguments('averageOfPlanes', {
    planes,
    target,
    pixels,
    blocks: blocksOf(channels),
    chunk: CHUNK,
  }),
  units: blocksOf(channels) * Math.ceil(pixels / CHUNK),
  scratch: 0,
});

/** A pool of any size. */
export interface PoolShape extends Pooled {
  poolHeight: number;
  poolWidth: number;
}

const perImage = (kernel: string, p: PoolShape, args: number[]): Op => ({
  kernel,
  args,
  units: blocksOf(p.channels) * p.images,
  scratch: 0,
});

/** Average of real values: `source` `[block][N·P][32]`, `target` `[block][N·P'][32]`. */
export const averageDense = (p: PoolShape, source: number, target: number): Op =>
  perImage('averageDense', p, kernelArguments('pool', { ...p, source, target }));

/** The gradient of an average pool's input from that of its output. */
export const averageBackward = (p: PoolShape, gradient: number, target: number): Op =>
  perImage('averageBackward', p, kernelArguments('pool', { ...p, source: gradient, target }));

/** Maximum of real values. */
export const maxDense = (p: PoolShape, source: number, target: number): Op =>
  perImage('maxDense', p, kernelArguments('pool', { ...p, source, target }));

/** The gradient of a max pool's input `source`: to the first of the largest, in row order. */
export const maxDenseBackward = (p: PoolShape, gradient: number, target: number, source: number): Op =>
  perImage('maxDenseBackward', p, kernelArguments('maxBackward', { ...p, gradient, target, source }));

/** Maximum of spikes, words to words; at `counts` the ones of each unit (a block of an image), u32. */
export const maxSpikes = (p: PoolShape, words: number, target: number, counts: number): Op =>
  perImage('maxSpikes', p, kernelArguments('maxSpikes', { ...p, source: words, target, counts }));

/** The gradient of {@link maxSpikes}: to the first spike, or the first pixel where a block has none. Dense. */
export const maxSpikesBackward = (p: PoolShape, gradient: number, target: number, words: number): Op =>
  perImage('maxSpikesBackward', p, kernelArguments('maxBackward', { ...p, gradient, target, source: words }));
