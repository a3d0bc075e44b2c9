// The nodes of a neuron's step as WGSL, four channels at a time. The text is made of the generator's own words and of numbers: nothing
// of what a description's author wrote stands in it. Tests: test/engines/webgpu/described.slow.ts.
import { evaluate } from '../../../equations/evaluate.js';
import type { Node, Operation } from '../../generate/graph.js';
import { reachable } from '../../generate/graph.js';
import type { StepGraph } from '../../generate/step-graph.js';
import { f32, type KernelNumber, literal } from '../dispatch.js';

/** Where float32 ends: WGSL has no literal beyond, and need not know infinities. */
const LARGEST = 3.4028234e38;

const bounded = (value: number): number => Math.min(LARGEST, Math.max(-LARGEST, value));

const select = (mask: string, a: string, b: string): string => `select(${b}, ${a}, ${mask})`;
const compare = (operator: string) => (a: string, b: string) => `${a} ${operator} ${b}`;

const CODE: Partial<Record<Operation, (...args: string[]) => string>> = {
  add: (a, b) => `${a} + ${b}`,
  subtract: (a, b) => `${a} - ${b}`,
  multiply: (a, b) => `${a} * ${b}`,
  square: (a) => `${a} * ${a}`,
  divide: (a, b) => `${a} / ${b}`,
  negate: (a) => `-${a}`,
  abs: (a) => `abs(${a})`,
  sqrt: (a) => `sqrt(${a})`,
  min: (a, b) => `min(${a}, ${b})`,
  max: (a, b) => `max(${a}, ${b})`,
  turn: (a, b) => `bitcast<vec4f>(bitcast<vec4u>(${a}) ^ (bitcast<vec4u>(${b}) & vec4u(0x80000000u)))`,
  sign: (a) => `sign(${a})`,
  exp: (a) => `exp_of(${a})`,
  expOfNegative: (a) => `exp_of(-${a})`,
  log: (a) => `log(${a})`,
  tanh: (a) => `tanh_of(${a})`,
  power: (a, b) => `power_of(${a}, ${b})`,
  surrogate: (u, a, b) => `derivative(${u}, ${a}.x, ${b}.x)`,
  one: (mask) => select(mask, 'vec4f(1)', 'vec4f(0)'),
  keep: (mask, a) => select(mask, a, 'vec4f(0)'),
  clear: (mask, a) => select(mask, 'vec4f(0)', a),
  select,
  lt: compare('<'),
  le: compare('<='),
  gt: compare('>'),
  ge: compare('>='),
  eq: compare('=='),
  ne: compare('!='),
};

/** Functions that steps call. As in engine event: exp ends where float32 does, tanh does not cancel near 0. */
export const FUNCTIONS = `
fn exp_of(x: vec4f) -> vec4f { return exp(clamp(x, vec4f(-87.3), vec4f(88.7))); }
fn tanh_of(x: vec4f) -> vec4f {
  let a = abs(x);
  let large = sign(x) * (1.0 - 2.0 / (exp_of(2.0 * a) + 1.0));
  let z = x * x;
  let p = (((z * -5.70498872745e-3 + 2.06390887954e-2) * z - 5.37397155531e-2) * z + 1.33314422036e-1) * z - 3.33332819422e-1;
  return select(large, x + x * z * p, a < vec4f(0.625));
}
fn power_of(a: vec4f, b: vec4f) -> vec4f {
  let end = select(vec4f(0), vec4f(3.4028234e38), b < vec4f(0));
  let size = select(exp_of(b * log(abs(a))), end, a == vec4f(0));
  let odd = abs(b - 2.0 * floor(b * 0.5)) == vec4f(1);
  let value = select(size, -size, (a < vec4f(0)) & odd);
  return select(value, vec4f(1), b == vec4f(0));
}`;

/** The numbers of a step by the names that its code has for them: entries of its table, made of settings alone. */
export function tableNumbers(
  { lowering, known }: Pick<StepGraph, 'lowering' | 'known'>,
  values: Readonly<Record<string, number>>,
): Record<string, KernelNumber> {
  const all: Record<string, number> = { ...values };
  for (const { name, value } of known) all[name] = evaluate(value, all);
  return Object.fromEntries(
    lowering.table.map((entry, i) => [`K${i}`, f32(bounded(evaluate(entry, all)))] as const),
  );
}

/** What a node is called. */
export function nameOf(node: Node): string {
  if (node.op === 'number') return `vec4f(${literal(bounded(node.value))})`;
  return node.op === 'table' ? `vec4f(K${node.key})` : `n${node.id}`;
}

/**
 * Statements that compute nodes, in order.
 *
 * @param given - expressions of nodes that are there already: inputs, and what was computed elsewhere
 */
export function statements(roots: readonly Node[], given: ReadonlyMap<Node, string>): string {
  return reachable(roots, ({ args }) => args, new Set(given.keys()))
    .filter(({ op }) => op !== 'number' && op !== 'table')
    .map((node) => `let ${nameOf(node)} = ${given.get(node) ?? expression(node)};`)
    .join('\n      ');
}

function expression({ op, key, args }: Node): string {
  const code = CODE[op];
  if (!code) throw new Error(`nothing reads ${op} ${key}`); // a fault of the generator
  return code(...args.map(nameOf));
}
