// The refusal of a node by an import. Tests: test/interchange/nir/import/import.test.ts.
import { UnsupportedError } from '../../../errors.js';
import { nodeText } from '../finding.js';
import type { NirNode } from '../graph.js';

/** Refuses a node that has no counterpart in a network of ours; the simulator runs it. */
export function refuse(path: string, node: NirNode | undefined, problem: string): never {
  throw new UnsupportedError(
    `NIR import: ${nodeText(path, node)} ${problem}; runNir simulates the graph as it is`,
  );
}
