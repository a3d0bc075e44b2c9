import { appendFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import test from 'ava';
import { appendEntry, logFile, readLog } from '../../bench/log.js';
import { DataError } from '../../src/errors.js';
import { temporaryFolder } from '../helpers/folder.js';
import { entryWith } from '../helpers/entries.js';

test('what is appended is read again, in order; without a file there is nothing', (t) => {
  const file = join(temporaryFolder(t), 'log.jsonl');
  t.deepEqual(readLog(file), []);
  const entries = [entryWith(), entryWith({ measure: 'memory', unit: 'B', pytorch: null, commit: null })];
  for (const entry of entries) appendEntry(entry, file);
  t.deepEqual(readLog(file), entries);
  t.is(readFileSync(file, 'utf8').split('\n').length, 3);
});

test('after a line that was cut off the next entry begins a line of its own', (t) => {
  const file = join(temporaryFolder(t), 'log.jsonl');
  writeFileSync(file, '{"version": 1, "ti');
  appendEntry(entryWith(), file);
  t.throws(() => readLog(file), { instanceOf: DataError, message: /line 1 is not JSON/ });
  writeFileSync(file, readFileSync(file, 'utf8').split('\n').slice(1).join('\n'));
  t.deepEqual(readLog(file), [entryWith()]);
});

test('a line that is no entry is named with what is wrong', (t) => {
  const file = join(temporaryFolder(t), 'log.jsonl');
  appendEntry(entryWith(), file);
  appendFileSync(file, `\n${JSON.stringify({ ...entryWith(), threads: 0 })}\n`);
  t.throws(() => readLog(file), { instanceOf: DataError, message: /line 3: threads: / });
});

test('a folder that is not there is said so', (t) => {
  const file = join(temporaryFolder(t), 'none', 'log.jsonl');
  t.throws(() => appendEntry(entryWith(), file), { instanceOf: DataError, message: /ENOENT/ });
});

test('the committed log can be read', (t) => {
  t.notThrows(() => readLog(logFile()));
});
