// Conv1d and Conv2d: cross-correlation as PyTorch's, with stride, padding, dilation and groups. Weight
// [out, in / groups, ...kernel], values [channels, ...sizes]. Tests: test/interchange/nir/run.test.ts.
import type { NirNode } from '../graph.js';
import { type NodeKind, NodeProblem, numbers, perAxis, shapeOf, shapeText } from './kind.js';
import { reached, sizesAfter, type Window, windowsOf } from './windows.js';

/** A convolution, checked. */
export interface Convolution {
  out: number;
  in: number;
  groups: number;
  windows: Window[];
}

/** The convolution that a node is. @throws NodeProblem */
export function convolutionOf(node: NirNode, axes: 1 | 2): Convolution {
  const shape = shapeOf(node, 'weight')!;
  if (shape.length !== axes + 2 || shape.includes(0))
    throw new NodeProblem(
      `has a weight of shape ${shapeText(shape)}, expected ${axes + 2} axes: out, in / groups, kernel`,
    );
  const [out, inputs, ...kernel] = shape;
  const [groups] = 'groups' in node.fields ? perAxis(node, 'groups', 1) : [1];
  if (!(groups >= 1 && out % groups === 0))
    throw new NodeProblem(`has groups ${groups}, expected a divisor of its ${out} output channels`);
  const bias = shapeOf(node, 'bias')!;
  if (bias.join() !== String(out))
    throw new NodeProblem(`has a bias of shape ${shapeText(bias)}, expected [${out}]`);
  return { out, in: inputs * groups, groups, windows: windowsOf(node, kernel) };
}

const kindOf = (type: string, axes: 1 | 2): NodeKind => ({
  type,
  fields: {
    ...{ weight: { is: 'weights' }, bias: { is: 'weights' }, stride: { is: 'whole', positive: true } },
    ...{ padding: { is: 'padding' }, dilation: { is: 'whole', positive: true } },
    ...{ groups: { is: 'whole', positive: true }, input_shape: { is: 'whole', optional: true } },
  },
  needs: [],
  hasState: () => false,
  takes(node) {
    const { in: inputs } = convolutionOf(node, axes);
    if (!('input_shape' in node.fields)) return undefined;
    const sizes = [...numbers(node, 'input_shape')];
    if (sizes.length !== axes)
      throw new NodeProblem(`has input_shape ${shapeText(sizes)}, expected ${axes} sizes, without channels`);
    return [inputs, ...sizes];
  },
  gives(node, shape) {
    const { in: inputs, out, windows } = convolutionOf(node, axes);
    if (shape.length !== axes + 1)
      throw new NodeProblem(
        `takes values of shape ${shapeText(shape)}, expected ${axes + 1} axes, channels first and no batch`,
      );
    if (shape[0] !== inputs)
      throw new NodeProblem(
        `takes values of shape ${shapeText(shape)}, expected ${inputs} channels as its weight has`,
      );
    return [out, ...sizesAfter(windows, shape.slice(1))];
  },
  start(node, shape) {
    const { out, in: inputs, groups, windows } = convolutionOf(node, axes);
    const image = (sizes: number[]): [number, number] => (axes === 1 ? [1, sizes[0]] : [sizes[0], sizes[1]]);
    const flat: Window = { kernel: 1, stride: 1, dilation: 1, before: 0, after: 0 };
    const [rows, columns] = axes === 1 ? [flat, windows[0]] : windows;
    const [height, width] = image(shape.slice(1));
    const [outHeight, outWidth] = image(sizesAfter(windows, shape.slice(1)));
    const inRows = Array.from({ length: height }, (_, at) => reached(rows, at, outHeight));
    const inColumns = Array.from({ length: width }, (_, at) => reached(columns, at, outWidth));
    const weight = numbers(node, 'weight');
    const bias = numbers(node, 'bias');
    const [inGroup, outGroup] = [inputs / groups, out / groups];
    const y = new Float64Array(out * outHeight * outWidth);
    return {
      step(x) {
        for (let channel = 0; channel < out; channel++)
          y.fill(bias[channel], channel * outHeight * outWidth, (channel + 1) * outHeight * outWidth);
        for (let at = 0; at < x.length; at++) {
          if (x[at] === 0) continue;
          const channel = Math.floor(at / (height * width));
          const first = Math.floor(channel / inGroup) * outGroup;
          for (const row of inRows[Math.floor(at / width) % height])
            for (const column of inColumns[at % width]) {
              const tap = ((channel % inGroup) * rows.kernel + row.tap) * columns.kernel + column.tap;
              for (let to = first; to < first + outGroup; to++)
                y[(to * outHeight + row.place) * outWidth + column.place] +=
                  weight[to * inGroup * rows.kernel * columns.kernel + tap] * x[at];
            }
        }
        return y;
      },
    };
  },
});

/** Over [channels, length]. */
export const conv1d = kindOf('Conv1d', 1);
/** Over [channels, height, width]. */
export const conv2d = kindOf('Conv2d', 2);
