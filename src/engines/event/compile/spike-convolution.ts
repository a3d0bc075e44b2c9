// Compiles a convolution of spikes: forward and weight gradient by lists or lookup, as the density of the step says.
import { chooseKernel, CROSSOVER, denseIsCheaper } from '../dispatch.js';
import { blocksOf, LANES } from '../geometry.js';
import type { Region } from '../memory.js';
import type { Op } from '../op.js';
import { PLANE_WORTH, scaledCopy, sumPartials } from '../ops/planes.js';
import { averageOfPlanes } from '../ops/pool.js';
import {
  listWeightsFit,
  slicesOf,
  spikeForward,
  type SpikeKernel,
  spikeWeights,
} from '../ops/spike-convolution.js';
import { winogradFits, winogradForward, winogradForwardBytes } from '../ops/winograd.js';
import { pixelsOf, type SpikeSignal } from '../signal.js';
import type { Site } from './compiler.js';

const KERNELS: SpikeKernel[] = ['list', 'lookup'];

/** Where the planes of a signal lie and how large they are. */
function planesOf(input: SpikeSignal): {
  count: number;
  blocks: number;
  stride: number;
  words(plane: number): number;
} {
  const blocks = blocksOf(input.channels);
  const stride = pixelsOf(input) * 4;
  return { count: input.planes, blocks, stride, words: (p) => input.region.address + p * blocks * stride };
}

/** Emits `y = Σ over planes of worth · conv(plane)` with the bias. */
export function spikesForward({ compiler, layer, geometry, output }: Site, input: SpikeSignal): void {
  const planes = planesOf(input);
  const { floats } = compiler.options.parameters.byName.get(`${layer.name}.weight`)!;
  const master = compiler.parameter(`${layer.name}.weight`);
  const copies: Region[] = [];
  const options = Array.from({ length: planes.count }, (_, p) => {
    let weights = master;
    if (p < planes.count - 1) {
      const copy = compiler.alloc(floats * 4);
      copies.push(copy);
      compiler.run(scaledCopy(master, copy.address, floats, PLANE_WORTH[p]));
      weights = copy.address;
    }
    const operands = {
      ...{ geometry, images: input.images, words: planes.words(p), wordsStride: planes.stride, weights },
      ...{ blocks: planes.blocks, rows: planes.blocks * LANES, outBlocks: blocksOf(layer.out) },
      ...{ y: output.region.address, yStride: pixelsOf(output) * LANES * 4 },
      ...{ bias: layer.bias ? compiler.parameter(`${layer.name}.bias`) : 0, accumulate: p > 0 },
    };
    return { list: spikeForward('list', operands), lookup: spikeForward('lookup', operands) };
  });
  const dense = pooledForward({ compiler, layer, geometry, input, output }, input, copies);
  compiler.host(
    () =>
      dense && denseIsCheaper(input.shares, CROSSOVER)
        ? dense
        : options.map((ways, p) => ways[chooseKernel(input.shares[p], CROSSOVER.forward)]),
    [...(dense ?? []), ...options.flatMap((ways) => KERNELS.map((kernel) => ways[kernel]))],
  );
  for (const copy of copies) compiler.drop(copy);
}

/** The same from the averages themselves, where that can be faster; its memory is among the `copies`. */
function pooledForward(
  { compiler, layer, geometry, output }: Site,
  input: SpikeSignal,
  copies: Region[],
): Op[] | undefined {
  if (input.planes === 1 || !winogradFits(geometry, input.channels, layer.out)) return undefined;
  const shape = { geometry, in: input.channels, out: layer.out };
  const pixels = pixelsOf(input);
  const averages = compiler.allocDense(input.channels, pixels);
  const packed = compiler.alloc(winogradForwardBytes(shape));
  copies.push(averages, packed);
  const operands = {
    ...{ ...shape, images: input.images, packed: packed.address, accumulate: false },
    ...{ source: averages.address, sourceStride: pixels * LANES * 4 },
    ...{ target: output.region.address, targetStride: pixelsOf(output) * LANES * 4 },
    bias: layer.bias ? compiler.parameter(`${layer.name}.bias`) : 0,
  };
  const master = compiler.parameter(`${layer.name}.weight`);
  return [
    averageOfPlanes(input.channels, pixels, input.region.address, averages.address),
    ...winogradForward(operands, master),
  ];
}

/** Emits the gradient of the weights. */
export function spikesWeights(
  { compiler, layer, geometry, output }: Site,
  input: SpikeSignal,
  dy: Region,
): void {
  const planes = planesOf(input);
  const { floats } = compiler.options.parameters.byName.get(`${layer.name}.weight`)!;
  const slices = slicesOf(input.images, floats * 4);
  const partial = compiler.alloc(planes.count * slices * floats * 4);
  const options = Array.from({ length: planes.count }, (_, p) => {
    const operands = {
      ...{ geometry, images: input.images, words: planes.words(p), wordsStride: planes.stride },
      ...{ blocks: planes.blocks, rows: planes.blocks * LANES, outBlocks: blocksOf(layer.out) },
      ...{ dy: dy.address, dyStride: pixelsOf(output) * LANES * 4, slices, sliceBytes: floats * 4 },
      gradient: partial.address + p * slices * floats * 4,
    };
    return { list: spikeWeights('list', operands), lookup: spikeWeights('lookup', operands) };
  });
  const fits = listWeightsFit(geometry);
  compiler.host(
    () => options.map((ways, p) => ways[fits ? chooseKernel(input.shares[p], CROSSOVER.weights) : 'lookup']),
    options.flatMap((ways) => (fits ? KERNELS : (['lookup'] as const)).map((kernel) => ways[kernel])),
  );
  const gradient = compiler.gradient(`${layer.name}.weight`);
  compiler.run(sumPartials(partial.address, { planes: input.planes, slices, floats }, gradient));
  compiler.drop(partial);
}
