// Flatten: axes from start_dim to end_dim become one. Axes are counted without the batch, from 0, or from the end below 0;
// PyTorch counts the batch. Tests: test/interchange/nir/run.test.ts.
import type { NirNode } from '../graph.js';
import { countOf, type NodeKind, NodeProblem, numbers, perAxis, shapeText } from './kind.js';

/** The shape after flattening from axis `start` to `end`; undefined where there are no such axes. */
export function flattened(shape: readonly number[], start: number, end: number): number[] | undefined {
  const [from, to] = [start, end].map((axis) => (axis < 0 ? axis + shape.length : axis));
  if (!(from >= 0 && from <= to && to < shape.length)) return undefined;
  return [...shape.slice(0, from), countOf(shape.slice(from, to + 1)), ...shape.slice(to + 1)];
}

/** From which axis to which. */
export const flattenedAxes = (node: NirNode): [start: number, end: number] => [
  perAxis(node, 'start_dim', 1)[0],
  perAxis(node, 'end_dim', 1)[0],
];

/** Axes become one. */
export const flatten: NodeKind = {
  type: 'Flatten',
  fields: {
    start_dim: { is: 'whole' },
    end_dim: { is: 'whole' },
    input_type: { is: 'whole', optional: true },
  },
  needs: [],
  hasState: () => false,
  takes: (node) => ('input_type' in node.fields ? [...numbers(node, 'input_type')] : undefined),
  gives(node, shape) {
    const [start, end] = flattenedAxes(node);
    const given = flattened(shape, start, end);
    if (given === undefined)
      throw new NodeProblem(
        `flattens axes ${start} to ${end} of values of shape ${shapeText(shape)}, which has axes 0 to ${shape.length - 1} (the batch is not counted)`,
      );
    return given;
  },
  start: () => ({ step: (x) => x.slice() }),
};
