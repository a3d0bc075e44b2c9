// The derivation: readable equations, and gradients that are the central differences.
import test from 'ava';
import fc from 'fast-check';
import { SettingsError } from '../../src/errors.js';
import { derive } from '../../src/equations/derive.js';
import { evaluate } from '../../src/equations/evaluate.js';
import { type Expression, name, num } from '../../src/equations/expression.js';
import { parseAssignment } from '../../src/equations/parse.js';
import { printAssignment } from '../../src/equations/print.js';
import { NAMES, smoothExpression } from '../helpers/expressions.js';

const derived = (equations: string[], output: string, wanted: string[]): string[] =>
  derive(
    equations.map((text) => parseAssignment(text)),
    new Map([[output, name('g')]]),
    wanted,
  ).map(printAssignment);

test('equations read as one would write them by hand', (t) => {
  t.deepEqual(derived(['y = 3 * a^2 + b'], 'y', ['a', 'b']), ['∂y = g', '∂a = ∂y * 3 * 2 * a', '∂b = ∂y']);
  t.deepEqual(derived(['y = a / b'], 'y', ['a', 'b']), ['∂y = g', '∂a = ∂y / b', '∂b = -(∂y * a / b^2)']);
  t.deepEqual(derived(['p = a * b', 'y = p + exp(p)'], 'y', ['a']), [
    '∂y = g',
    '∂p = ∂y + ∂y * exp(p)',
    '∂a = ∂p * b',
  ]);
});

test('a spike hands on its gradient times the surrogate and the scale of SGS', (t) => {
  t.deepEqual(derived(['v = a * 2', 'o = spike(v - 1)'], 'o', ['a']), [
    '∂o = g',
    '∂v = ∂o * surrogate(v - 1) * sgs(∂o, v, o)',
    '∂a = ∂v * 2',
  ]);
});

test('nothing passes through detach, sign and conditions; what does not depend on what is asked for has no equation', (t) => {
  t.deepEqual(derived(['y = a * detach(a) + sign(a)'], 'y', ['a']), ['∂y = g', '∂a = ∂y * detach(a)']);
  t.deepEqual(derived(['y = where(a < 1, a, 2)'], 'y', ['a']), ['∂y = g', '∂a = where(a < 1, ∂y, 0)']);
  t.deepEqual(derived(['p = c^2', 'y = p * a'], 'y', ['a']), ['∂y = g', '∂a = ∂y * p']);
  t.deepEqual(derived(['p = a', 'y = 2'], 'y', ['a']), ['∂a = 0']);
});

test('abs, min and max: the slope of the side; of equal arguments the first has it, and abs has none at 0', (t) => {
  const slopes = (text: string, at: Record<string, number>): number[] => {
    const equations = derive([parseAssignment(`y = ${text}`)], new Map([['y', num(1)]]), ['a', 'b']);
    const values: Record<string, number> = { ...at };
    for (const { name: set, value } of equations) values[set] = evaluate(value, values);
    return [values['∂a'], values['∂b']];
  };
  t.deepEqual(slopes('min(a, b)', { a: 1, b: 2 }), [1, 0]);
  t.deepEqual(slopes('min(a, b)', { a: 2, b: 1 }), [0, 1]);
  t.deepEqual(slopes('min(a, b)', { a: 1, b: 1 }), [1, 0]);
  t.deepEqual(slopes('max(a, b)', { a: 1, b: 2 }), [0, 1]);
  t.deepEqual(slopes('max(a, b)', { a: 1, b: 1 }), [1, 0]);
  t.deepEqual(slopes('abs(a) + abs(b)', { a: -3, b: 0 }), [-1, 0]);
});

test('property: the derivative of a random smooth expression is the difference quotient of fourth order within 1e-6', (t) => {
  const unit = fc.double({ min: -1, max: 1, noNaN: true });
  fc.assert(
    fc.property(smoothExpression, unit, unit, unit, (expression: Expression, a, b, c) => {
      const at: Record<string, number> = { a, b, c };
      const value = (key: string, by: number): number => evaluate(expression, { ...at, [key]: at[key] + by });
      const values: Record<string, number> = { ...at, y: value('a', 0) };
      for (const equation of derive([{ name: 'y', value: expression }], new Map([['y', num(1)]]), NAMES))
        values[equation.name] = evaluate(equation.value, values);
      const h = 1e-3;
      for (const key of NAMES) {
        const near = value(key, h) - value(key, -h);
        const far = value(key, 2 * h) - value(key, -2 * h);
        const quotient = (8 * near - far) / (12 * h);
        const scale = Math.max(1, Math.abs(values.y), Math.abs(quotient));
        t.true(
          Math.abs(values[`∂${key}`] - quotient) < 1e-6 * scale,
          `${key}: ${values[`∂${key}`]}, ${quotient}`,
        );
      }
    }),
    { numRuns: 300, seed: 1 },
  );
});

test('a derivation that would become long is refused, with what to do', (t) => {
  t.throws(() => derived([`y = a${'/a'.repeat(190)}`], 'y', ['a']), {
    instanceOf: SettingsError,
    message:
      /the equations of y have gradients of more than 20000 terms; split them, with names for their parts/,
  });
  const sums = Array.from(
    { length: 32 },
    (_, i) => `s${i + 1} = ${i === 0 ? 'b' : `s${i}`}${' + a'.repeat(190)}`,
  );
  t.throws(() => derived(sums, 's32', ['a']), {
    instanceOf: SettingsError,
    message: /have "a" in more than 300 places; split them/,
  });
});
