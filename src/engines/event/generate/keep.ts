// Chooses what the backward pass keeps of the forward steps that it recomputes: for each step of a tile it can have values in
// scratch, or compute them again from others. Chosen by cost, once for a neuron, the same on every machine.
import type { Fused } from './fuse.js';
import type { Node, Operation } from '../../generate/graph.js';

/** Storing a value and reading it again, in operations. */
const KEPT = 3;
/** Operations that take longer than others. */
const COST: Partial<Record<Operation, number>> = {
  ...{
    number: 0,
    input: 0,
    table: 0.5,
    divide: 5,
    sqrt: 5,
    exp: 16,
    expOfNegative: 15,
    log: 22,
    tanh: 32,
    power: 60,
  },
  surrogate: 4,
};
/** Larger graphs keep what their backward step reads, without a search. */
const LARGEST_SEARCHED = 400;

/** The parts that the choice depends on. */
export interface Step {
  fused: Fused;
  /** States that the forward step has to give. */
  next: readonly Node[];
  /** The variables of the forward step. */
  named: readonly Node[];
  /** Gradients that the backward step has to give. */
  results: readonly Node[];
  /** Inputs that there are in the forward step only. */
  isForward(input: Node): boolean;
  /** Inputs that there are in the backward step only. */
  isBackward(input: Node): boolean;
}

/** The nodes to keep, in order. */
export function chooseKept(step: Step): Node[] {
  const { fused, results, next } = step;
  const all = fused.needed([...results, ...next]);
  const later = new Set<Node>(); // what depends on the gradient
  const bound = new Set<Node>(); // what depends on the input or a state
  for (const node of all) {
    const reads = fused.readBy(node);
    if (node.op === 'input' ? step.isBackward(node) : reads.some((arg) => later.has(arg))) later.add(node);
    if (node.op === 'input' ? step.isForward(node) : reads.some((arg) => bound.has(arg))) bound.add(node);
  }
  const candidates = all.filter((node) => bound.has(node) && !later.has(node));
  const frontier = new Set(
    fused
      .needed(results)
      .filter((node) => later.has(node))
      .flatMap((node) => fused.readBy(node).filter((arg) => bound.has(arg) && !later.has(arg))),
  );
  for (const node of results) if (bound.has(node) && !later.has(node)) frontier.add(node);
  if (all.length > LARGEST_SEARCHED) return inOrder(frontier);
  // from what the backward step reads, and from what all else is made of: neither leads to the best alone
  const named = new Set(candidates.filter((node) => node.op === 'input' || next.includes(node)));
  for (const node of step.named) if (bound.has(node)) named.add(node);
  const [a, b] = [frontier, named].map((start) => descend(step, start, candidates));
  return inOrder(b.cost < a.cost ? b.kept : a.kept);
}

/** Goes from one set to the cheapest of its neighbours as long as there is a cheaper one. */
function descend(
  step: Step,
  kept: Set<Node>,
  candidates: readonly Node[],
): { kept: Set<Node>; cost: number } {
  let cost = costOf(step, kept);
  for (;;) {
    let best: Set<Node> | undefined;
    for (const other of neighbours(kept, candidates)) {
      const its = costOf(step, other);
      if (its < cost) [best, cost] = [other, its];
    }
    if (!best) return { kept, cost };
    kept = best;
  }
}

const inOrder = (nodes: ReadonlySet<Node>): Node[] => [...nodes].sort((a, b) => a.id - b.id);

/** Sets with one node more, one less, or another one in its place. */
function* neighbours(kept: ReadonlySet<Node>, candidates: readonly Node[]): Generator<Set<Node>> {
  const others = candidates.filter((node) => !kept.has(node));
  for (const node of others) yield new Set([...kept, node]);
  for (const node of kept) {
    const fewer = new Set(kept);
    fewer.delete(node);
    yield fewer;
    for (const other of others) yield new Set([...fewer, other]);
  }
}

/** Operations of recomputing a step and going back through it; Infinity where the latter would lack an input. */
function costOf({ fused, next, results, isForward }: Step, kept: ReadonlySet<Node>): number {
  let cost = KEPT * kept.size;
  const count = (roots: Iterable<Node>, back: boolean): void => {
    const found = new Set<Node>();
    const left = [...roots];
    for (let node = left.pop(); node; node = left.pop()) {
      if (found.has(node) || (back && kept.has(node))) continue;
      found.add(node);
      cost += back && node.op === 'input' && isForward(node) ? Infinity : (COST[node.op] ?? 1);
      for (const arg of fused.readBy(node)) left.push(arg);
    }
  };
  count([...next, ...kept], false);
  count(results, true);
  return cost;
}
