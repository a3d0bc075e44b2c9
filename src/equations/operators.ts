// The operators: arithmetic and comparisons. Tests: test/equations/functions.test.ts.
import { type Definition, LEVEL } from './definition.js';
import { call, num } from './expression.js';
import { divide, multiply, negate, power, subtract } from './simplify.js';

const comparison = (text: string, tex: string, holds: (a: number, b: number) => boolean): Definition => ({
  arity: 2,
  value: (a, b) => (holds(a, b) ? 1 : 0),
  adjoint: () => [num(0), num(0)],
  operator: { text, tex, level: LEVEL.comparison },
});

/** Comparisons: they stand as the first argument of `where` and nowhere else. */
export const comparisons = {
  less: comparison('<', '<', (a, b) => a < b),
  lessOrEqual: comparison('<=', '\\le', (a, b) => a <= b),
  greater: comparison('>', '>', (a, b) => a > b),
  greaterOrEqual: comparison('>=', '\\ge', (a, b) => a >= b),
  equal: comparison('==', '=', (a, b) => a === b),
  notEqual: comparison('!=', '\\ne', (a, b) => a !== b),
} satisfies Record<string, Definition>;

/** Arithmetic. `^` binds tighter than a sign, and from the right: −x² is −(x²), a^b^c is a^(b^c). */
export const arithmetic = {
  add: {
    arity: 2,
    value: (a, b) => a + b,
    adjoint: (g) => [g, g],
    operator: { text: '+', tex: '+', level: LEVEL.sum },
  },
  subtract: {
    arity: 2,
    value: (a, b) => a - b,
    adjoint: (g) => [g, negate(g)],
    operator: { text: '-', tex: '-', level: LEVEL.sum },
  },
  multiply: {
    arity: 2,
    value: (a, b) => a * b,
    adjoint: (g, [a, b]) => [multiply(g, b), multiply(g, a)],
    operator: { text: '*', tex: '\\,', level: LEVEL.product },
  },
  divide: {
    arity: 2,
    value: (a, b) => a / b,
    adjoint: (g, [a, b]) => [divide(g, b), negate(divide(multiply(g, a), power(b, num(2))))],
    operator: { text: '/', tex: '/', level: LEVEL.product },
  },
  negate: {
    arity: 1,
    value: (a) => -a,
    adjoint: (g) => [negate(g)],
    operator: { text: '-', tex: '-', level: LEVEL.sign },
  },
  power: {
    arity: 2,
    value: (a, b) => a ** b,
    adjoint: (g, [a, b]) => [
      multiply(multiply(g, b), power(a, subtract(b, num(1)))),
      multiply(g, multiply(power(a, b), call('log', [a]))),
    ],
    operator: { text: '^', tex: '^', level: LEVEL.power },
  },
} satisfies Record<string, Definition>;
