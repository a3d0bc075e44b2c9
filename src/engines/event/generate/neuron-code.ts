// From a neuron's equations to the module of its step, forward, recomputed and backward, and to what its layers must have
// ready: a table by channel, states, sums. The loops around are written by hand: assembly/described-*.ts.
import {
  adjointOf,
  before,
  fromAbove,
  fromLoss,
  fromNext,
  handedBack,
  INPUT,
  MARGIN,
} from '../../../equations/names.js';
import { add, multiply } from '../../../equations/simplify.js';
import { type Assignment, type Expression, name, nodesOf } from '../../../equations/expression.js';
import { CONSTANTS } from '../../../equations/functions.js';
import type { NeuronEquations } from '../../../equations/index.js';
import { literal, ROW_BYTES, statements, variable } from './emit.js';
import { Fused } from './fuse.js';
import { Graph, type Node, reachable } from './graph.js';
import { chooseKept } from './keep.js';
import { DELTA, FLOOR, Lowering, PULL } from './lower.js';
import type { SurrogateCode } from './surrogate-code.js';

/** The code of a neuron's step and what it works on. */
export interface NeuronCode {
  /** The module `step.ts`. */
  source: string;
  /** Equations that the calling thread computes by channel, in order, before the entries of the table. */
  known: readonly Assignment[];
  /** What the entries of the table are, from entry 1 on; entry 0 is the mask of real channels. */
  table: readonly Expression[];
  states: number;
  /** Vectors that the backward pass keeps of a pixel and step. */
  kept: number;
  /** Learned parameters of a layer or of its channels, whose gradients are sums. */
  sums: readonly string[];
  /** Those of single neurons. */
  own: readonly string[];
  /** True where the layer hands on something else than its spikes. */
  analog: boolean;
  /** True where it is judged: the last state is what stands in `spike(…)`. */
  judged: boolean;
}

const INPUTS = {
  x: 'x',
  above: 'g',
  state: (i: number): string => `v128.load(state, ${i * ROW_BYTES})`,
  own: (i: number): string => `v128.load(load<usize>(own, ${i * 4}) + place)`,
};

