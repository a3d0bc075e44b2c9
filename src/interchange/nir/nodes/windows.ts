// Windows of convolutions and pools: strides, paddings and dilations by axis, and sizes. Conv1d is Conv2d over an image one pixel
// high. Tests: test/interchange/nir/run.test.ts.
import type { NirNode } from '../graph.js';
import { NodeProblem, perAxis, shapeText } from './kind.js';

/** One axis of a kernel. */
export interface Window {
  kernel: number;
  stride: number;
  dilation: number;
  /** Zeros before the first value and after the last. */
  before: number;
  after: number;
}

/** The axes of a node's kernel. @throws NodeProblem naming the field that does not make sense */
export function windowsOf(node: NirNode, kernel: readonly number[]): Window[] {
  const field = (name: string, least: number, absent?: number): number[] => {
    const values =
      absent !== undefined && !(name in node.fields)
        ? kernel.map(() => absent)
        : perAxis(node, name, kernel.length);
    if (!values.every((value) => Number.isSafeInteger(value) && value >= least && value <= 2 ** 20))
      throw new NodeProblem(
        `has ${name} ${shapeText(values)}, expected whole numbers from ${least} to ${2 ** 20}`,
      );
    return values;
  };
  const stride = field('stride', 1);
  const dilation = field('dilation', 1, 1);
  const { padding } = node.fields;
  if (typeof padding === 'string') {
    if (padding !== 'same' && padding !== 'valid')
      throw new NodeProblem(`has padding ${JSON.stringify(padding)}, expected "same", "valid" or numbers`);
    if (padding === 'same' && stride.some((one) => one !== 1))
      throw new NodeProblem(
        `has padding "same" with stride ${shapeText(stride)}, expected stride 1: no other keeps the size`,
      );
  }
  const zeros = typeof padding === 'string' ? kernel.map(() => 0) : field('padding', 0);
  return kernel.map((size, axis): Window => {
    const spread = dilation[axis] * (size - 1);
    const before = padding === 'same' ? Math.floor(spread / 2) : zeros[axis];
    const after = padding === 'same' ? spread - before : zeros[axis];
    return { kernel: size, stride: stride[axis], dilation: dilation[axis], before, after };
  });
}

/** Sizes that a kernel leaves. @throws NodeProblem where it does not fit */
export const sizesAfter = (windows: readonly Window[], sizes: readonly number[]): number[] =>
  windows.map(({ kernel, stride, dilation, before, after }, axis) => {
    const room = sizes[axis] + before + after - dilation * (kernel - 1) - 1;
    if (room < 0)
      throw new NodeProblem(
        `does not fit: a kernel of ${kernel} over ${sizes[axis]} values and their padding`,
      );
    return Math.floor(room / stride) + 1;
  });

/** Places of the output that an input at `at` reaches, with the tap of the kernel that reaches it. */
export function reached(window: Window, at: number, outputs: number): { place: number; tap: number }[] {
  const found = [];
  for (let tap = 0; tap < window.kernel; tap++) {
    const offset = at + window.before - tap * window.dilation;
    const place = offset / window.stride;
    if (offset >= 0 && Number.isInteger(place) && place < outputs) found.push({ place, tap });
  }
  return found;
}
