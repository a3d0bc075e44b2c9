// Compiles convolutions and linear layers (a linear layer is a convolution whose kernel covers the whole input).
// Tests: test/engines/event/model.test.ts.
import { convolutionGeometry } from '../../network/geometry.js';
import type { Conv2d, Layer, Linear } from '../../network/layers.js';
import type { Region } from './arena.js';
import type { ConvolutionSite } from './ops.js';
import type { Compiled, Planner } from './planner.js';
import { spreadPool } from './pool.js';
import { type DenseSignal, type Gradient, pixelsOf, type SpikeSignal } from './signal.js';

/** Compiles a convolution or a linear layer over plain values or spikes. */
export function compileConvolution(
  planner: Planner,
  layer: Conv2d | Linear,
  input: DenseSignal | SpikeSignal,
  next?: Layer,
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
  const normFollows = planner.training && (next?.type === 'batchNorm' || next?.type === 'scaledNorm');
  const site: ConvolutionSite = { layer, geometry, input, output: size, normFollows };
  if (planner.options.activity) planner.ops.countSynapses(site);
  const output = planner.ops.conv(site);
  if (!planner.training) return { output, backward: () => undefined };
  planner.keep(input.region);
  return { output, backward: (gradient, sink) => backward(planner, site, gradient, sink) };
}

/** Gradients of weights and bias, and of the input where it is needed: added to `sink` where that can be. */
function backward(
  planner: Planner,
  site: ConvolutionSite,
  gradient: Gradient,
  sink?: Region,
): Gradient | undefined {
  const { layer, input, output } = site;
  const { region: dy } = spreadPool(planner, gradient, output);
  planner.ops.convWeights(site, dy);
  if (layer.bias) planner.ops.biasGradient(site, dy);
  planner.drop(input.region);
  let dx: Region | undefined;
  if (input.learns) {
    const into = sink === dy ? undefined : sink; // dY is still read while dX is written
    dx = into ?? planner.allocDense(input.channels, pixelsOf(input));
    planner.ops.convInput(site, dy, dx, into !== undefined);
  }
  planner.drop(dy);
  return dx && { region: dx, poolHeight: 1, poolWidth: 1, added: dx === sink };
}
