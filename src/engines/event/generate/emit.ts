// The nodes of a graph as AssemblyScript. The text is made of the generator's own words and of numbers: nothing of what a
// description's author wrote stands in it.
import type { Fused } from './fuse.js';
import type { Node, Operation } from '../../generate/graph.js';

/** One vector after the other: 32 channels are 128 bytes. */
export const ROW_BYTES = 128;
/** Four channels. */
export const VECTOR_BYTES = 16;

/** Code of operations that need a constant besides their arguments. */
const WITH_CONSTANT: Partial<Record<Operation, { constant: number; code(...args: string[]): string }>> = {
  turn: { constant: -0, code: (bit, a, b) => `v128.xor(${a}, v128.and(${b}, ${bit}))` },
  one: { constant: 1, code: (one, mask) => `v128.and(${mask}, ${one})` },
};

const CODE: Partial<Record<Operation, (...args: string[]) => string>> = {
  add: (a, b) => `f32x4.add(${a}, ${b})`,
  subtract: (a, b) => `f32x4.sub(${a}, ${b})`,
  multiply: (a, b) => `f32x4.mul(${a}, ${b})`,
  square: (a) => `f32x4.mul(${a}, ${a})`,
  divide: (a, b) => `f32x4.div(${a}, ${b})`,
  negate: (a) => `f32x4.neg(${a})`,
  abs: (a) => `f32x4.abs(${a})`,
  sqrt: (a) => `f32x4.sqrt(${a})`,
  min: (a, b) => `f32x4.pmin(${a}, ${b})`,
  max: (a, b) => `f32x4.pmax(${a}, ${b})`,
  sign: (a) => `sign(${a})`,
  exp: (a) => `exp(${a}, constants)`,
  expOfNegative: (a) => `expOfNegative(${a}, constants)`,
  log: (a) => `log(${a})`,
  tanh: (a) => `tanh(${a}, constants)`,
  power: (a, b) => `power(${a}, ${b}, constants)`,
  surrogate: (u, a, b) => `derivative(${u}, ${a}, ${b})`,
  keep: (mask, a) => `v128.and(${mask}, ${a})`,
  clear: (mask, a) => `v128.andnot(${a}, ${mask})`,
  select: (mask, a, b) => `v128.bitselect(${a}, ${b}, ${mask})`,
  lt: (a, b) => `f32x4.lt(${a}, ${b})`,
  le: (a, b) => `f32x4.le(${a}, ${b})`,
  gt: (a, b) => `f32x4.gt(${a}, ${b})`,
  ge: (a, b) => `f32x4.ge(${a}, ${b})`,
  eq: (a, b) => `f32x4.eq(${a}, ${b})`,
  ne: (a, b) => `f32x4.ne(${a}, ${b})`,
};

/** A number as float32, in the language's spelling. */
export function literal(value: number): string {
  const rounded = Math.fround(value);
  if (Number.isNaN(rounded)) return '<f32>NaN';
  if (!Number.isFinite(rounded)) return rounded > 0 ? '<f32>Infinity' : '-<f32>Infinity';
  return Object.is(rounded, -0) ? '-0.0' : String(rounded);
}

/** Reads the number of a constant's entry of the table. */
export type Constants = (value: number) => number;

/** What reads four channels of a row, of those behind the first four. */
export const rowOf = (address: string, row: number, vector = 0): string =>
  `v128.load(${address}, ${row * ROW_BYTES + vector * VECTOR_BYTES})`;

/** What reads an entry of the table, from 1 on: entry 0 is the mask of real channels. */
const entry = (slot: number, vector = 0): string => rowOf('table', 1 + slot, vector);

/**
 * What a node is called in the text. A number is read from the table: as a part of the code V8 would make it anew wherever it is
 * used.
 *
 * @param vector - which four channels, where several are computed together
 */
export const variable = (node: Node, constants: Constants, vector = 0): string =>
  node.op === 'number' ? entry(constants(node.value)) : `n${node.id}${vector > 0 ? `_${vector}` : ''}`;

/** What reads an input or a node that was kept, of a vector; undefined of a node that is to be computed. */
export type Read = (node: Node, vector: number) => string | undefined;

/**
 * The statements that compute nodes, in order.
 *
 * @param vectors - how many are computed together, each statement for all of them before the next
 */
export function statements(
  fused: Fused,
  nodes: readonly Node[],
  constants: Constants,
  read: Read,
  vectors = 1,
): string[] {
  return nodes
    .filter((node) => node.op !== 'number')
    .flatMap((node) =>
      Array.from({ length: vectors }, (_, vector) => {
        const value = read(node, vector) ?? expression(fused, node, constants, vector);
        return `const ${variable(node, constants, vector)} = ${value};`;
      }),
    );
}

function expression(fused: Fused, node: Node, constants: Constants, vector: number): string {
  const args = fused.readBy(node).map((arg) => variable(arg, constants, vector));
  if (fused.madd(node)) return `madd(${args.join(', ')})`;
  if (node.op === 'table') return entry(Number(node.key), vector);
  const other = WITH_CONSTANT[node.op];
  if (other) return other.code(entry(constants(other.constant)), ...args);
  const code = CODE[node.op];
  if (!code) throw new Error(`nothing reads ${node.op} ${node.key}`); // a fault of the generator
  return code(...args);
}
