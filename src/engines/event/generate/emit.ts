// The nodes of a graph as AssemblyScript. The text is made of the generator's own words and of numbers: nothing of what a
// description's author wrote stands in it.
import type { Fused } from './fuse.js';
import type { Node, Operation } from './graph.js';

/** One vector after the other: 32 channels are 128 bytes. */
export const ROW_BYTES = 128;

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
  turn: (a, b) => `v128.xor(${a}, v128.and(${b}, i32x4.splat(<i32>0x80000000)))`,
  sign: (a) => `sign(${a})`,
  exp: (a) => `exp(${a})`,
  log: (a) => `log(${a})`,
  tanh: (a) => `tanh(${a})`,
  power: (a, b) => `power(${a}, ${b})`,
  surrogate: (u, a, b) => `derivative(${u}, ${a}, ${b})`,
  one: (mask) => `v128.and(${mask}, f32x4.splat(1))`,
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

/** What a node is called in the text. */
export const variable = (node: Node): string =>
  node.op === 'number' ? `f32x4.splat(${literal(node.value)})` : `n${node.id}`;

/**
 * The statements that compute nodes, in order.
 *
 * @param read - what reads an input or a node that was kept; undefined of a node that is to be computed
 */
export function statements(
  fused: Fused,
  nodes: readonly Node[],
  read: (node: Node) => string | undefined,
): string[] {
  return nodes
    .filter((node) => node.op !== 'number')
    .map((node) => `const ${variable(node)} = ${read(node) ?? expression(fused, node)};`);
}

function expression(fused: Fused, node: Node): string {
  const args = fused.readBy(node).map(variable);
  if (fused.madd(node)) return `madd(${args.join(', ')})`;
  if (node.op === 'table') return `v128.load(table, ${(1 + Number(node.key)) * ROW_BYTES})`;
  const code = CODE[node.op];
  if (!code) throw new Error(`nothing reads ${node.op} ${node.key}`); // a fault of the generator
  return code(...args);
}
