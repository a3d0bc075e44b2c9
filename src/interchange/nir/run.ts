// A simulator of NIR graphs in float64, whatever nodes they have: slow and plain, to say what a file means under given
// conventions. Within a time step nodes run in the order of order.ts; where loops close, what was given in the step before
// arrives, and zeros in the first.
import { SettingsError } from '../../errors.js';
import { soundGraph } from './check.js';
import { type NirConventions, settledConventions } from './conventions.js';
import { nodeText } from './finding.js';
import type { NirGraph } from './graph.js';
import { nodeKind } from './nodes/index.js';
import { countOf, NodeProblem, type Running, shapeText } from './nodes/kind.js';

/** Options of a run: {@link NirConventions} that its metadata do not state, and what is to be kept. */
export interface NirRunOptions extends NirConventions {
  /** Paths of nodes of which what they give, and potentials where they have some, are kept for every step. */
  record?: readonly string[];
}

/** Recorded values of a node: an array for every step, flat, last axis fastest. */
export interface NirTrace {
  /** Its output. */
  given: Float64Array[];
  /** Potentials before the reset; of neurons and integrators. */
  v?: Float64Array[];
  /** Potentials after the reset. */
  u?: Float64Array[];
}

/** Values for every step, flat, last axis fastest; by name of the Input where there are several. */
export type NirInput = readonly ArrayLike<number>[] | Readonly<Record<string, readonly ArrayLike<number>[]>>;

/** Result of a run. */
export interface NirRun {
  /** What the Output gave at every step; of the first by name where there are several. */
  output: Float64Array[];
  /** The same of all Outputs, by name. */
  outputs: Record<string, Float64Array[]>;
  /** Recorded values, by path of node. */
  traces: Record<string, NirTrace>;
  /** The conventions that it ran under. */
  conventions: NirConventions;
}

/**
 * Runs a graph from rest over some time steps of one example.
 *
 * @param graph - as read by `readNir`
 * @param input - as many steps as there are arrays, each flat, last axis fastest; by name of the Input where there are
 *   several
 * @param options - conventions win over those in the metadata of the graph
 * @returns what the Outputs gave at each step, and what was to be kept
 * @throws SettingsError where a graph does not hold together, a convention is missing or an input does not fit, naming the node
 *
 * @example
 * ```ts
 * const graph = await readNir('lif_norse.nir');
 * const { output } = runNir(graph, [[0], [1], [1]], { dt: 1e-4, integration: 'euler', reset: 'value', comparison: '>' });
 * ```
 */
export function runNir(graph: NirGraph, input: NirInput, options: NirRunOptions = {}): NirRun {
  const { record = [], ...given } = options;
  const { flat, shapes, run } = soundGraph(graph);
  const needs = [...flat.nodes].map(
    ([path, node]) =>
      [nodeText(path, node), nodeKind(node.type)!.needs] as [string, (keyof NirConventions)[]],
  );
  const conventions = settledConventions(given, graph.metadata, needs);
  const missing = record.find((path) => !flat.nodes.has(path));
  if (missing !== undefined)
    throw new SettingsError(
      `record: no node ${missing}; there are ${[...flat.nodes.keys()].slice(0, 20).join(', ')}`,
    );
  const inputs = inputsOf(input, flat.inputs, (path) => shapes.get(path)!.takes);
  const steps = inputs.values().next().value!.length;

  const machines = new Map<string, Machine>();
  for (const [path, node] of flat.nodes) {
    const { takes, gives } = shapes.get(path)!;
    machines.set(path, {
      running: started(() => nodeKind(node.type)!.start(node, takes, conventions), nodeText(path, node)),
      sum: new Float64Array(countOf(takes)),
      now: new Float64Array(countOf(gives)),
      before: new Float64Array(countOf(gives)),
      sources: [],
    });
  }
  flat.edges.forEach(([from, to], i) =>
    machines.get(to)!.sources.push({ from: machines.get(from)!, delayed: run.delayed[i] }),
  );
  const outputs = Object.fromEntries(flat.outputs.map((name) => [name, [] as Float64Array[]]));
  const traces: Record<string, NirTrace> = Object.fromEntries(record.map((path) => [path, { given: [] }]));
  for (let t = 0; t < steps; t++) {
    for (const machine of machines.values()) machine.before.set(machine.now);
    for (const path of run.order) {
      const { running, sum, now, sources } = machines.get(path)!;
      sum.fill(0);
      const own = inputs.get(path);
      if (own) sum.set(own[t]);
      for (const { from, delayed } of sources) {
        const values = delayed ? from.before : from.now;
        for (let i = 0; i < sum.length; i++) sum[i] += values[i];
      }
      now.set(running.step(sum));
    }
    for (const name of flat.outputs) outputs[name].push(machines.get(name)!.now.slice());
    for (const path of record) keep(traces[path], machines.get(path)!);
  }
  return { output: outputs[flat.outputs[0]], outputs, traces, conventions };
}

interface Machine {
  running: Running;
  sum: Float64Array;
  /** What it gives in this step, and what it gave in the step before. */
  now: Float64Array;
  before: Float64Array;
  sources: { from: Machine; delayed: boolean }[];
}

function started(start: () => Running, node: string): Running {
  try {
    return start();
  } catch (error) {
    throw error instanceof NodeProblem ? new SettingsError(`NIR graph: ${node} ${error.message}`) : error;
  }
}

function keep(trace: NirTrace, { running, now }: Machine): void {
  trace.given.push(now.slice());
  const potentials = running.potentials?.();
  if (potentials === undefined) return;
  (trace.v ??= []).push(potentials.v.slice());
  (trace.u ??= []).push(potentials.u.slice());
}

/** Values by Input, as many steps for each. @throws SettingsError */
function inputsOf(
  input: NirInput,
  names: string[],
  shape: (name: string) => number[],
): Map<string, readonly ArrayLike<number>[]> {
  const isList = (given: NirInput): given is readonly ArrayLike<number>[] => Array.isArray(given);
  if (isList(input) && names.length > 1)
    throw new SettingsError(
      `input: the graph has the Inputs ${names.join(', ')}; give values by these names`,
    );
  const given = isList(input) ? { [names[0]]: input } : input;
  const found = new Map(
    names.map((name) => {
      if (!Object.hasOwn(given, name))
        throw new SettingsError(`input: nothing for the Input ${name}; give an array a step`);
      return [name, given[name]];
    }),
  );
  const steps = found.get(names[0])!.length;
  for (const [name, values] of found) {
    if (values.length !== steps)
      throw new SettingsError(
        `input: ${values.length} steps for ${name}, ${steps} for ${names[0]}; expected as many`,
      );
    const wrong = values.findIndex((one) => one.length !== countOf(shape(name)));
    if (wrong >= 0)
      throw new SettingsError(
        `input: step ${wrong} of ${name} has ${values[wrong].length} values, expected ${countOf(shape(name))}, of shape ${shapeText(shape(name))}`,
      );
  }
  return found;
}
