// Behaviour of programs that read NIR, as rules that several of them share: each reads a graph and gives its findings. Tests:
// test/interchange/nir/verdicts.test.ts.
import type { NirFacts } from './facts.js';
import type { NirArray, NirGraph, NirNode } from './graph.js';

/** `exact` up to rounding, `differs` by what is said, or `refused` with an error. */
export type NirVerdict = 'exact' | 'differs' | 'refused';

/** A finding, and the verdict that follows. */
export interface Finding {
  verdict: NirVerdict;
  reason: string;
}
export const refused = (reason: string): Finding => ({ verdict: 'refused', reason });
export const differs = (reason: string): Finding => ({ verdict: 'differs', reason });
const note = (reason: string): Finding => ({ verdict: 'exact', reason });

/** Input of the rules. */
export interface View {
  graph: NirGraph;
  nodes: [name: string, node: NirNode | NirGraph][];
  facts: NirFacts;
}
/** Behaviour of a program on a graph. */
export type Rule = (view: View) => Finding[];

export const named = (names: readonly string[]): string =>
  `${names.slice(0, 3).join(', ')}${names.length > 3 ? ` and ${names.length - 3} more` : ''}`;

/** Nodes of some types that something is true of, under one finding. */
export const where =
  (types: string, is: (node: NirNode, facts: NirFacts) => boolean, found: (names: string) => Finding): Rule =>
  ({ nodes, facts }) => {
    const names = nodes
      .filter(([, node]) => types.split(' ').includes(node.type) && is(node as NirNode, facts))
      .map(([name]) => name);
    return names.length > 0 ? [found(named(names))] : [];
  };
export const always = (): boolean => true;

/** Least and greatest value of a field; `fallback` where it is absent. */
export function rangeOf({ fields }: NirNode, field: string, fallback = 0): [least: number, greatest: number] {
  const { data = [fallback] } = (fields[field] ?? {}) as Partial<NirArray>;
  let [least, greatest] = [Infinity, -Infinity];
  for (const value of data) {
    least = Math.min(least, Number(value));
    greatest = Math.max(greatest, Number(value));
  }
  return [least, greatest];
}
/** Within what rounding to float32, twice, makes of equal numbers. */
const near = (a: number, b: number): boolean => Math.abs(a - b) <= 2 ** -21 * Math.abs(b);
export const all = (node: NirNode, field: string, value: number): boolean =>
  rangeOf(node, field, value).every((found) => near(found, value) || found === value);
export const uniform = (node: NirNode, field: string): boolean => {
  const [least, greatest] = rangeOf(node, field);
  return near(least, greatest) || least === greatest;
};

/** Types that a program has no node for, beside Input and Output. */
export const knows =
  (types: string, found: (what: string) => Finding): Rule =>
  ({ nodes }) => {
    const known = ['Input', 'Output', ...types.split(' ')];
    const strange = [...new Set(nodes.map(([, { type }]) => type).filter((type) => !known.includes(type)))];
    return strange.map((type) => {
      const names = nodes.filter(([, node]) => node.type === type).map(([name]) => name);
      return found(`${type} (${named(names)})`);
    });
  };

export const groupsOf = (node: NirNode): number => rangeOf(node, 'groups', 1)[1];
export const hasGroups = where(
  'Conv1d Conv2d',
  (node) => groupsOf(node) > 1,
  (names) => refused(`takes the weights of a convolution with groups for those of another shape: ${names}`),
);
export const flattensBatch = where(
  'Flatten',
  (node) => rangeOf(node, 'start_dim')[0] === 0,
  (names) => refused(`flattens the batch too, so that only a batch of 1 is taken: ${names}`),
);
export const leaks = where(
  'LIF IF',
  (node) => !all(node, 'v_leak', 0),
  (names) => refused(`v_leak must be 0: ${names}`),
);
export const resetsElsewhere = where(
  'LIF IF',
  (node) => !all(node, 'v_reset', 0),
  (names) => differs(`resets to 0 and not to v_reset: ${names}`),
);
export const resetsToValue: Rule = ({ facts }) =>
  facts.reset === 'subtract' ? [differs('resets to a value, and the file subtracts the threshold')] : [];
export const isEuler: Rule = ({ facts }) =>
  facts.integration === 'exponential'
    ? [differs('steps by forward Euler, and the file by exp(−dt/tau)')]
    : [];
export const subtracts: Rule = ({ nodes, facts }) =>
  facts.reset !== 'subtract' && nodes.some(([, { type }]) => /^(Cuba)?LIF$|^IF$/.test(type))
    ? [differs('subtracts the threshold at a reset, and the file sets the potential')]
    : [];
export const dtIs =
  (dt: number): Rule =>
  ({ facts, nodes }) =>
    facts.dt !== undefined && !near(facts.dt, dt) && nodes.some(([, { type }]) => /LIF$/.test(type))
      ? [differs(`has a step of ${dt} built in, and the file is meant for ${facts.dt}`)]
      : [];
/** The step has to be given where the program is called. */
export const dtIsAsked =
  (call: string): Rule =>
  ({ facts }) => [
    note(
      facts.dt === undefined
        ? `${call} needs the dt that is not in the file`
        : `${call.replace(/dt/, `dt=${facts.dt}`)}`,
    ),
  ];

/**
 * nirtorch.load runs a graph depth first, by the order of the edges: what joins branches runs when the first of them has come.
 * The first node that does; undefined where none does.
 */
function runsEarly({ nodes, edges }: NirGraph): string | undefined {
  const after = new Map<string, string[]>([...nodes.keys()].map((name) => [name, []]));
  const before = new Map<string, string[]>([...nodes.keys()].map((name) => [name, []]));
  for (const [from, to] of edges) {
    after.get(from)?.push(to);
    before.get(to)?.push(from);
  }
  const order = new Map<string, number>();
  const open = [...nodes].filter(([, { type }]) => type === 'Input').map(([name]) => name);
  while (open.length > 0) {
    const name = open.pop()!;
    if (order.has(name)) continue;
    order.set(name, order.size);
    open.push(...after.get(name)!.slice().reverse());
  }
  return [...order.keys()].find((name) =>
    before.get(name)!.some((source) => order.get(source)! > order.get(name)!),
  );
}
export const depthFirst: Rule = ({ graph }) => {
  const early = runsEarly(graph);
  return early === undefined
    ? []
    : [
        differs(
          `runs ${early} before one of the branches that it adds (nirtorch.load); nirtorch.nir_to_torch does not`,
        ),
      ];
};
