// Affine and Linear: y = W x + b and y = W x, W [out, in]. With more axes in front, [..., out, in], each of their places has
// its own matrix. Tests: test/interchange/nir/run.test.ts.
import type { NirNode } from '../graph.js';
import { countOf, type NodeKind, NodeProblem, numbers, shapeOf, shapeText } from './kind.js';

function matrices(node: NirNode): { places: number[]; out: number; in: number } {
  const shape = shapeOf(node, 'weight')!;
  if (shape.length < 2)
    throw new NodeProblem(`has a weight of shape ${shapeText(shape)}, expected [out, in]`);
  return { places: shape.slice(0, -2), out: shape.at(-2)!, in: shape.at(-1)! };
}

function givenBy(node: NirNode): number[] {
  const { places, out } = matrices(node);
  const bias = shapeOf(node, 'bias');
  if (bias !== undefined && bias.join() !== [out].join() && bias.join() !== [...places, out].join())
    throw new NodeProblem(
      `has a bias of shape ${shapeText(bias)}, expected [${out}] as its weight has ${out} rows`,
    );
  return [...places, out];
}

const kindOf = (type: string, hasBias: boolean): NodeKind => ({
  type,
  fields: { weight: { is: 'weights' }, ...(hasBias && { bias: { is: 'weights' } }) },
  needs: [],
  hasState: () => false,
  takes(node) {
    const { places, in: inputs } = matrices(node);
    return [...places, inputs];
  },
  gives: givenBy,
  start(node) {
    const { places, out, in: inputs } = matrices(node);
    const weight = numbers(node, 'weight');
    const bias = hasBias ? numbers(node, 'bias') : new Float64Array(out);
    const y = new Float64Array(countOf(places) * out);
    return {
      step(x) {
        for (let i = 0; i < y.length; i++) y[i] = bias[i % bias.length];
        for (let column = 0; column < x.length; column++) {
          if (x[column] === 0) continue;
          const place = Math.floor(column / inputs);
          for (let row = 0; row < out; row++)
            y[place * out + row] += weight[(place * out + row) * inputs + (column % inputs)] * x[column];
        }
        return y;
      },
    };
  },
});

/** y = W x + b. */
export const affine = kindOf('Affine', true);
/** y = W x. */
export const linear = kindOf('Linear', false);
