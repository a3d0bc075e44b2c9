// Means over pixels, and images as one axis.
// Tests: test/interchange/nir/to-graph.test.ts.
import type { Shape } from '../../network/geometry.js';
import { alone, type WritingContext } from './context.js';
import { conv2dNode, type Dense } from './dense.js';
import { int64, int64Array } from './graph.js';
import { nirShape, type Signal } from './signal.js';

/** Writes means over `high × wide` pixels, as many as fit. */
export function writeMean(
  name: string,
  [high, wide]: [number, number],
  signal: Signal,
  { writing, vocabulary, pool }: WritingContext,
): Signal {
  if (signal.flattened || signal.flat || high * wide === 1) return signal;
  const [height, width, channels] = signal.image;
  const image: Shape = [Math.floor(height / high), Math.floor(width / wide), channels];
  const { from, gain } = writing.sources(name, signal);
  const mean = 1 / (high * wide);
  if (vocabulary === 'conv') {
    const taps = high * wide;
    writing.checkSize(name, channels ** 2 * taps);
    const weight = new Float64Array(channels ** 2 * taps);
    for (let c = 0; c < channels; c++)
      weight.fill(mean * gain, c * (channels + 1) * taps, (c * (channels + 1) + 1) * taps);
    const dense: Dense = {
      shape: [channels, channels, high, wide],
      ...{ weight, bias: new Float64Array(channels), constant: true },
      node: conv2dNode([height, width], { stride: [high, wide], padding: [0, 0] }),
    };
    return alone(writing.addDense(name, dense, from), image);
  }
  const fields = {
    kernel_size: int64Array([high, wide]),
    stride: int64Array([high, wide]),
    padding: int64Array([0, 0]),
  };
  const node = writing.add(name, { type: pool === 'avg' ? 'AvgPool2d' : 'SumPool2d', fields }, from);
  return alone({ node, gain: pool === 'avg' ? gain : gain * mean }, image);
}

/** Writes an image as one axis, C·H·W; what is one already stays. */
export function writeFlatten(name: string, signal: Signal, { writing }: WritingContext): Signal {
  if (signal.flat) return signal;
  const { from, gain } = writing.sources(name, signal);
  const fields = { start_dim: int64(0), end_dim: int64(-1), input_type: int64Array(nirShape(signal)) };
  const node = writing.add(name, { type: 'Flatten', fields }, from);
  return { ...signal, terms: [{ node, gain }], flat: true };
}
