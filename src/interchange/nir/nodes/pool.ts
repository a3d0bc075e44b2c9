// SumPool2d and AvgPool2d over [channels, height, width]: sums of blocks, or these over all places of a block, those in the
// padding counted too. Blocks that do not fit at the edge are dropped. Tests: test/interchange/nir/run.test.ts.
import type { NirNode } from '../graph.js';
import { type NodeKind, NodeProblem, perAxis, shapeText } from './kind.js';
import { reached, sizesAfter, type Window, windowsOf } from './windows.js';

/** The windows of a pool: rows and columns. @throws NodeProblem */
export const poolWindows = (node: NirNode): Window[] => windowsOf(node, perAxis(node, 'kernel_size', 2));

const kindOf = (type: string, divides: boolean): NodeKind => ({
  type,
  fields: {
    ...{ kernel_size: { is: 'whole', positive: true }, stride: { is: 'whole', positive: true } },
    padding: { is: 'padding' },
  },
  needs: [],
  hasState: () => false,
  takes(node) {
    poolWindows(node);
    return undefined;
  },
  gives(node, shape) {
    if (shape.length !== 3)
      throw new NodeProblem(
        `takes values of shape ${shapeText(shape)}, expected [channels, height, width], without a batch`,
      );
    return [shape[0], ...sizesAfter(poolWindows(node), shape.slice(1))];
  },
  start(node, [channels, height, width]) {
    const windows = poolWindows(node);
    const [rows, columns] = windows;
    const [outHeight, outWidth] = sizesAfter(windows, [height, width]);
    const inRows = Array.from({ length: height }, (_, at) => reached(rows, at, outHeight));
    const inColumns = Array.from({ length: width }, (_, at) => reached(columns, at, outWidth));
    const y = new Float64Array(channels * outHeight * outWidth);
    const over = divides ? rows.kernel * columns.kernel : 1;
    return {
      step(x) {
        y.fill(0);
        for (let at = 0; at < x.length; at++) {
          if (x[at] === 0) continue;
          const channel = Math.floor(at / (height * width));
          for (const row of inRows[Math.floor(at / width) % height])
            for (const column of inColumns[at % width])
              y[(channel * outHeight + row.place) * outWidth + column.place] += x[at];
        }
        return y.map((sum) => sum / over);
      },
    };
  },
});

/** Sums of blocks. */
export const sumPool2d = kindOf('SumPool2d', false);
/** Averages of blocks. */
export const avgPool2d = kindOf('AvgPool2d', true);
