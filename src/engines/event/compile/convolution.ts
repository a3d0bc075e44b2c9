// Compiles convolutions and linear layers (a linear layer is a convolution whose kernel covers the whole input).
// Tests: test/engines/event/model.test.ts.
import { convolutionGeometry } from '../../../network/geometry.js';
import type { Conv2d, Linear } from '../../../network/layers.js';
import { mergeSums } from '../batch-norm.js';
import { blocksOf } from '../geometry.js';
import type { Region } from '../memory.js';
import { channelSums, chunkUnits } from '../ops/batch-norm.js';
import { type DenseSignal, type Gradient, pixelsOf, type SpikeSignal } from '../signal.js';
import { countSynapses } from './activity.js';
import type { Compiled, Compiler, Site } from './compiler.js';
import { denseForward, denseInput, denseWeights } from './dense-convolution.js';
import { spreadPool } from './pool.js';
import { spikesForward, spikesWeights } from './spike-convolution.js';

/** Compiles a convolution or a linear layer over plain values or spikes. */
export function compileConvolution(
  compiler: Compiler,
  layer: Conv2d | Linear,
  input: DenseSignal | SpikeSignal,
): Compiled {
  const { height, width } = input;
  const kernel =
    layer.type === 'linear'
      ? { kernelHeight: height, kernelWidth: width, stride: 1, padding: 0 }
      : { ...layer, kernelHeight: layer.kernel, kernelWidth: layer.kernel };
  const geometry = convolutionGeometry([height, width], kernel);
  const size = {
    ...{ height: geometry.outHeight, width: geometry.outWidth, channels: layer.out },
    ...{ images: input.images, isStatic: input.isStatic, learns: true },
  };
  const region = compiler.allocDense(layer.out, pixelsOf(size));
  const site: Site = { compiler, layer, geometry, input, output: { kind: 'dense', region, ...size } };
  countSynapses(site);
  if (input.kind === 'spikes') spikesForward(site, input);
  else denseForward(site, input);
  if (!compiler.training) return { output: site.output, backward: () => undefined };
  compiler.keep(input.region);
  return { output: site.output, backward: (gradient, sink) => backward(site, gradient, sink) };
}

/** Gradients of weights and bias, and of the input where somebody needs it: added to `sink` where that can be. */
function backward(site: Site, gradient: Gradient, sink?: Region): Gradient | undefined {
  const { compiler, layer, input } = site;
  const { region: dy } = spreadPool(compiler, gradient, site.output);
  if (input.kind === 'spikes') spikesWeights(site, input, dy);
  else denseWeights(site, input, dy);
  if (layer.bias) biasGradient(site, dy);
  compiler.drop(input.region);
  let dx: Region | undefined;
  if (input.learns) {
    const into = sink === dy ? undefined : sink; // units still read dY while others write dX
    dx = into ?? compiler.allocDense(input.channels, pixelsOf(input));
    denseInput(site, dy, dx, into !== undefined);
  }
  compiler.drop(dy);
  return dx && { region: dx, poolHeight: 1, poolWidth: 1, added: dx === sink };
}

function biasGradient({ compiler, layer, output }: Site, dy: Region): void {
  const units = chunkUnits(layer.out, pixelsOf(output));
  const partial = compiler.alloc(units * 256);
  compiler.run(channelSums(dy.address, layer.out, pixelsOf(output), partial.address));
  const gradient = compiler.gradient(`${layer.name}.bias`);
  compiler.host((host) => {
    const doubles = host.doubles(partial.address, units * 32);
    const perBlock = units / blocksOf(layer.out);
    host.floats(gradient, layer.out).set(mergeSums(doubles, perBlock, layer.out, 32, 0));
  });
  compiler.drop(partial);
}
