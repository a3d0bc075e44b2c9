import test from 'ava';
import fc from 'fast-check';
import { call, name, num } from '../../src/equations/expression.js';
import { parse, parseAssignment } from '../../src/equations/parse.js';
import { print, printAssignment } from '../../src/equations/print.js';
import { evaluate } from '../../src/equations/evaluate.js';
import { anyExpression } from '../helpers/expressions.js';

test('one spelling: spaces, brackets and numbers do not matter', (t) => {
  for (const [text, printed] of [
    ['((a))+ (b*c)', 'a + b * c'],
    ['a-(b-c)', 'a - (b - c)'],
    ['(a-b)-c', 'a - b - c'],
    ['a/(b*c)', 'a / (b * c)'],
    ['(-a)^2', '(-a)^2'],
    ['-(a^2)', '-a^2'],
    ['-(a*b)', '-(a * b)'],
    ['(-a)*b', '-a * b'],
    ['(a^b)^c', '(a^b)^c'],
    ['a^(b^c)', 'a^b^c'],
    ['a^(-b)', 'a^-b'],
    ['0.50 + 1e-7 + 100000000000000000000000', '0.5 + 1e-7 + 1e+23'],
    ['where( a<b ,a , b )', 'where(a < b, a, b)'],
  ])
    t.is(print(parse(text)), printed);
  t.is(printAssignment(parseAssignment(' u=v*( 1-o )')), 'u = v * (1 - o)');
  t.is(print(call('power', [num(-2), name('a')])), '(-2)^a');
});

test('property: what is printed is read as the same expression, and printed again as the same text', (t) => {
  fc.assert(
    fc.property(anyExpression, (expression) => {
      const text = print(expression);
      fc.pre(text.length <= 1000);
      const again = parse(text);
      t.is(print(again), text);
      const at = { a: 0.3, b: -1.7, c: 2 };
      t.is(evaluate(again, at), evaluate(expression, at));
    }),
    { numRuns: 500, seed: 1 },
  );
});
