// Lowers a convolution of spikes: forward and weight gradient by lists or lookup, as the density of the step says; in
// inference as that of each image says (by-image.ts). Tests: test/engines/event/model.test.ts.
import { chooseKernel, CROSSOVER, denseIsCheaper } from '../dispatch.js';
import { blocksOf, LANES } from '../../plan/geometry.js';
import type { Region } from '../../plan/arena.js';
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
import type { ConvolutionSite } from '../../plan/ops.js';
import { type DenseSignal, pixelsOf, type SpikeSignal } from '../../plan/signal.js';
import type { Compiler } from '../compiler.js';
import { forwardByImage, type Images, type Ways } from './by-image.js';

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
export function spikesForward(
  compiler: Compiler,
  site: ConvolutionSite,
  input: SpikeSignal,
  output: DenseSignal,
): void {
  const { layer, geometry } = site;
  const planes = planesOf(input);
  const { floats } = compiler.options.parameters.byName.get(`${layer.name}.weight`)!;
  const master = compiler.parameter(`${layer.name}.weight`).address;
  const copies: Region[] = [];
  const weights = Array.from({ length: planes.count }, (_, p) => {
    if (p === planes.count - 1) return master;
    const copy = compiler.alloc(floats * 4);
    copies.push(copy);
    compiler.run(scaledCopy(master, copy.address, floats, PLANE_WORTH[p]));
    return copy.address;
  });
  const plane: Ways['plane'] = (kernel, p, of) =>
    spikeForward(kernel, {
      ...{ ...of, geometry, words: planes.words(p), wordsStride: planes.stride, weights: weights[p] },
      ...{ blocks: planes.blocks, rows: planes.blocks * LANES, outBlocks: blocksOf(layer.out) },
      ...{ y: output.region.address, yStride: pixelsOf(output) * LANES * 4 },
      ...{ bias: layer.bias ? compiler.parameter(`${layer.name}.bias`).address : 0, accumulate: p > 0 },
    });
  const ways: Ways = { plane, dense: pooledForward(compiler, site, input, { output, copies }) };
  const all: Images = { images: input.images, which: 0 };
  const candidates = Array.from({ length: planes.count }, (_, p) =>
    KERNELS.map((k) => plane(k, p, all)),
  ).flat();
  candidates.push(...(ways.dense?.(all) ?? []));
  if (compiler.training) {
    const shares = compiler.shares.get(input.region)!;
    compiler.host(() => ofWholeLayer(shares, ways, all), candidates);
  } else {
    forwardByImage(compiler, input, ways, candidates);
  }
  for (const copy of copies) compiler.drop(copy);
}

/** The ops that the density of the whole layer chooses. */
function ofWholeLayer(shares: Float64Array, { plane, dense }: Ways, all: Images): Op[] {
  if (dense && denseIsCheaper(shares, CROSSOVER)) return dense(all);
  return Array.from(shares, (share, p) => plane(chooseKernel(share, CROSSOVER.forward), p, all));
}

/** The same from the averages themselves, where that can be faster; its memory is among the `copies`. */
function pooledForward(
  compiler: Compiler,
  { layer, geometry }: ConvolutionSite,
  input: SpikeSignal,
  { output, copies }: { output: DenseSignal; copies: Region[] },
): Ways['dense'] {
  if (input.planes === 1 || !winogradFits(geometry, input.channels, layer.out)) return undefined;
  const shape = { geometry, in: input.channels, out: layer.out };
  const pixels = pixelsOf(input);
  const averages = compiler.allocDense(input.channels, pixels);
  const packed = compiler.alloc(winogradForwardBytes(shape));
  copies.push(averages, packed);
  const operands = {
    ...{ ...shape, packed: packed.address, accumulate: false },
    ...{ source: averages.address, sourceStride: pixels * LANES * 4 },
    ...{ target: output.region.address, targetStride: pixelsOf(output) * LANES * 4 },
    bias: layer.bias ? compiler.parameter(`${layer.name}.bias`).address : 0,
  };
  const master = compiler.parameter(`${layer.name}.weight`).address;
  return (of) => [
    averageOfPlanes(input.channels, pixels, input.region.address, averages.address),
    ...winogradForward({ ...operands, ...of }, master),
  ];
}

/** Emits the gradient of the weights. */
export function spikesWeights(
  compiler: Compiler,
  { layer, geometry, output }: ConvolutionSite,
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
  const shares = compiler.shares.get(input.region)!;
  compiler.host(
    () => options.map((ways, p) => ways[fits ? chooseKernel(shares[p], CROSSOVER.weights) : 'lookup']),
    options.flatMap((ways) => (fits ? KERNELS : (['lookup'] as const)).map((kernel) => ways[kernel])),
  );
  const gradient = compiler.gradient(`${layer.name}.weight`).address;
  compiler.run(sumPartials(partial.address, { planes: input.planes, slices, floats }, gradient));
  compiler.drop(partial);
}
