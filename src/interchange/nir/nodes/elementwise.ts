// Scale and Threshold, value by value. Tests: test/interchange/nir/run.test.ts.
import { fires } from './fires.js';
import { type NodeKind, numbers, shapeOf } from './kind.js';

const kindOf = (
  type: string,
  field: string,
  needs: NodeKind['needs'],
  value: (x: number, parameter: number, comparison: '>' | '>=' | undefined) => number,
): NodeKind => ({
  type,
  fields: { [field]: { is: 'neuron' } },
  needs,
  hasState: () => false,
  takes: (node) => shapeOf(node, field),
  gives: (_, shape) => shape,
  start(node, _, { comparison }) {
    const parameters = numbers(node, field);
    return { step: (x) => x.map((value_, i) => value(value_, parameters[i], comparison)) };
  },
});

/** y = s ⊙ x. */
export const scale = kindOf('Scale', 'scale', [], (x, s) => x * s);
/** y = 1 where x is above the threshold, else 0. */
export const threshold = kindOf('Threshold', 'threshold', ['comparison'], (x, theta, comparison) =>
  fires(x, theta, comparison),
);
