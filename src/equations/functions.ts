// The table of everything that an equation can compute. A new function is one entry here: the parser, the interpreters, the
// derivation and the formulas read it.
import type { Definition } from './definition.js';
import { call, name, num } from './expression.js';
import { arithmetic, comparisons } from './operators.js';
import { add, divide, multiply, negate, power, subtract, where } from './simplify.js';

const inBars = (text: string): string => `\\left|${text}\\right|`;

/** Functions by the names by which equations call them. */
const called = {
  where: {
    arity: 3,
    value: (condition, a, b) => (condition ? a : b),
    adjoint: (g, [condition]) => [num(0), where(condition, g, num(0)), where(condition, num(0), g)],
    tex: (condition, a, b) =>
      `\\begin{cases}${a} & \\text{if } ${condition}\\\\ ${b} & \\text{otherwise}\\end{cases}`,
  },
  min: {
    arity: 2,
    value: (a, b) => Math.min(a, b),
    adjoint(g, [a, b]) {
      const first = call('lessOrEqual', [a, b]);
      return [where(first, g, num(0)), where(first, num(0), g)];
    },
  },
  max: {
    arity: 2,
    value: (a, b) => Math.max(a, b),
    adjoint(g, [a, b]) {
      const first = call('greaterOrEqual', [a, b]);
      return [where(first, g, num(0)), where(first, num(0), g)];
    },
  },
  abs: {
    arity: 1,
    value: (a) => Math.abs(a),
    adjoint: (g, [a]) => [multiply(g, call('sign', [a]))],
    tex: inBars,
  },
  sign: { arity: 1, value: (a) => Math.sign(a), adjoint: () => [num(0)] },
  exp: {
    arity: 1,
    value: (a) => Math.exp(a),
    adjoint: (g, [a]) => [multiply(g, call('exp', [a]))],
    tex: (a) => `e^{${a}}`,
  },
  log: { arity: 1, value: (a) => Math.log(a), adjoint: (g, [a]) => [divide(g, a)] },
  sqrt: {
    arity: 1,
    value: (a) => Math.sqrt(a),
    adjoint: (g, [a]) => [divide(g, multiply(num(2), call('sqrt', [a])))],
    tex: (a) => `\\sqrt{${a}}`,
  },
  tanh: {
    arity: 1,
    value: (a) => Math.tanh(a),
    adjoint: (g, [a]) => [multiply(g, subtract(num(1), power(call('tanh', [a]), num(2))))],
  },
  sigmoid: {
    arity: 1,
    value: (a) => 1 / (1 + Math.exp(-a)),
    adjoint: (g, [a]) => [multiply(multiply(g, call('sigmoid', [a])), call('sigmoid', [negate(a)]))],
    tex: (a) => `\\sigma\\left(${a}\\right)`,
  },
  /** 1 where its argument is above 0. Its gradient is the surrogate's, scaled by SGS with the potential `v`. */
  spike: {
    arity: 1,
    adjoint: (g, [a], { target }) => [
      multiply(multiply(g, call('surrogate', [a])), call('sgs', [g, name('v'), name(target)])),
    ],
    tex: (a) => `\\Theta\\left(${a}\\right)`,
  },
  /** The same where neurons fire at their threshold too: 1 where its argument is at least 0. */
  spikeFrom: { arity: 1, adjoint: () => [num(0)], tex: (a) => `\\Theta_0\\left(${a}\\right)`, derived: true },
  /** Its argument, through which no gradient passes. */
  detach: { arity: 1, adjoint: () => [num(0)] },
  /** The surrogate derivative h of the argument of `spike`. */
  surrogate: {
    arity: 1,
    adjoint: () => [num(0)],
    tex: (a) => `h\\left(${a}\\right)`,
    derived: true,
  },
  /** Eq. (5): 1 + δ·sign(g)·(v − o). */
  sgs: {
    arity: 3,
    adjoint: () => [num(0), num(0), num(0)],
    tex: (g, v, o) => `\\left(1 + \\delta\\,\\operatorname{sign}(${g})\\,(${v} - ${o})\\right)`,
    derived: true,
  },
} satisfies Record<string, Definition>;

/** Every function and operator by its key. */
export const FUNCTIONS: ReadonlyMap<string, Definition> = new Map<string, Definition>(
  Object.entries({ ...arithmetic, ...comparisons, ...called }),
);

/** The names by which an equation can call a function. */
export const CALLABLE: readonly string[] = Object.keys(called).filter((key) => !FUNCTIONS.get(key)!.derived);

/** Numbers that have a name. */
export const CONSTANTS: ReadonlyMap<string, number> = new Map([['pi', Math.PI]]);

/** Names that mean something already and so cannot be given to a parameter or a variable. */
export const RESERVED: ReadonlySet<string> = new Set([...Object.keys(called), ...CONSTANTS.keys()]);

/** Whether a call is a comparison. */
export const isComparison = (fn: string): boolean => Object.hasOwn(comparisons, fn);

/** The definition of a call. */
export function definitionOf(fn: string): Definition {
  const found = FUNCTIONS.get(fn);
  if (!found) throw new Error(`no function ${fn}`); // the parser lets none through: a fault of this program
  return found;
}

/** The sum of several expressions, 0 of none. */
export const sum = (terms: ReturnType<typeof add>[]): ReturnType<typeof add> =>
  terms.reduce((total, term) => add(total, term), num(0));
