// Graphs within graphs taken out of their shells: one graph, nodes named by their paths. Inputs and Outputs within stay, as
// wires. So a network runs the same whether a loop stands in a graph of its own or not.
// Tests: test/interchange/nir/check.test.ts.
import { pathOf } from './finding.js';
import { isNirGraph, type NirGraph, type NirNode } from './graph.js';

/** A graph without graphs in it. */
export interface FlatGraph {
  /** By path: `lif1/lin`. */
  nodes: Map<string, NirNode>;
  edges: [from: string, to: string][];
  /** Paths of the outermost Inputs and Outputs, in the order of their names. */
  inputs: string[];
  outputs: string[];
}

/** Takes inner graphs out of their shells. The structure of the graph has no errors. */
export function flatGraph(graph: NirGraph): FlatGraph {
  const nodes = new Map<string, NirNode>();
  const edges: [string, string][] = [];
  const unpack = ({ nodes: inner, edges: wires }: NirGraph, path: string): void => {
    for (const [name, node] of inner) {
      if (isNirGraph(node)) unpack(node, pathOf(path, name));
      else nodes.set(pathOf(path, name), node);
    }
    const ends = { Input: portsOf(inner, path, 'Input'), Output: portsOf(inner, path, 'Output') };
    for (const [from, to] of wires) edges.push([ends.Output.get(from)!, ends.Input.get(to)!]);
  };
  unpack(graph, '');
  const ports = (type: string): string[] =>
    [...graph.nodes]
      .filter(([, node]) => node.type === type)
      .map(([name]) => name)
      .sort();
  return { nodes, edges, inputs: ports('Input'), outputs: ports('Output') };
}

/** Where edges begin or end, by name of node: there, or at the port of an inner graph, which is a node of its own. */
const portsOf = (
  nodes: NirGraph['nodes'],
  path: string,
  type: 'Input' | 'Output',
): ReadonlyMap<string, string> =>
  new Map(
    [...nodes].map(([name, node]) => {
      const at = pathOf(path, name);
      const port = isNirGraph(node) && [...node.nodes].find(([, inner]) => inner.type === type);
      return [name, port ? pathOf(at, port[0]) : at];
    }),
  );
