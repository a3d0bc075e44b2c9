// Compiles a convolution of spikes: forward and weight gradient by lists or lookup, as the density of the step says.
import { chooseKernel, CROSSOVER } from '../dispatch.js';
import { blocksOf, LANES } from '../geometry.js';
import type { Region } from '../memory.js';
import { PLANE_WORTH, scaledCopy, sumPartials } from '../ops/planes.js';
import {
  listWeightsFit,
  slicesOf,
  spikeForward,
  spikeWeights,
  type SpikeKernel,
} from '../ops/spike-convolution.js';
import { pixelsOf, type SpikeSignal } from '../signal.js';
import type { Site } from './convolution.js';

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
  compiler.host(
    () => options.map((ways, p) => ways[chooseKernel(input.shares[p], CROSSOVER.forward)]),
    options.flatMap((ways) => KERNELS.map((kernel) => ways[kernel])),
  );
  for (const copy of copies) compiler.drop(copy);
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
