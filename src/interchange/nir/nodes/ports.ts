// Input and Output: where values enter and leave a graph, or a graph within a graph. Tests: test/interchange/nir/run.test.ts.
import { type NodeKind, numbers } from './kind.js';

const port = (type: string): NodeKind => ({
  type,
  fields: { shape: { is: 'whole' } },
  needs: [],
  hasState: () => false,
  takes: (node) => [...numbers(node, 'shape')],
  gives: (_, shape) => shape,
  start: () => ({ step: (x) => x.slice() }),
});

/** Where values enter. */
export const input = port('Input');
/** Where values leave. */
export const output = port('Output');
