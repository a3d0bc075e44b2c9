// Lowers convolutions: of spikes by what their density chooses, of real values directly or by Winograd.
// Tests: test/engines/event/model.test.ts.
import type { Region } from '../../plan/arena.js';
import { blocksOf } from '../../plan/geometry.js';
import type { ConvolutionSite } from '../../plan/ops.js';
import { type DenseSignal, pixelsOf } from '../../plan/signal.js';
import { mergeSums } from '../batch-norm.js';
import type { Compiler } from '../compiler.js';
import { channelSums, chunkUnits } from '../ops/batch-norm.js';
import { denseForward, denseWeights } from './dense-convolution.js';
import { spikesForward, spikesWeights } from './spike-convolution.js';

/** Emits the forward pass. */
export function lowerConv(compiler: Compiler, site: ConvolutionSite): DenseSignal {
  const { input, output: size } = site;
  const output: DenseSignal = {
    kind: 'dense',
    ...size,
    region: compiler.allocDense(size.channels, pixelsOf(size)),
  };
  if (input.kind === 'spikes') spikesForward(compiler, site, input, output);
  else denseForward(compiler, site, input, output);
  return output;
}

/** Emits the gradient of the weights. */
export function lowerConvWeights(compiler: Compiler, site: ConvolutionSite, dy: Region): void {
  const { input } = site;
  if (input.kind === 'spikes') spikesWeights(compiler, site, input, dy);
  else denseWeights(compiler, site, input, dy);
}

/** Emits the gradient of the bias: sums of chunks, which the calling thread merges. */
export function lowerBiasGradient(compiler: Compiler, { layer, output }: ConvolutionSite, dy: Region): void {
  const units = chunkUnits(layer.out, pixelsOf(output));
  const partial = compiler.alloc(units * 256);
  compiler.run(channelSums(dy.address, layer.out, pixelsOf(output), partial.address));
  const { address } = compiler.gradient(`${layer.name}.bias`);
  compiler.host((host) => {
    const doubles = host.doubles(partial.address, units * 32);
    const perBlock = units / blocksOf(layer.out);
    host.floats(address, layer.out).set(mergeSums(doubles, perBlock, layer.out, 32, 0));
  });
  compiler.drop(partial);
}
