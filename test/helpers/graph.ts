// What a graph of generated code computes, in float64: the meaning of its operations, without a compiler.
import type { Node, Operation } from '../../src/engines/generate/graph.js';

const MEANING: Record<
  Exclude<Operation, 'number' | 'input' | 'table' | 'surrogate'>,
  (...args: number[]) => number
> = {
  add: (a, b) => a + b,
  subtract: (a, b) => a - b,
  multiply: (a, b) => a * b,
  divide: (a, b) => a / b,
  negate: (a) => -a,
  abs: Math.abs,
  sqrt: Math.sqrt,
  min: Math.min,
  max: Math.max,
  turn: (a, b) => (b < 0 || Object.is(b, -0) ? -a : a),
  sign: Math.sign,
  exp: Math.exp,
  expOfNegative: (a) => Math.exp(-a),
  log: Math.log,
  tanh: Math.tanh,
  power: Math.pow,
  square: (a) => a * a,
  one: (mask) => mask,
  keep: (mask, a) => (mask ? a : 0),
  clear: (mask, a) => (mask ? 0 : a),
  select: (mask, a, b) => (mask ? a : b),
  lt: (a, b) => Number(a < b),
  le: (a, b) => Number(a <= b),
  gt: (a, b) => Number(a > b),
  ge: (a, b) => Number(a >= b),
  eq: (a, b) => Number(a === b),
  ne: (a, b) => Number(a !== b),
};

/** The value of a node; `leaf` is that of inputs, of entries of the table and of a surrogate. */
export function valueOf(node: Node, leaf: (node: Node, args: number[]) => number): number {
  const known = new Map<Node, number>();
  const value = (at: Node): number => {
    let found = known.get(at);
    if (found === undefined) {
      const args = at.args.map(value);
      const isLeaf = at.op === 'input' || at.op === 'table' || at.op === 'surrogate';
      found = at.op === 'number' ? at.value : isLeaf ? leaf(at, args) : MEANING[at.op](...args);
      known.set(at, found);
    }
    return found;
  };
  return value(node);
}
