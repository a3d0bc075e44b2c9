import test from 'ava';
import { evaluate, evaluator } from '../../src/equations/evaluate.js';
import { call, name } from '../../src/equations/expression.js';
import { parse } from '../../src/equations/parse.js';

test('names are taken from their slots at every call', (t) => {
  const compute = evaluator(
    parse('a - 2 * b'),
    new Map([
      ['b', 0],
      ['a', 1],
    ]),
  );
  t.is(compute([3, 10]), 4);
  t.is(compute([1, 1]), -1);
});

test('spike is strict; it, detach, the surrogate and the scale of SGS mean what the interpreter says', (t) => {
  const [a, v, o] = [name('a'), name('v'), name('o')];
  t.deepEqual(
    [-1, 0, 5e-324].map((value) => evaluate(call('spike', [a]), { a: value })),
    [0, 0, 1],
  );
  t.is(evaluate(call('spike', [a]), { a: 3 }, { spike: (x) => x / 2 }), 1.5);
  t.is(evaluate(call('detach', [a]), { a: 3 }, { detach: () => 7 }), 7);
  t.is(evaluate(call('surrogate', [a]), { a: 3 }, { surrogate: (x) => -x }), -3);
  const scale = call('sgs', [a, v, o]);
  t.is(evaluate(scale, { a: 1, v: 2, o: 3 }), 1);
  t.is(evaluate(scale, { a: 1, v: 2, o: 3 }, { sgs: (g, p, s) => 100 * g + 10 * p + s }), 123);
  t.throws(() => evaluate(call('surrogate', [a]), { a: 3 }), { message: /surrogate has no meaning here/ });
});

test('a name without a value is an error at once, not a number', (t) => {
  t.throws(() => evaluator(parse('a + b'), new Map([['a', 0]])), { message: /b has no value/ });
});