/** Generates the code of a neuron with a surrogate. */
export function generateNeuron(neuron: NeuronEquations, surrogate: SurrogateCode): NeuronCode {
  const graph = new Graph();
  const states = [...neuron.state.keys()];
  const sums = neuron.learned.filter(({ per }) => per !== 'neuron').map((parameter) => parameter.name);
  const own = neuron.learned.filter(({ per }) => per === 'neuron').map((parameter) => parameter.name);
  const judged = neuron.state.has(MARGIN);
  const pulls = judged ? Object.values(PULL) : [];
  const names = new Set([...neuron.fixed.keys(), ...sums, DELTA, FLOOR, ...pulls, ...surrogate.names]);
  const lowering = new Lowering(graph, names, (its, argument) => surrogate.lower(its, argument));
  const reads = new Map<Node, string>();
  const input = (key: string, read: string): Node => {
    const node = graph.input(key);
    lowering.set(key, node);
    reads.set(node, read);
    return node;
  };
  const forwardOnly = new Set([
    input(INPUT, INPUTS.x),
    ...states.map((state, i) => input(before(state), INPUTS.state(i))),
  ]);
  own.forEach((parameter, i) => input(parameter, INPUTS.own(i)));
  const backwardOnly = new Set([
    input(fromAbove(neuron.output), INPUTS.above),
    ...states.map((state, i) => input(fromNext(state), INPUTS.state(i))),
  ]);
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
  const given = analog ? output : output.args[0]; // the mask of a spike
  const dx = value(adjointOf(INPUT));
  const toSums = sums.map((parameter) => value(adjointOf(parameter)));
  const toOwn = own.map((parameter) => value(adjointOf(parameter)));
  const handed = states.map((state) => value(handedBack(state)));
  const results = [dx, ...toSums, ...toOwn, ...handed];
  const fused = new Fused(reachable([...next, given]), reachable([...next, given, ...results]));
  const kept = chooseKept({
    ...{ fused, next, results },
    named: neuron.forward
      .filter((equation) => !names.has(equation.name))
      .map((equation) => value(equation.name)),
    isForward: (node) => forwardOnly.has(node),
    isBackward: (node) => backwardOnly.has(node),
  });
  const places = new Map(kept.map((node, i) => [node, `v128.load(kept, ${i * ROW_BYTES})`]));
  const read = (node: Node): string | undefined => reads.get(node);
  const constants = (number: number): number => lowering.constant(number);
  const named = (node: Node): string => variable(node, constants);
  const store = (at: string) => (node: Node, i: number) =>
    `v128.store(${at}, ${named(node)}, ${i * ROW_BYTES});`;
  const addTo = (at: string) => (node: Node, i: number) =>
    `v128.store(${at}, f32x4.add(v128.load(${at}, ${i * ROW_BYTES}), ${named(node)}), ${i * ROW_BYTES});`;
  const parts = {
    rest: [...neuron.state.values()].map(
      (first, i) => `v128.store(state, f32x4.splat(${literal(first)}), ${i * ROW_BYTES});`,
    ),
    forward: [
      ...statements(fused, fused.needed([...next, given]), constants, read),
      ...next.map(store('state')),
      `return ${named(given)};`,
    ],
    recompute: [
      ...statements(fused, fused.needed([...next, ...kept]), constants, read),
      ...kept.map(store('kept')),
      ...next.map(store('state')),
    ],
    backward: [
      ...statements(
        fused,
        fused.needed(results, new Set(kept)),
        constants,
        (node) => places.get(node) ?? read(node),
      ),
      ...handed.map(store('state')),
      ...toSums.map(addTo('sums')),
      ...toOwn.map(addTo('owned')),
      `return ${named(dx)};`,
    ],
  };
  const sizes = {
    ...{ states: states.length, kept: kept.length, sums: sums.length, owned: own.length },
    ...{ analog: Number(analog), judged: Number(judged), at: Number(firesAtZero(neuron)) },
  };
  const source = moduleOf(sizes, neuron.spike === null ? '' : surrogate.source, parts);
  return {
    ...{ source, known, table: lowering.table, sums, own, analog, judged },
    ...{ states: states.length, kept: kept.length },
  };
}

/** Whether an argument of 0 fires. */
const firesAtZero = ({ forward, spike }: NeuronEquations): boolean =>
  forward.some(
    ({ name: target, value }) => target === spike && value.kind === 'call' && value.fn !== 'spike',
  );

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

const moduleOf = (
  sizes: Record<string, number>,
  surrogate: string,
  parts: Record<'rest' | 'forward' | 'recompute' | 'backward', string[]>,
): string => `import { exp, expOfNegative, log, power, sign, tanh } from './functions';
import { expNegative } from './exp';
import { madd } from './madd';
${Object.entries(sizes)
  .map(
    ([key, value]) =>
      `\n// @ts-ignore: decorator\n@inline\nexport const ${key.toUpperCase()}: i32 = ${value};`,
  )
  .join('')}
${surrogate}
${inlined('rest', 'state: usize', 'void', parts.rest)}
${inlined('forward', 'x: v128, state: usize, table: usize, own: usize, place: usize, constants: usize', 'v128', parts.forward)}
${inlined('recompute', 'x: v128, state: usize, kept: usize, table: usize, own: usize, place: usize, constants: usize', 'void', parts.recompute)}
${inlined('backward', 'g: v128, state: usize, kept: usize, table: usize, own: usize, place: usize, constants: usize, sums: usize, owned: usize', 'v128', parts.backward)}`;

const inlined = (called: string, parameters: string, type: string, lines: string[]): string => `
// @ts-ignore: decorator
@inline
export function ${called}(${parameters}): ${type} {
${lines.map((line) => `  ${line}`).join('\n')}
}`;
