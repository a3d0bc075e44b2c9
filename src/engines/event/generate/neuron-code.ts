// From a neuron's equations to the module of its step, forward, recomputed and backward, and to what its layers must have
// ready: a table by channel, states, sums. The loops around are written by hand: assembly/described-*.ts.
import { before, fromAbove, fromNext, INPUT } from '../../../equations/names.js';
import { type Assignment, type Expression, name } from '../../../equations/expression.js';
import type { NeuronEquations } from '../../../equations/index.js';
import { literal, type Read, ROW_BYTES, rowOf, statements, variable, VECTOR_BYTES } from './emit.js';
import { Fused } from './fuse.js';
import { type Node, type Operation, reachable } from '../../generate/graph.js';
import { chooseKept } from './keep.js';
import { stepGraph } from '../../generate/step-graph.js';
import { stepModule } from './step-module.js';
import type { SurrogateCode } from '../../generate/surrogate-code.js';

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

/** What reads the inputs of a vector. */
const INPUTS = {
  x: (vector: number): string =>
    `current(second, y, scale, shift, z, zScale, zShift, bits, ${vector * VECTOR_BYTES})`,
  above: (): string => 'g',
  state: (vector: number, i: number): string => rowOf('state', i, vector),
  own: (vector: number, i: number): string => rowOf(`load<usize>(own, ${i * 4}) + place`, 0, vector),
};

/** Operations whose steps wait for each other. */
const LONG: ReadonlySet<Operation> = new Set(['exp', 'expOfNegative', 'log', 'tanh', 'power']);
/** Vectors that a step with such operations computes together: while one waits another goes on. More do not fit into registers. */
const TOGETHER = 4;

/** Generates the code of a neuron with a surrogate. */
export function generateNeuron(neuron: NeuronEquations, surrogate: SurrogateCode): NeuronCode {
  const step = stepGraph(neuron, surrogate, 'table');
  const { lowering, known, names, states, sums, own, analog, judged, next, given } = step;
  const { dx, toSums, toOwn, handed } = step;
  const reads = new Map<Node, (vector: number) => string>();
  const at = (key: string, read: (vector: number, i: number) => string, i = 0): Node => {
    const node = step.inputs.get(key)!;
    reads.set(node, (vector) => read(vector, i));
    return node;
  };
  const forwardOnly = new Set([
    at(INPUT, INPUTS.x),
    ...states.map((state, i) => at(before(state), INPUTS.state, i)),
  ]);
  own.forEach((parameter, i) => at(parameter, INPUTS.own, i));
  const backwardOnly = new Set([
    at(fromAbove(neuron.output), INPUTS.above),
    ...states.map((state, i) => at(fromNext(state), INPUTS.state, i)),
  ]);
  const results = [dx, ...toSums, ...toOwn, ...handed];
  const fused = new Fused(reachable([...next, given]), reachable([...next, given, ...results]));
  const kept = chooseKept({
    ...{ fused, next, results },
    named: neuron.forward
      .filter((equation) => !names.has(equation.name))
      .map((equation) => lowering.lower(name(equation.name))),
    isForward: (node) => forwardOnly.has(node),
    isBackward: (node) => backwardOnly.has(node),
  });
  const places = new Map(kept.map((node, i) => [node, rowOf('kept', i)]));
  const read: Read = (node, vector) => reads.get(node)?.(vector);
  const constants = (number: number): number => lowering.constant(number);
  const named = (node: Node, vector = 0): string => variable(node, constants, vector);
  const store = (at: string) => (node: Node, i: number) =>
    `v128.store(${at}, ${named(node)}, ${i * ROW_BYTES});`;
  const addTo = (at: string) => (node: Node, i: number) =>
    `v128.store(${at}, f32x4.add(v128.load(${at}, ${i * ROW_BYTES}), ${named(node)}), ${i * ROW_BYTES});`;
  const seenLast = judged ? next.slice(-1) : []; // of the last step no state is used, but for what is judged
  const forward = fused.needed([...next, given]);
  const vectors = forward.some(({ op }) => LONG.has(op)) ? TOGETHER : 1;
  /** Lines for each of the vectors that are computed together. */
  const each = (line: (vector: number) => string): string[] =>
    Array.from({ length: vectors }, (_, vector) => line(vector));
  const storeEach = (at: string, nodes: readonly Node[], row = 0): string[] =>
    nodes.flatMap((node, i) =>
      each((k) => `v128.store(${at}, ${named(node, k)}, ${(row + i) * ROW_BYTES + k * VECTOR_BYTES});`),
    );
  const masked = (k: number): string => `v128.and(${named(given, k)}, ${rowOf('table', 0, k)})`;
  const handOn = analog
    ? [...each((k) => `v128.store(to, ${masked(k)}, ${k * VECTOR_BYTES});`), 'return 0;']
    : [`return ${each((k) => `<u32>i32x4.bitmask(${named(given, k)}) << ${4 * k}`).join(' | ')};`];
  const parts = {
    rest: [...neuron.state.values()].map(
      (first, i) => `v128.store(state, f32x4.splat(${literal(first)}), ${i * ROW_BYTES});`,
    ),
    forward: [
      ...statements(fused, forward, constants, read, vectors),
      ...storeEach('state', next),
      ...handOn,
    ],
    forwardLast: [
      ...statements(fused, fused.needed([...seenLast, given]), constants, read, vectors),
      ...storeEach('state', seenLast, next.length - 1),
      ...handOn,
    ],
    recompute: [
      ...statements(fused, fused.needed([...next, ...kept]), constants, read, vectors),
      ...storeEach('kept', kept),
      ...storeEach('state', next),
    ],
    backward: [
      ...statements(
        fused,
        fused.needed(results, new Set(kept)),
        constants,
        (node, vector) => places.get(node) ?? read(node, vector),
      ),
      ...handed.map(store('state')),
      ...toSums.map(addTo('sums')),
      ...toOwn.map(addTo('owned')),
      `return ${named(dx)};`,
    ],
  };
  const sizes = {
    ...{ states: states.length, kept: kept.length, sums: sums.length, owned: own.length },
    ...{ analog: Number(analog), judged: Number(judged), at: Number(firesAtZero(neuron)), vectors },
  };
  const source = stepModule(sizes, neuron.spike === null ? '' : surrogate.source, parts);
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
