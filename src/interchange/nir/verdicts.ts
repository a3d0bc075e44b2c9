// Verdicts of programs that read NIR on a graph: computes the same, computes something else (why), or refuses it. The same means:
// what the standard's equations say, with the facts of the file, up to rounding in float32. Read in the sources of the releases
// that are named, and run with nir 1.0.8 and nirtorch 2.6 where data/conformance says so.
import { factsOf } from './facts.js';
import { isNirGraph, type NirArray, type NirGraph } from './graph.js';
import {
  all,
  always,
  depthFirst,
  differs,
  dtIs,
  dtIsAsked,
  flattensBatch,
  groupsOf,
  hasGroups,
  isEuler,
  knows,
  leaks,
  named,
  type NirVerdict,
  rangeOf,
  refused,
  resetsElsewhere,
  resetsToValue,
  type Rule,
  subtracts,
  uniform,
  type View,
  where,
} from './verdict-rules.js';

export type { NirVerdict } from './verdict-rules.js';

/** Verdict of one program on a graph. */
export interface NirVerdictRow {
  importer: string;
  verdict: NirVerdict;
  /** Why, one reason each; of an exact one how to call it, where that matters. */
  reasons: string[];
}

const OFFICIAL: Rule[] = [
  where(
    'Conv2d',
    (node) => groupsOf(node) > 1 && 'input_shape' in node.fields,
    (names) =>
      refused(`takes a convolution with groups and an input_shape for one of fewer channels: ${names}`),
  ),
  where(
    'Conv2d',
    ({ fields: { weight, padding } }) => {
      const [, , high, wide] = (weight as NirArray).shape;
      return high !== wide && typeof padding !== 'string';
    },
    (names) => refused(`takes kernels for as wide as they are high: ${names}`),
  ),
  ({ graph: { edges } }) =>
    new Set(edges.map((edge) => JSON.stringify(edge))).size < edges.length
      ? [refused('an edge stands there twice')]
      : [],
];

