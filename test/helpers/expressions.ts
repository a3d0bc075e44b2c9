// Random expressions of the equation language, for properties.
import fc from 'fast-check';
import { call, type Expression, name, num } from '../../src/equations/expression.js';

/** The names in them. */
export const NAMES = ['a', 'b', 'c'];

const leaf: fc.Arbitrary<Expression> = fc.oneof(
  fc.constantFrom(...NAMES).map((text) => name(text)),
  fc.constantFrom(0, 1, 2, 0.5, 1e-7, 3e21, 12.25).map((value) => num(value)),
);

const of = (fns: readonly string[], ...parts: fc.Arbitrary<Expression>[]): fc.Arbitrary<Expression> =>
  fc.tuple(fc.constantFrom(...fns), ...parts).map(([fn, ...args]) => call(fn, args));

/** Every operator and function in any order; comparisons as conditions only. */
export const anyExpression: fc.Arbitrary<Expression> = fc.letrec<{ e: Expression }>((tie) => {
  const e = tie('e');
  const condition = of(['less', 'lessOrEqual', 'greater', 'greaterOrEqual', 'equal', 'notEqual'], e, e);
  return {
    e: fc.oneof(
      { maxDepth: 5 },
      leaf,
      of(['add', 'subtract', 'multiply', 'divide', 'power'], e, e),
      of(['negate', 'abs', 'sign', 'exp', 'log', 'sqrt', 'tanh', 'sigmoid', 'spike', 'detach'], e),
      of(['min', 'max'], e, e),
      of(['where'], condition, e, e),
    ),
  };
}).e;

const aboveZero = (e: Expression): Expression => call('add', [num(1.5), call('tanh', [e])]);

/** Smooth, and of moderate slope, for names in [−1, 1]. */
export const smoothExpression: fc.Arbitrary<Expression> = fc.letrec<{ e: Expression }>((tie) => {
  const e = tie('e');
  const small = fc.oneof(
    fc.constantFrom(...NAMES).map((text) => name(text)),
    fc.constantFrom(1, 2, 0.5).map((value) => num(value)),
  );
  return {
    e: fc.oneof(
      { maxDepth: 3 },
      small,
      of(['add', 'subtract', 'multiply'], e, e),
      of(['negate', 'tanh', 'sigmoid'], e),
      fc.tuple(fc.constantFrom('log', 'sqrt'), e).map(([fn, a]) => call(fn, [aboveZero(a)])),
      e.map((a) => call('exp', [call('tanh', [a])])),
      fc.tuple(e, e).map(([a, b]) => call('divide', [a, aboveZero(b)])),
      fc.tuple(e, e).map(([a, b]) => call('power', [aboveZero(a), call('sigmoid', [b])])),
      e.map((a) => call('power', [call('tanh', [a]), num(3)])),
    ),
  };
}).e;
