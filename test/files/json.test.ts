import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import test from 'ava';
import { DataError } from '../../src/errors.js';
import { parseJson, readJson } from '../../src/files/json.js';
import { temporaryFolder } from '../helpers/folder.js';

const parse = (text: string): unknown => parseJson(text, 'a.json', { remedy: 'correct it' });

test('parseJson: what JSON.parse gives, for 500 random values and the forms that they are written in', (t) => {
  fc.assert(
    fc.property(fc.jsonValue({ maxDepth: 6 }), fc.nat(3), (value, indent) => {
      const text = JSON.stringify(value, null, indent);
      t.deepEqual(parse(text), JSON.parse(text));
    }),
    { seed: 17, numRuns: 500 },
  );
});

test('parseJson: a key that stands twice in one object is refused with its place, however it is written', (t) => {
  for (const [text, message] of [
    ['{"a": 1,\n "b": 2,\n "a": 3}', 'the key "a" stands twice in one object, again in line 3, column 2'],
    [
      '{"a": {"b": [{"c": 1, "c": 1}]}}',
      'the key "c" stands twice in one object, again in line 1, column 23',
    ],
    ['{"a": 1, "\\u0061": 2}', 'the key "\\u0061" stands twice in one object, again in line 1, column 10'],
    [
      '{"__proto__": 1, "__proto__" : 2}',
      'the key "__proto__" stands twice in one object, again in line 1, column 18',
    ],
  ])
    t.throws(() => parse(text), { instanceOf: DataError, message: `a.json: ${message}; remove one` });
  for (const text of [
    '[{"a": 1}, {"a": 2}]',
    '{"a": {"a": {"a": 1}}}',
    '{"a": "a", "b": "\\"a\\":", "c": ["a", "a"]}',
    '{"a\\\\": 1, "a": 2}',
  ])
    t.deepEqual(parse(text), JSON.parse(text));
  t.deepEqual(parseJson('{"a": 1, "a": 2}', 'a', { remedy: '', repeatedKeys: true }), { a: 2 });
});

test('parseJson: more than 100 levels are refused, also a million, and where the text is cut short', (t) => {
  const nested = (levels: number): string => `${'['.repeat(levels)}${']'.repeat(levels)}`;
  t.notThrows(() => parse(nested(100)));
  for (const text of [
    nested(101),
    nested(1_000_000),
    '{"a":'.repeat(20_000),
    `"[[${'['.repeat(200)}", ${nested(101)}`,
  ])
    t.throws(() => parse(text), {
      instanceOf: DataError,
      message: 'a.json: is nested more than 100 levels deep; correct it',
    });
  t.is(parse(`"${'['.repeat(200)}"`), '['.repeat(200));
});

test('parseJson: what is not JSON is refused, with the line where it is known', (t) => {
  t.throws(() => parse('{"a": 1,\n  b: 2}'), {
    instanceOf: DataError,
    message: /^a\.json: is not JSON: .*line 2,? column 3/,
  });
  for (const text of [
    '',
    '{',
    '{"a": 1',
    '{"a": 1, "a',
    '{"a": 1, "\\x": 2, "\\x": 3}',
    "{'a': 1}",
    '\ufeff{}',
  ])
    t.throws(() => parse(text), { instanceOf: DataError, message: /is not JSON/ });
});

test('readJson: a file with a byte-order mark is read, one over 16 MiB is not', (t) => {
  const file = join(temporaryFolder(t), 'a.json');
  writeFileSync(file, '\ufeff{"epochs": 2}');
  t.deepEqual(readJson(file, { remedy: 'correct it' }), { epochs: 2 });
  writeFileSync(file, ' '.repeat(2 ** 24 + 1));
  t.throws(() => readJson(file, { remedy: '' }), {
    instanceOf: DataError,
    message: /more than 16777216 bytes/,
  });
});
