// The step of a neuron as a graph, forward and backward, with what it reads and gives: what engines that generate code start from.
// Tests: test/engines/event/generate/neuron-code.test.ts, test/engines/webgpu/described.slow.ts.
import { type Assignment, type Expression, name, nodesOf } from '../../equations/expression.js';
import { CONSTANTS } from '../../equations/functions.js';
import type { NeuronEquations } from '../../equations/index.js';
import {
  adjointOf,
  before,
  fromAbove,
  fromLoss,
  fromNext,
  handedBack,
  INPUT,
  MARGIN,
} from '../../equations/names.js';
import { add, multiply } from '../../equations/simplify.js';
import { Graph, type Node } from './graph.js';
import { DELTA, FLOOR, Lowering, PULL } from './lower.js';
import type { SurrogateCode } from './surrogate-code.js';

/** See the head of the file. */
export interface StepGraph {
  lowering: Lowering;
  /** What it reads, by name: the input, states before the step, what is learned, what is handed back from above and from the next step. */
  inputs: ReadonlyMap<string, Node>;
  /** Equations of what is known without neurons, in order; their names and all others of that kind. */
  known: readonly Assignment[];
  names: ReadonlySet<string>;
  states: readonly string[];
  /** Learned parameters of a layer or of its channels, whose gradients are sums; and those of single neurons. */
  sums: readonly string[];
  own: readonly string[];
  /** True where the layer hands on something else than its spikes. */
  analog: boolean;
  /** True where it is judged: the last state is what stands in `spike(…)`. */
  judged: boolean;
  /** States after the step, and the output: of spikes their mask. */
  next: readonly Node[];
  given: Node;
  /** Mask of the spikes, of neurons that have any. */
  fires?: Node;
  /** Gradients: of the input, of what is learned, and of the states before the step. */
  dx: Node;
  toSums: readonly Node[];
  toOwn: readonly Node[];
  handed: readonly Node[];
}

/**
 * Makes it.
 *
 * @param shared - where parameters of a layer or its channels are: in the table, with all that is made of them alone, or inputs
 */
export function stepGraph(
  neuron: NeuronEquations,
  surrogate: SurrogateCode,
  shared: 'table' | 'inputs',
): StepGraph {
  const graph = new Graph();
  const states = [...neuron.state.keys()];
  const sums = neuron.learned.filter(({ per }) => per !== 'neuron').map((parameter) => parameter.name);
  const own = neuron.learned.filter(({ per }) => per === 'neuron').map((parameter) => parameter.name);
  const judged = neuron.state.has(MARGIN);
  const pulls = judged ? Object.values(PULL) : [];
  const tabled = shared === 'table' ? sums : [];
  const names = new Set([...neuron.fixed.keys(), ...tabled, DELTA, FLOOR, ...pulls, ...surrogate.names]);
  const lowering = new Lowering(graph, names, (its, argument) => surrogate.lower(its, argument));
  const inputs = new Map<string, Node>();
  const input = (key: string): void => {
    const node = graph.input(key);
    lowering.set(key, node);
    inputs.set(key, node);
  };
  input(INPUT);
  for (const state of states) input(before(state));
  for (const parameter of own) input(parameter);
  if (shared === 'inputs') for (const parameter of sums) input(parameter);
  input(fromAbove(neuron.output));
  for (const state of states) input(fromNext(state));
  const known: Assignment[] = [];
  for (const equation of [...neuron.forward, ...(judged ? pulled(neuron) : []), ...neuron.backward])
    if (isKnown(equation.value, names)) {
      known.push(equation);
      names.add(equation.name);
    } else lowering.set(equation.name, lowering.lower(equation.value));
  const value = (key: string): Node => lowering.lower(name(key));
  const next = states.map(value);
  const output = value(neuron.output);
  const analog = neuron.output !== neuron.spike;
  return {
    ...{ lowering, inputs, known, names, states, sums, own, analog, judged, next },
    given: analog ? output : output.args[0],
    ...(neuron.spike !== null && { fires: value(neuron.spike).args[0] }),
    dx: value(adjointOf(INPUT)),
    toSums: sums.map((parameter) => value(adjointOf(parameter))),
    toOwn: own.map((parameter) => value(adjointOf(parameter))),
    handed: states.map((state) => value(handedBack(state))),
  };
}

/** What terms of the loss hand to what stands in `spike(…)` and to the spike: affine in the one, the same for every other. */
const pulled = ({ spike }: NeuronEquations): Assignment[] => [
  { name: fromLoss(MARGIN), value: add(name(PULL.offset), multiply(name(PULL.slope), name(MARGIN))) },
  { name: fromLoss(spike!), value: name(PULL.spike) },
];

/** Whether an equation can be computed from what is known by channel; one of numbers alone needs no table. */
function isKnown(expression: Expression, names: ReadonlySet<string>): boolean {
  let named = false;
  for (const node of nodesOf(expression)) {
    if (node.kind === 'call' && ['spike', 'spikeFrom', 'surrogate', 'sgs'].includes(node.fn)) return false;
    if (node.kind !== 'name' || CONSTANTS.has(node.name)) continue;
    if (!names.has(node.name)) return false;
    named = true;
  }
  return named;
}
