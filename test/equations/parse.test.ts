// What the language takes and what it refuses: class, place and text of every error.
import test from 'ava';
import jsep from 'jsep';
import { SettingsError } from '../../src/errors.js';
import { evaluate } from '../../src/equations/evaluate.js';
import { nodesOf } from '../../src/equations/expression.js';
import { nameFault, parse, parseAssignment } from '../../src/equations/parse.js';
import { print } from '../../src/equations/print.js';

const valueOf = (text: string, values: Record<string, number> = {}): number => evaluate(parse(text), values);

test('operators bind as in mathematics: signs weaker than powers, powers from the right, the rest from the left', (t) => {
  for (const [text, value] of [
    ['-3^2', -9],
    ['(-3)^2', 9],
    ['2^3^2', 512],
    ['(2^3)^2', 64],
    ['2^-1', 0.5],
    ['-2^-2', -0.25],
    ['2*3^2', 18],
    ['8/4/2', 1],
    ['8/(4/2)', 4],
    ['1-2-3', -4],
    ['1+2*3-4/2', 5],
    ['--2', 2],
    ['2 * -3', -6],
    ['1e-3 * 1E3 + .5 + 2.', 3.5],
    [' ( 1 ) ', 1],
    ['2^2 * 2', 8],
    ['max(1, 2)^2', 4],
  ] as const)
    t.is(valueOf(text), value, text);
});

test('functions and conditions have the values that they stand for', (t) => {
  for (const [text, value] of [
    ['where(a < 1, 2, 3)', 2],
    ['where(a >= 1, 2, 3)', 3],
    ['where(a == 0.5, 2, 3)', 2],
    ['where(a != 0.5, 2, 3)', 3],
    ['where(a <= 0.5, 2, 3)', 2],
    ['where(a > 0.5, 2, 3)', 3],
    ['min(a, -a) + max(a, -a)', 0],
    ['abs(-a) + sign(-a)', -0.5],
    ['exp(log(a))', 0.5],
    ['sqrt(a + 3.5)', 2],
    ['sigmoid(0) + tanh(0)', 0.5],
    ['spike(a) + spike(0) + spike(-a)', 1],
    ['detach(a)', 0.5],
    ['pi', Math.PI],
  ] as const)
    t.is(valueOf(text, { a: 0.5 }), value, text);
});

test('every node knows where it begins', (t) => {
  const text = 'a + min(b , -c)^2';
  const places = [...nodesOf(parse(text))].map((node) => `${node.kind} ${node.at}`);
  t.deepEqual(places, ['call 0', 'name 0', 'call 4', 'call 4', 'name 8', 'call 12', 'name 13', 'number 16']);
  const { name, value } = parseAssignment('  v =u * 2');
  t.is(name, 'v');
  t.deepEqual(
    [...nodesOf(value)].map(({ at }) => at),
    [5, 5, 9],
  );
});

