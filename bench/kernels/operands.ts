// A 3 × 3 convolution of random spikes, laid out in a memory for the kernels of the event engine.
import { blocksOf, LANES } from '../../src/engines/plan/geometry.js';
import type { SpikeForward } from '../../src/engines/event/ops/spike-convolution.js';
import { convolutionGeometry } from '../../src/network/geometry.js';
import { stream } from '../../src/random.js';

/** Channels in and out, and height and width. */
export interface Shape {
  in: number;
  out: number;
  size: number;
}

/** Memory to lay operands out in. */
export interface Room {
  /** An address of zeroed memory. */
  alloc(bytes: number): number;
  floats(address: number, count: number): Float32Array;
}

/** The forward operands of a convolution, its weights filled; the spikes are still none. */
export function spikeOperands(shape: Shape, images: number, room: Room): SpikeForward {
  const pixels = images * shape.size ** 2;
  const [blocks, outBlocks] = [blocksOf(shape.in), blocksOf(shape.out)];
  const weights = room.alloc(9 * shape.in * shape.out * 4);
  fillNormal(room.floats(weights, 9 * shape.in * shape.out));
  return {
    geometry: convolutionGeometry([shape.size, shape.size], {
      ...{ kernelHeight: 3, kernelWidth: 3, stride: 1, padding: 1 },
    }),
    ...{ images, words: room.alloc(blocks * pixels * 4), wordsStride: pixels * 4 },
    ...{ blocks, rows: shape.in, outBlocks, weights },
    ...{ y: room.alloc(outBlocks * pixels * LANES * 4), yStride: pixels * LANES * 4 },
    ...{ bias: 0, accumulate: false },
  };
}

/** Fills with small normal values. */
export function fillNormal(values: Float32Array): void {
  const { normal } = stream(1, 'probe', 'weights');
  for (let i = 0; i < values.length; i++) values[i] = 0.1 * normal();
}

/** Fills with spikes at a rate. */
export function fillSpikes(words: Uint32Array, rate: number): void {
  const { uniform } = stream(1, 'probe', 'spikes');
  for (let i = 0; i < words.length; i++) {
    let word = 0;
    for (let bit = 0; bit < LANES; bit++) word |= Number(uniform() < rate) << bit;
    words[i] = word;
  }
}
