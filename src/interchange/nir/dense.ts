// Weights and biases on their way into a file: float64 and open to factors, so that what is folded into them (batch norm, gains
// of neurons, means of pools) is rounded to float32 once.
// Tests: test/interchange/nir/to-graph.test.ts.
import type { NirArray, NirNode } from './graph.js';
import { float32Array, int64, int64Array } from './graph.js';
import { roundedDown } from './rounding.js';

/** A sum over weighted inputs, `[outputs, …]`, and what it adds. */
export interface Dense {
  shape: number[];
  weight: Float64Array;
  bias: Float64Array;
  /** Whether the weights are constants by which spikes are multiplied, and no learned ones: see rounding.ts. */
  constant?: true;
  /** The node, from its weights and biases in float32. */
  node(weight: NirArray, bias: NirArray): NirNode;
}

/** Where the kernel of a convolution goes: [vertical, horizontal]. */
export interface Strides {
  stride: [number, number];
  padding: [number, number];
}

/** A Conv2d over an image of so many pixels. Groups are 1: readers of NIR take other numbers for other shapes. */
export const conv2dNode =
  (input: readonly [height: number, width: number], { stride, padding }: Strides) =>
  (weight: NirArray, bias: NirArray): NirNode => ({
    type: 'Conv2d',
    fields: {
      weight,
      bias,
      stride: int64Array(stride),
      padding: int64Array(padding),
      dilation: int64Array([1, 1]),
      groups: int64(1),
      input_shape: int64Array(input),
    },
  });

/** An Affine. */
export const affineNode = (weight: NirArray, bias: NirArray): NirNode => ({
  type: 'Affine',
  fields: { weight, bias },
});

/** Multiplies each output by a factor, then adds to it. */
export function scaleOutputs(
  { weight, bias }: Dense,
  factor: (output: number) => number,
  addend: (output: number) => number = () => 0,
): void {
  const inputs = weight.length / bias.length;
  for (let o = 0; o < bias.length; o++) {
    const by = factor(o);
    for (let i = o * inputs; i < (o + 1) * inputs; i++) weight[i] *= by;
    bias[o] = bias[o] * by + addend(o);
  }
}

/** The node as it is now. */
export const finished = ({ weight, bias, shape, node, constant }: Dense): NirNode =>
  node(float32Array(constant ? weight.map(roundedDown) : weight, shape), float32Array(bias));
