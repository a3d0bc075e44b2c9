// Checks that a graph holds together by its names: types that NIR has, their fields, edges between nodes that are there. Tests:
// test/interchange/nir/check.test.ts.
import { type NirFinding, pathOf, quoted } from './finding.js';
import { fieldFindings } from './fields.js';
import { isNirGraph, type NirGraph } from './graph.js';

const MOST_DEPTH = 24;
const MOST_NODES = 10_000;
const MOST_EDGES = 200_000;

/** Everything that is wrong with the names and fields of a graph and the graphs in it. */
export function structureFindings(graph: NirGraph, path = '', depth = 0): NirFinding[] {
  const { nodes, edges } = graph;
  if (nodes.size > MOST_NODES || edges.length > MOST_EDGES)
    return [
      {
        level: 'error',
        node: path,
        problem: `has ${nodes.size} nodes and ${edges.length} edges, the most is ${MOST_NODES} and ${MOST_EDGES}`,
      },
    ];
  const own: NirFinding[] = [...edgeFindings(graph, path), ...portFindings(graph, path)];
  if (depth > MOST_DEPTH)
    return [
      {
        level: 'error',
        node: path,
        problem: `is the ${depth}th graph within a graph, the most is ${MOST_DEPTH}`,
      },
    ];
  for (const [name, node] of graph.nodes) {
    const at = pathOf(path, name);
    if (name === '' || name.includes('/'))
      own.push({
        level: 'error',
        node: path,
        problem: `has a node named ${quoted(name)}, expected a name without /`,
      });
    if (isNirGraph(node)) own.push(...structureFindings(node, at, depth + 1));
    else own.push(...fieldFindings(node).map((found) => ({ ...found, node: at })));
  }
  return own;
}

function edgeFindings({ nodes, edges }: NirGraph, path: string): NirFinding[] {
  const found: NirFinding[] = [];
  const error = (problem: string): void => void found.push({ level: 'error', node: path, problem });
  const seen = new Set<string>();
  for (const [from, to] of edges) {
    const text = `${quoted(from)} → ${quoted(to)}`;
    const missing = [from, to].find((name) => !nodes.has(name));
    if (missing !== undefined) {
      const names = [...nodes.keys()].slice(0, 8).map(quoted).join(', ');
      error(
        `has the edge ${text}, and no node ${quoted(missing)}; its nodes are ${names}${nodes.size > 8 ? ', …' : ''}`,
      );
      continue;
    }
    if (nodes.get(to)!.type === 'Input') error(`has the edge ${text} into an Input`);
    if (nodes.get(from)!.type === 'Output') error(`has the edge ${text} out of an Output`);
    const key = JSON.stringify([from, to]);
    if (seen.has(key))
      found.push({
        level: 'warning',
        node: path,
        problem: `has the edge ${text} more than once: their values add up here, snnTorch takes one, the nir package refuses`,
      });
    seen.add(key);
  }
  return found;
}

function portFindings({ nodes, edges }: NirGraph, path: string): NirFinding[] {
  const found: NirFinding[] = [];
  for (const type of ['Input', 'Output']) {
    const count = [...nodes.values()].filter((node) => node.type === type).length;
    if (count === 0) found.push({ level: 'error', node: path, problem: `has no ${type}` });
    else if (count > 1 && path !== '')
      found.push({
        level: 'error',
        node: path,
        problem: `has ${count} nodes ${type}, expected one in a graph within a graph: an edge could not say which it means`,
      });
  }
  const targets = new Set(edges.map(([, to]) => to));
  const sources = new Set(edges.map(([from]) => from));
  for (const [name, node] of nodes) {
    const at = pathOf(path, name);
    if (node.type !== 'Input' && !targets.has(name))
      found.push({ level: 'warning', node: at, problem: 'has no edge to it: it is given zeros' });
    if (node.type !== 'Output' && !sources.has(name))
      found.push({
        level: 'warning',
        node: at,
        problem: 'has no edge from it: nothing is done with what it gives',
      });
  }
  return found;
}
