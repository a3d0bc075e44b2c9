// Checks whether a graph can be run: its structure, then the shapes on both ends of every edge, then its loops.
import { SettingsError } from '../../errors.js';
import { type NirConventions, statedConventions } from './conventions.js';
import { findingText, type NirFinding } from './finding.js';
import { type FlatGraph, flatGraph } from './flat.js';
import { isNirGraph, type NirGraph, type NirNode } from './graph.js';
import { nodeKind } from './nodes/index.js';
import { type RunOrder, runOrder } from './order.js';
import { inferShapes, type NodeShapes } from './shapes.js';
import { structureFindings } from './structure.js';

/** Result of a check of a graph. */
export interface NirCheck {
  /** Errors first; without errors the graph can be run. */
  findings: NirFinding[];
  /** Shapes by path of node, as far as they are known. */
  shapes: Map<string, NodeShapes>;
  /** Loops through neurons or delays: the nodes of each, and the edges that bring what was given in the step before. */
  recurrence: { nodes: string[]; delayed: [from: string, to: string][] }[];
  /** Conventions in its metadata. */
  conventions: NirConventions;
}

/** A graph that can be run. */
export interface SoundGraph {
  flat: FlatGraph;
  shapes: Map<string, NodeShapes>;
  run: RunOrder;
}

/**
 * Checks a graph: see {@link NirCheck}. Nothing is thrown for what is wrong with it.
 *
 * @param graph - as `readNir` with `check: false` or `decodeNir` gives it
 * @returns findings (errors first), the shapes of every node, loops, and the conventions that the metadata state
 */
export function checkNir(graph: NirGraph): NirCheck {
  const { conventions, findings: unclear } = conventionsOf(graph);
  const structure = [...structureFindings(graph), ...unclear];
  if (structure.some(({ level }) => level === 'error'))
    return { findings: errorsFirst(structure), shapes: new Map(), recurrence: [], conventions };
  const flat = flatGraph(graph);
  const { shapes, findings } = inferShapes(flat);
  const { delayed, loops } = runOrder(flat.nodes.keys(), flat.edges);
  const hasState = (path: string): boolean => {
    const node = flat.nodes.get(path)!;
    return nodeKind(node.type)!.hasState(node);
  };
  const late = flat.edges.filter((_, i) => delayed[i]);
  const stateless = loops.filter((loop) => !loop.some(hasState));
  const withState = loops.filter((loop) => loop.some(hasState));
  return {
    findings: errorsFirst([
      ...structure,
      ...findings,
      ...stateless.map((loop): NirFinding => ({
        level: 'error',
        node: loop[0],
        problem: `is in a loop without a neuron or a delay (${loop.slice(0, 8).join(', ')}): what it gives hangs on itself in the same instant`,
      })),
    ]),
    shapes,
    conventions,
    recurrence: withState.map((nodes) => {
      const inside = new Set(nodes);
      return { nodes, delayed: late.filter(([from, to]) => inside.has(from) && inside.has(to)) };
    }),
  };
}

/**
 * A graph made ready to be run.
 *
 * @throws SettingsError with the first thing that is wrong with it, and its node
 */
export function soundGraph(graph: NirGraph): SoundGraph {
  const { findings, shapes } = checkNir(graph);
  const errors = findings.filter(({ level }) => level === 'error');
  if (errors.length > 0)
    throw new SettingsError(
      `NIR graph: ${findingText(errors[0], nodeAt(graph, errors[0].node))}${errors.length > 1 ? `; and ${errors.length - 1} more` : ''}; sgs nir check lists all`,
    );
  const flat = flatGraph(graph);
  return { flat, shapes, run: runOrder(flat.nodes.keys(), flat.edges) };
}

/** The node of a path; undefined where there is none. */
export function nodeAt(graph: NirGraph, path: string): NirNode | NirGraph | undefined {
  let at: NirNode | NirGraph | undefined = graph;
  for (const name of path === '' ? [] : path.split('/'))
    at = at !== undefined && isNirGraph(at) ? at.nodes.get(name) : undefined;
  return at;
}

/** Metadata are free: what they say and makes no sense is no error of the graph. */
function conventionsOf({ metadata }: NirGraph): Pick<NirCheck, 'conventions' | 'findings'> {
  try {
    return { conventions: statedConventions(metadata), findings: [] };
  } catch (error) {
    if (!(error instanceof SettingsError)) throw error;
    return { conventions: {}, findings: [{ level: 'warning', node: '', problem: `has ${error.message}` }] };
  }
}

const errorsFirst = (findings: NirFinding[]): NirFinding[] => [
  ...findings.filter(({ level }) => level === 'error'),
  ...findings.filter(({ level }) => level !== 'error'),
];
