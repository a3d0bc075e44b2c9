// The shapes on both sides of every node, from fields and from incoming values, compared on both ends of every edge. Tests:
// test/interchange/nir/check.test.ts.
import type { NirFinding } from './finding.js';
import { nodeText } from './finding.js';
import type { FlatGraph } from './flat.js';
import type { NirNode } from './graph.js';
import { flattened, flattenedAxes } from './nodes/flatten.js';
import { nodeKind } from './nodes/index.js';
import { countOf, NodeProblem, shapeText } from './nodes/kind.js';

/** Shapes of a node, of one example and one time step. */
export interface NodeShapes {
  takes: number[];
  gives: number[];
}

const MOST_VALUES = 2 ** 28;

/**
 * Infers all shapes.
 *
 * @returns shapes by path, of the nodes where they are known; and what does not fit
 */
export function inferShapes({ nodes, edges }: FlatGraph): {
  shapes: Map<string, NodeShapes>;
  findings: NirFinding[];
} {
  const findings: NirFinding[] = [];
  const shapes = new Map<string, NodeShapes>();
  const broken = new Set<string>();
  const settle = (path: string, node: NirNode, reaching: number[] | undefined): boolean => {
    const kind = nodeKind(node.type)!;
    try {
      const takes = kind.takes(node) ?? reaching;
      if (takes === undefined) return false;
      if (!takes.every((size) => size >= 1) || countOf(takes) > MOST_VALUES)
        throw new NodeProblem(
          `takes values of shape ${shapeText(takes)}, expected sizes from 1 and at most ${MOST_VALUES} values`,
        );
      const gives = kind.gives(node, takes);
      if (countOf(gives) > MOST_VALUES)
        throw new NodeProblem(`gives values of shape ${shapeText(gives)}, expected at most ${MOST_VALUES}`);
      shapes.set(path, { takes, gives });
      return true;
    } catch (error) {
      if (!(error instanceof NodeProblem)) throw error;
      findings.push({ level: 'error', node: path, problem: error.message });
      broken.add(path);
      return false;
    }
  };
  const targets = grouped(edges);
  const waiting = [...nodes.keys()].filter(
    (path) => !settle(path, nodes.get(path)!, undefined) && !broken.has(path),
  );
  const open = new Set(waiting);
  const reached = [...shapes.keys()];
  for (const from of reached)
    for (const to of targets.get(from) ?? [])
      if (open.has(to)) {
        open.delete(to);
        if (settle(to, nodes.get(to)!, shapes.get(from)!.gives)) reached.push(to);
      }
  for (const path of open)
    findings.push({ level: 'error', node: path, problem: 'takes values of a shape that nothing tells' });
  const wires = new Map(edges.map((edge) => [JSON.stringify(edge), edge]));
  for (const [from, to] of wires.values()) {
    const [source, target] = [shapes.get(from), shapes.get(to)];
    if (source && target && source.gives.join() !== target.takes.join())
      findings.push({
        level: 'error',
        node: to,
        problem: `takes values of shape ${shapeText(target.takes)}, and ${nodeText(from, nodes.get(from))} gives it ${shapeText(source.gives)}${flattenHint(nodes.get(from)!, source, target)}`,
      });
  }
  return { shapes, findings };
}

/** A Flatten that fits if its axes are counted with the batch was written by a program that does so. */
function flattenHint(node: NirNode, { takes }: NodeShapes, target: NodeShapes): string {
  if (node.type !== 'Flatten') return '';
  const [start, end] = flattenedAxes(node);
  const other = flattened(takes, start - Number(start > 0), end - Number(end > 0));
  return other?.join() === target.takes.join()
    ? `; its axes ${start} to ${end} seem to count a batch, which NIR does not: write ${start - Number(start > 0)} to ${end - Number(end > 0)}`
    : '';
}

function grouped(edges: FlatGraph['edges']): Map<string, string[]> {
  const targets = new Map<string, string[]>();
  for (const [from, to] of edges) {
    const list = targets.get(from);
    if (list) list.push(to);
    else targets.set(from, [to]);
  }
  return targets;
}