/** By program: what it reads, and what is then not what the file means. */
const IMPORTERS: [importer: string, rules: Rule[]][] = [
  ['nir 1.0.8 (reading alone)', OFFICIAL],
  ['forward Euler by the standard', [isEuler, resetsToValue, dtIsAsked('dt')]],
  [
    'Norse 1.1.0',
    [
      ...OFFICIAL,
      knows('Affine Linear Conv2d Flatten IF LIF CubaLIF SumPool2d', (what) => refused(`has no ${what}`)),
      ...[hasGroups, flattensBatch, depthFirst, isEuler, resetsToValue, resetsElsewhere],
      where(
        'LIF',
        (node) => !all(node, 'r', 1),
        (names) => differs(`ignores r, which is not 1: ${names}`),
      ),
      where(
        'IF',
        (node, { dt = 1 }) => !all(node, 'r', 1 / dt),
        (names) => differs(`adds inputs as they are, r·dt = 1, which is not so: ${names}`),
      ),
      where('CubaLIF', always, (names) => differs(`uses the new current within the step: ${names}`)),
      dtIsAsked('from_nir(graph, dt)'),
    ],
  ],
  [
    'snnTorch 1.0.0',
    [
      ...OFFICIAL,
      knows('Affine Linear Conv1d Conv2d Flatten AvgPool2d SumPool2d IF LIF CubaLIF', (what) =>
        refused(`has no ${what}`),
      ),
      ...[hasGroups, flattensBatch, leaks, isEuler, resetsToValue, resetsElsewhere, dtIs(1e-4)],
      where('Conv1d', always, (names) => refused(`swaps the channels of ${names}`)),
      where(
        'LIF IF',
        (node) => !uniform(node, 'v_threshold'),
        (names) => refused(`thresholds must be equal: ${names}`),
      ),
      where(
        'LIF',
        (node) => !uniform(node, 'r') || !uniform(node, 'tau'),
        (names) => refused(`r/tau must be equal: ${names}`),
      ),
      where(
        'IF',
        (node) => !all(node, 'r', 1),
        (names) => refused(`r of IF must be 1: ${names}`),
      ),
      where('IF', always, (names) => differs(`lets ${names} leak, beta = 0.9`)),
      where('CubaLIF', always, (names) =>
        differs(`asks for r = tau_mem/dt and weighs inputs by its threshold: ${names}`),
      ),
    ],
  ],
  [
    'Sinabs 3.1.3',
    [
      ...OFFICIAL,
      knows('Affine Conv2d Flatten SumPool2d IF LIF LI', (what) => refused(`has no ${what}`)),
      ...[hasGroups, depthFirst, subtracts],
      where(
        'LIF',
        ({ fields: { v_leak } }) => {
          const { shape, data } = v_leak as NirArray;
          return data.length / (shape[0] ?? 1) > 1;
        },
        (names) => refused(`cannot tell whether v_leak of a population with several axes is 0: ${names}`),
      ),
      ({ facts, nodes }) =>
        facts.integration === 'exponential' || !nodes.some(([, { type }]) => type === 'LIF')
          ? []
          : [differs('decays by exp(−1/tau) with tau in steps and ignores r')],
      where('LIF IF', always, () =>
        differs('fires several spikes in a step where twice the threshold is reached'),
      ),
      where('IF', always, (names) => differs(`keeps potentials above −threshold: ${names}`)),
    ],
  ],
  [
    'Spyx 1.0.0',
    [
      knows('Affine Linear Conv2d Flatten SumPool2d IF LIF CubaLIF', (what) => differs(`leaves out ${what}`)),
      ({ graph: { edges } }) =>
        new Set(edges.map(([from]) => from)).size < edges.length
          ? [differs('follows one path from input to output and leaves the other branches out')]
          : [],
      subtracts,
      where('LIF IF', always, () => differs('fires a step late, ignores r')),
      where(
        'Flatten',
        ({ fields: { input_type } }) => {
          const [, ...pixels] = input_type === undefined ? [] : (input_type as NirArray).data;
          return pixels.some((size) => Number(size) > 1);
        },
        (names) => differs(`flattens by H·W·C: ${names}`),
      ),
    ],
  ],
  [
    'Rockpool 3.1.0',
    [
      knows('Affine Linear LI CubaLIF LIF', (what) => refused(`has no ${what}`)),
      where('LIF', always, (names) => refused(`asks LIF for tau_mem, which NIR calls tau: ${names}`)),
      where('CubaLIF LI', always, () =>
        differs('takes the least of tau/(1 + r) for dt and decays exponentially'),
      ),
    ],
  ],
  [
    'SpikingJelly 2.0 (source alone)',
    [
      knows('Affine Linear Conv2d AvgPool2d Flatten IF LIF', (what) => refused(`has no ${what}`)),
      ...[isEuler, resetsToValue],
      where(
        'LIF',
        (node, { dt = 1e-4 }) => !all(node, 'r', 1) && !all(node, 'r', rangeOf(node, 'tau')[0] / dt),
        (names) => refused(`r must be 1 or tau/dt: ${names}`),
      ),
      where('LIF IF', always, () => differs('fires where a potential is exactly at the threshold, ≥')),
    ],
  ],
];

const STRICTEST: NirVerdict[] = ['refused', 'differs', 'exact'];

/**
 * What each program that reads NIR makes of a graph, against what the graph and the facts beside it mean.
 *
 * @param graph - whole and sound, see `checkGraph`
 * @returns one row a program; reasons are those of its verdict
 */
export function nirVerdicts(graph: NirGraph): NirVerdictRow[] {
  const view: View = { graph, nodes: [...graph.nodes], facts: factsOf(graph) };
  const within = view.nodes.filter(([, node]) => isNirGraph(node)).map(([name]) => name);
  return IMPORTERS.map(([importer, rules]) => {
    const findings = rules.flatMap((rule) => rule(view));
    if (within.length > 0 && importer !== IMPORTERS[0][0])
      findings.push(differs(`graphs within the graph are not judged: ${named(within)}`));
    const verdict = STRICTEST.find((one) => findings.some((found) => found.verdict === one)) ?? 'exact';
    const reasons = findings.filter((found) => found.verdict === verdict).map(({ reason }) => reason);
    return { importer, verdict, reasons: [...new Set(reasons)] };
  });
}
