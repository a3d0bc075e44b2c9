import { Command } from 'commander';
import test from 'ava';
import { DataError, SettingsError } from '../../src/errors.js';
import {
  assignmentOption,
  assignments,
  numberFrom,
  numberList,
  numberUpTo,
  someText,
  someTexts,
  valuesOf,
  wholeNumberFrom,
} from '../../src/commands/values.js';

test('numbers: within their bounds, as people write them; all else is refused with the bounds', (t) => {
  t.deepEqual(['0', '2', '1.5', '.5', '2e0', '+1'].map(numberFrom(0, 2)), [0, 2, 1.5, 0.5, 2, 1]);
  t.deepEqual(['1e-3', '1E+0', '20e-1'].map(numberFrom(0, 2)), [1e-3, 1, 2]);
  for (const text of ['-0.1', '2.1', '', ' 1', '0x1', 'Infinity', 'NaN', '1,5', '1_0'])
    t.throws(() => numberFrom(0, 2)(text), { message: 'expected a number from 0 to 2.' }, text);
  t.is(numberUpTo(3)('3'), 3);
  for (const text of ['0', '3.1', '-1', 'x'])
    t.throws(() => numberUpTo(3)(text), { message: 'expected a number above 0, at most 3.' }, text);
  t.is(wholeNumberFrom(1, 9)('9'), 9);
  for (const text of ['0', '10', '1.5', 'x'])
    t.throws(() => wholeNumberFrom(1, 9)(text), { message: 'expected a whole number from 1 to 9.' }, text);
  t.deepEqual(numberList('0,1.5,2'), [0, 1.5, 2]);
  t.throws(() => numberList('0,-1'));
});

test('texts: several may be given, an empty one is refused', (t) => {
  t.deepEqual(someTexts('b', someTexts('a', undefined)), ['a', 'b']);
  for (const text of ['', ' ', '\t']) t.throws(() => someText(text), { message: /not empty/ });
});

test('assignments: the value is JSON or text, up to the first "="; JSON that hides something is refused', (t) => {
  t.deepEqual(valuesOf('--set', ['a.b=1', 'c=x=y', 'd={"e":[true]}', 'f=', 'g=null']), {
    'a.b': 1,
    c: 'x=y',
    d: { e: [true] },
    f: '',
    g: null,
  });
  t.throws(() => assignments('--set', ['=1']), {
    instanceOf: SettingsError,
    message: /^--set "=1": expected a name/,
  });
  t.throws(() => assignments('--set', ['a={"b":1,"b":2}']), {
    instanceOf: DataError,
    message: /^--set a: the key "b"/,
  });
});

test('assignmentOption: collects assignments, and refuses what is none with an example', (t) => {
  const parse = (...words: string[]): unknown =>
    new Command()
      .exitOverride()
      .configureOutput({ writeErr: () => {} })
      .addOption(assignmentOption('--set <a...>', '', 'x=1'))
      .parse(words, { from: 'user' })
      .opts().set;
  t.deepEqual(parse('--set', 'a=1', 'b=2', '--set', 'c=3'), ['a=1', 'b=2', 'c=3']);
  t.throws(() => parse('--set', 'a'), { message: /such as x=1/ });
});
