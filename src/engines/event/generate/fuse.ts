// Fuses a product and a sum into one multiply-add. Forward nodes are fused by what the forward step alone looks like: so that
// recomputing them gives the bits that they had.
import { type Node, reachable } from '../../generate/graph.js';

/** Operands by node, products that were fused left out: what the code of a node reads. */
export class Fused {
  private readonly madds = new Map<Node, readonly [a: Node, b: Node, c: Node]>();

  /**
   * @param forward - all nodes of the forward step
   * @param all - those and the ones of the backward step
   */
  constructor(forward: readonly Node[], all: readonly Node[]) {
    this.fuse(forward, forward);
    const known = new Set(forward);
    this.fuse(
      all.filter((node) => !known.has(node)),
      all,
    );
  }

  private fuse(nodes: readonly Node[], among: readonly Node[]): void {
    const uses = new Map<Node, number>();
    for (const { args } of among) for (const arg of args) uses.set(arg, (uses.get(arg) ?? 0) + 1);
    const isFree = (node: Node): boolean =>
      (node.op === 'multiply' || node.op === 'square') && uses.get(node) === 1;
    for (const node of nodes) {
      if (node.op !== 'add') continue;
      const [p, q] = node.args;
      const product = isFree(p) ? p : isFree(q) ? q : undefined;
      if (product) this.madds.set(node, [product.args[0], product.args.at(-1)!, product === p ? q : p]);
    }
  }

  /** a, b and c of a node that is a·b + c in one. */
  madd(node: Node): readonly [Node, Node, Node] | undefined {
    return this.madds.get(node);
  }

  /** Nodes that the code of a node reads. */
  readBy(node: Node): readonly Node[] {
    return this.madds.get(node) ?? node.args;
  }

  /** All nodes whose code is needed for these, in order; of `given` ones none is. */
  needed(roots: Iterable<Node>, given: ReadonlySet<Node> = new Set()): Node[] {
    return reachable(roots, (node) => this.readBy(node), given);
  }
}