const REFUSED: [text: string, column: number, message: RegExp][] = [
  ['u +', 4, /found the end; expected a number, a name, a call or "\("/],
  ['', 1, /found the end/],
  ['u . x', 1, /a member of something/],
  ['u.constructor', 1, /a member of something/],
  ['"u"', 1, /found """; expected numbers, names/],
  ["'u'", 1, /found "'"/],
  ['`u`', 1, /found "`"/],
  ['[u]', 1, /found "\["/],
  ['{u}', 1, /found "\{"/],
  ['/u/', 1, /found "\/"; expected a number/],
  ['u ? 1 : 2', 3, /found "\?"/],
  ['u; x', 2, /found ";"/],
  ['u, x', 2, /found ","; expected an operator/],
  ['u,', 2, /found ","/],
  [',u', 1, /found ","/],
  ['(u, x)', 3, /found ","/],
  ['(u', 3, /unclosed \(; expected "\)"/],
  ['u)', 2, /found "\)"; expected an operator/],
  ['()', 2, /found "\)"; expected a number/],
  ['u x', 3, /found "x"; expected an operator/],
  ['min(u x)', 7, /found "x"; expected an operator/],
  ['min(u)', 1, /min has 1 arguments; expected 2/],
  ['exp(u, x)', 1, /exp has 2 arguments; expected one/],
  ['exp()', 1, /exp has 0 arguments/],
  ['min(u, )', 9, /unexpected token \)/],
  ['min(, u)', 6, /unexpected token ,/],
  ['sigmod(u)', 1, /no function "sigmod"; expected one of where, .*; did you mean "sigmoid"\?/],
  ['surrogate(u)', 1, /no function "surrogate"/],
  ['add(u, x)', 1, /no function "add"/],
  ['eval(u)', 1, /no function "eval"/],
  ['constructor(u)', 1, /no function "constructor"/],
  ['(u)(x)', 1, /no function "u"/],
  ['exp(u)(x)', 1, /only a function can be called/],
  ['sigmoid', 1, /"sigmoid" is a function; expected sigmoid\(…\)/],
  ['u ** 2', 3, /no operator "\*\*"; expected \^ for a power/],
  ['u === x', 3, /no operator "==="/],
  ['u << 2', 3, /no operator "<<"/],
  ['+u', 1, /the sign "\+"/],
  ['!u', 1, /the sign "!"/],
  ['true', 1, /found "true"; expected a number or a name/],
  ['null', 1, /found "null"/],
  ['this', 1, /the word "this"/],
  ['__proto__', 1, /found "__proto__"; expected a name/],
  ['_u', 1, /expected a name/],
  ['2u', 2, /variable names cannot start with a number/],
  ['1..2', 3, /unexpected period/],
  ['1e', 3, /expected exponent/],
  ['1e999', 1, /"1e999" is too large/],
  ['u\u00a0+ x', 2, /found "\u00a0"/],
  ['u + \u001b[2J', 5, /found "\\u001b"/],
  ['θ', 1, /found "θ"/],
  ['u > 1', 1, /a comparison has no gradient; expected comparisons only as the first argument of where/],
  ['where(u, 1, 2)', 7, /the first argument of where is a condition; expected a comparison/],
  ['where(u > 1, u > 1, 2)', 14, /a comparison has no gradient/],
];

test('what the language does not have is refused, with column, what was found, what was expected, and a caret', (t) => {
  for (const [text, column, message] of REFUSED) {
    const error = t.throws(() => parse(text, 'h'), { instanceOf: SettingsError, message }, text);
    const [first, line, caret] = error.message.split('\n');
    t.true(first.startsWith(`h, column ${column}: `), `${text}: ${first}`);
    if (column <= text.length && !text.includes('\u001b'))
      t.is(line[caret.indexOf('^')], text[column - 1], text);
  }
});

test('an equation is a usable name, =, and an expression', (t) => {
  for (const [text, message] of [
    ['u', /column 1: no equation; expected name = expression/],
    ['u == 1', /no equation/],
    ['= 1', /no equation/],
    ['u + 1 = 2', /no equation/],
    ['__proto__ = 1', /no equation/],
    ['spike = 1', /"spike" means a function or a constant/],
    ['detach = 1', /"detach" means a function/],
    ['pi = 1', /"pi" means a function or a constant/],
    ['constructor = 1', /"constructor" is a name that every object has/],
    ['u = = 1', /column 5: found "="/],
    ['u = ', /column 5: found the end/],
  ] as const)
    t.throws(() => parseAssignment(text, 'step 1'), { instanceOf: SettingsError, message }, text);
  t.is(nameFault('g_t2'), null);
  t.regex(nameFault('a'.repeat(41))!, /is no name/);
});

test('hostile text is refused before it is read: 10⁵ characters, brackets 10⁴ deep, chains of signs and powers', (t) => {
  for (const [text, message] of [
    ['x'.repeat(1e5), /the equation has 100000 characters; expected at most 1000/],
    ['('.repeat(1e4) + 'x' + ')'.repeat(1e4), /characters; expected at most 1000/],
    ['('.repeat(400) + 'x' + ')'.repeat(400), /column 51: brackets 51 deep; expected at most 50/],
    ['exp('.repeat(100) + 'x' + ')'.repeat(100), /brackets 51 deep/],
    ['-'.repeat(999) + 'x', /a long equation; expected at most 400 numbers, names and calls/],
    ['x' + '^x'.repeat(499), /a long equation/],
    ['x' + '+x'.repeat(499), /a long equation/],
  ] as const) {
    const error = t.throws(() => parse(text), { instanceOf: SettingsError, message });
    t.true(error.message.length < 300); // the text is shown around the place only
  }
});

test('plugins and settings of jsep that somebody else made do not reach the language, and it leaves jsep as it was', (t) => {
  const before = JSON.stringify([jsep.binary_ops, jsep.unary_ops, jsep.literals]);
  let called = 0;
  jsep.hooks.add('gobble-token', () => void called++);
  jsep.hooks.add('after-token', (env) => {
    env.node = { type: 'ThisExpression' };
  });
  t.is(print(parse('-a^2')), '-a^2');
  t.is(called, 0);
  t.is(JSON.stringify([jsep.binary_ops, jsep.unary_ops, jsep.literals]), before);
  t.is(jsep('a').type, 'ThisExpression');
});
