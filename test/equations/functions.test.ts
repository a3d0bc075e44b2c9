// The table of functions as a whole: what every entry has.
import test from 'ava';
import { call, name, num } from '../../src/equations/expression.js';
import {
  CALLABLE,
  CONSTANTS,
  definitionOf,
  FUNCTIONS,
  isComparison,
  RESERVED,
  sum,
} from '../../src/equations/functions.js';
import { print } from '../../src/equations/print.js';
import { tex } from '../../src/equations/tex.js';

const LETTERS = ['a', 'b', 'c'];

test('every function hands a gradient to each of its arguments, and has a text and a formula', (t) => {
  for (const [fn, { arity, adjoint }] of FUNCTIONS) {
    const args = LETTERS.slice(0, arity).map((letter) => name(letter));
    t.is(adjoint(name('g'), args, { target: 'o' }).length, arity, fn);
    t.true(print(call(fn, args)).includes('a'));
    t.true(tex(call(fn, args)).includes('a'));
  }
});

test('what can be called, as it is documented; derived functions and operators cannot, and all names are taken', (t) => {
  const called = 'where min max abs sign exp log sqrt tanh sigmoid spike detach'.split(' ');
  t.deepEqual(CALLABLE, called);
  t.deepEqual([...RESERVED].sort(), [...called, 'spikeFrom', 'surrogate', 'sgs', ...CONSTANTS.keys()].sort());
  t.true(isComparison('less'));
  t.false(isComparison('add'));
  t.false(isComparison('constructor'));
  t.throws(() => definitionOf('constructor'), { message: 'no function constructor' });
});

test('a sum of nothing is 0', (t) => {
  t.deepEqual(sum([]), num(0));
  t.is(print(sum([name('a'), name('b')])), 'a + b');
});
