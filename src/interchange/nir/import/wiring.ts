// Finds where edges part and where they meet again. Tests: test/interchange/nir/import/import.test.ts.
import type { FlatGraph } from '../flat.js';
import { quoted } from '../finding.js';
import { refuse } from './refuse.js';

/** The wires of a graph without loops. */
export interface Wiring {
  /** Where what a node gives goes. */
  targets(path: string): readonly string[];
  /** Number of its incoming edges. */
  sources(path: string): number;
  /** The first node that all ways from it lead through: its immediate post-dominator. */
  join(path: string): string;
}

/**
 * Looks at the wires.
 *
 * @param order - of nodes, each after those that feed it
 * @throws UnsupportedError naming a node that nothing comes to or goes from
 *
 * Source: K. Cooper, T. Harvey, K. Kennedy, A simple, fast dominance algorithm (2001).
 */
export function wiringOf({ nodes, edges }: FlatGraph, order: readonly string[]): Wiring {
  const targets = new Map<string, string[]>(order.map((path) => [path, []]));
  const sources = new Map<string, number>();
  for (const [from, to] of edges) {
    if (targets.get(from)!.includes(to)) refuse(from, nodes.get(from), `has two edges to ${quoted(to)}`);
    targets.get(from)!.push(to);
    sources.set(to, (sources.get(to) ?? 0) + 1);
  }
  const place = new Map(order.map((path, i) => [path, i]));
  const joins = new Map<string, string>();
  for (const path of [...order].reverse()) {
    const node = nodes.get(path)!;
    if (node.type !== 'Input' && !sources.has(path)) refuse(path, node, 'has no edge to it');
    const next = targets.get(path)!;
    if (node.type !== 'Output' && next.length === 0) refuse(path, node, 'leads nowhere');
    if (next.length === 0) continue;
    const meet = (a: string, b: string): string => {
      let [x, y] = [a, b];
      while (x !== y) {
        if (place.get(x)! < place.get(y)!) x = joins.get(x)!;
        else y = joins.get(y)!;
      }
      return x;
    };
    joins.set(path, next.reduce(meet));
  }
  return {
    targets: (path) => targets.get(path)!,
    sources: (path) => sources.get(path) ?? 0,
    join: (path) => joins.get(path)!,
  };
}
