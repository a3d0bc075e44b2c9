// Findings about a graph, and names in messages. Tests: test/interchange/nir/check.test.ts.
import { inertText } from '../../text.js';
import type { NirGraph, NirNode } from './graph.js';

/** Something found in a graph. An error: it cannot be run; a warning: it can, and some program may take it otherwise. */
export interface NirFinding {
  level: 'error' | 'warning';
  /** The node, nodes of inner graphs behind theirs: `lif1/lin`. Empty: the graph itself. */
  node: string;
  /** What is wrong, in words that follow the name of the node. */
  problem: string;
}

/** The path of a node within a graph. */
export const pathOf = (graph: string, name: string): string => (graph === '' ? name : `${graph}/${name}`);

/** A name in a message: inert and short. */
export const quoted = (name: string): string => inertText(JSON.stringify(name.slice(0, 120)));

/** `node "lif1" (LIF)`. */
export const nodeText = (path: string, node?: NirNode | NirGraph): string =>
  path === '' ? 'the graph' : `node ${quoted(path)}${node ? ` (${inertText(node.type.slice(0, 40))})` : ''}`;

/** A finding as a sentence: `node "lif1" (LIF) has no "tau"`. */
export const findingText = ({ node, problem }: NirFinding, type?: NirNode | NirGraph): string =>
  `${nodeText(node, type)} ${problem}`;
