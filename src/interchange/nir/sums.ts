// Convolutions and linear layers as nodes.
// Tests: test/interchange/nir/to-graph.test.ts.
import type { Shape } from '../../network/geometry.js';
import type { Conv2d, Linear } from '../../network/layers.js';
import { byChannel } from '../convert.js';
import { alone, refuse, type WritingContext } from './context.js';
import { affineNode, conv2dNode, type Dense } from './dense.js';
import { writeFlatten } from './pixels.js';
import type { Signal } from './signal.js';

/** Weights times what their inputs are still to be multiplied by, and the bias that a layer has, or none. */
const denseOf = (
  layer: Conv2d | Linear,
  gain: number,
  weight: ArrayLike<number>,
  { parameter }: WritingContext,
): Pick<Dense, 'weight' | 'bias'> => ({
  weight: Float64Array.from(weight, (value) => value * gain),
  bias: layer.bias ? Float64Array.from(parameter(`${layer.name}.bias`)) : new Float64Array(layer.out),
});

/** Writes a convolution: all its channels, the image that it takes. */
export function writeConvolution(layer: Conv2d, signal: Signal, context: WritingContext): Signal {
  if (signal.flattened || signal.flat)
    refuse(context, layer, 'it stands behind a flattening; put it before, or use a linear layer');
  const { name, in: channels, out, kernel, stride, padding } = layer;
  const [height, width] = signal.image;
  const { from, gain } = context.writing.sources(name, signal);
  const term = context.writing.addDense(
    name,
    {
      shape: [out, channels, kernel, kernel],
      ...denseOf(layer, gain, context.parameter(`${name}.weight`), context),
      node: conv2dNode([height, width], { stride: [stride, stride], padding: [padding, padding] }),
    },
    from,
  );
  const side = (size: number): number => Math.floor((size + 2 * padding - kernel) / stride) + 1;
  return alone(term, [side(height), side(width), out]);
}

/** Writes a linear layer: as Affine behind a Flatten, or as the convolution that sees all. Columns go by C·H·W. */
export function writeLinear(layer: Linear, given: Signal, context: WritingContext): Signal {
  const { name, out } = layer;
  const plain = context.vocabulary === 'plain';
  const signal = plain ? writeFlatten(`${name}.flatten`, given, context) : given;
  const { from, gain } = context.writing.sources(name, signal);
  const columns = byChannel(Float64Array.from(context.parameter(`${name}.weight`)), out, signal.image);
  const { weight, bias } = denseOf(layer, gain, columns as Float64Array, context);
  const dense: Dense = plain
    ? { shape: [out, layer.in], weight, bias, node: affineNode }
    : covering(signal.image, weight, bias);
  return alone(context.writing.addDense(name, dense, from), [1, 1, out], plain);
}

/**
 * A convolution whose kernel covers the image, `[out, C, H, W]`. The kernel is square, with zeros where the image is not: the
 * Python package nir takes every kernel for as wide as it is high.
 */
function covering([height, width, channels]: Shape, values: Float64Array, bias: Float64Array): Dense {
  const kernel = Math.max(height, width);
  const padding = [height, width].map((side) => Math.ceil((kernel - side) / 2)) as [number, number];
  const stride = height === width ? 1 : 2; // a side padded by one too many has place for a second kernel at stride 1
  const weight = new Float64Array(bias.length * channels * kernel ** 2);
  for (let from = 0, plane = 0; from < values.length; plane++)
    for (let y = 0; y < height; y++)
      for (let x = 0; x < width; x++)
        weight[(plane * kernel + y + padding[0]) * kernel + x + padding[1]] = values[from++];
  const node = conv2dNode([height, width], { stride: [stride, stride], padding });
  return { shape: [bias.length, channels, kernel, kernel], weight, bias, node };
}
