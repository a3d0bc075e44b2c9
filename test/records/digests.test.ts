import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import test, { type ExecutionContext } from 'ava';
import { DataError } from '../../src/errors.js';
import { sha256 } from '../../src/hash.js';
import { packageRoot } from '../../src/paths.js';
import { DIGESTS_NAME, listDigests, readDigests } from '../../src/records/digests.js';
import { openRuns } from '../../src/records/folder.js';
import { importRecords } from '../../src/records/import.js';
import type { StoredRecord } from '../../src/records/record.js';
import { temporaryFolder } from '../helpers/folder.js';
import { sampleEvaluation, sampleRun } from '../helpers/records.js';

const COMMITTED = join(packageRoot(), 'data', 'runs');

test('every committed record is in the list, with the bytes that it has; the list names no others', (t) => {
  const digests = readDigests(COMMITTED);
  const names = readdirSync(COMMITTED).filter((name) => name.endsWith('.json'));
  t.true(names.length > 200);
  t.deepEqual([...digests.keys()], names.sort());
  for (const name of names) t.is(digests.get(name), sha256(readFileSync(join(COMMITTED, name))), name);
});

/** A folder with records as an earlier version wrote them, without content hash, listed. */
function listed(t: ExecutionContext): { folder: string; run: StoredRecord; file: string } {
  const folder = temporaryFolder(t);
  const run = sampleRun();
  const file = join(folder, `${run.id}.json`);
  for (const record of [run, sampleEvaluation()])
    writeFileSync(join(folder, `${record.id}.json`), JSON.stringify(record));
  t.is(listDigests(folder).added.length, 2);
  return { folder, run, file };
}

const damage = (file: string): void =>
  writeFileSync(file, readFileSync(file, 'utf8').replace('"trainLoss":2.6', '"trainLoss":2.7'));

test('a record without content hash is checked against the list whenever it is read', (t) => {
  const { folder, run, file } = listed(t);
  t.deepEqual(openRuns(folder).get(run.id), run);
  damage(file);
  t.throws(() => openRuns(folder).get(run.id), {
    instanceOf: DataError,
    message:
      /not the bytes that SHA256SUMS lists: it was changed after it was committed; restore it, or delete its line/,
  });
  t.is(openRuns(folder).list().corrupt.length, 1);
  rmSync(join(folder, DIGESTS_NAME));
  t.notDeepEqual(openRuns(folder).get(run.id), run, 'nothing else would tell');
});

test('a listed record that was made anew, with a hash of its own, is read', (t) => {
  const { folder, run, file } = listed(t);
  rmSync(file);
  openRuns(folder).put({ ...run, seconds: 7 });
  t.is(openRuns(folder).get(run.id).seconds, 7);
});

test('importRecords: checks the list beside the records, and says of one without hash and line that it has none', (t) => {
  const { folder, file } = listed(t);
  const fresh = (): string[] =>
    importRecords(folder, openRuns(temporaryFolder(t))).map(({ what, detail }) =>
      `${what} ${detail.replace(/^.*\.json: /, '')}`.slice(0, 40).trim(),
    );
  t.deepEqual(fresh(), ['added', 'added']);
  damage(file);
  t.regex(fresh()[1], /^damaged not the bytes that SHA256SUMS/);
  rmSync(join(folder, DIGESTS_NAME));
  t.deepEqual(fresh(), [
    'added without content hash: its form and',
    'added without content hash: its form and',
  ]);
});

test('listDigests: adds what is new, and refuses what changed, is gone or is damaged; the list stays as it was', (t) => {
  const { folder, file } = listed(t);
  const list = join(folder, DIGESTS_NAME);
  t.deepEqual(listDigests(folder), { added: [], listed: 2 });
  const other = sampleRun({ settings: { seed: 1 } });
  openRuns(folder).put(other);
  t.deepEqual(listDigests(folder), { added: [`${other.id}.json`], listed: 3 });
  const lines = readFileSync(list, 'utf8').trimEnd().split('\n');
  t.deepEqual(
    lines.map((line) => line.slice(66)),
    lines.map((line) => line.slice(66)).sort(),
    'by name',
  );
  const [kept, record] = [readFileSync(list, 'utf8'), readFileSync(file)];
  t.regex(kept, /^([0-9a-f]{64} {2}(run|eval)-[0-9a-f]{16}\.json\n){3}$/);
  damage(file);
  t.throws(() => listDigests(folder), {
    instanceOf: DataError,
    message: /not the bytes that SHA256SUMS lists/,
  });
  rmSync(file);
  t.throws(() => listDigests(folder), {
    instanceOf: DataError,
    message: /listed in SHA256SUMS and not there; restore it/,
  });
  writeFileSync(file, record);
  writeFileSync(join(folder, 'run-0123456789abcdef.json'), '{');
  t.throws(() => listDigests(folder), { instanceOf: DataError, message: /not JSON/ });
  t.is(readFileSync(list, 'utf8'), kept);
});

test('readDigests: a line that is none, or a name twice, is named', (t) => {
  const folder = temporaryFolder(t);
  const line = `${'a'.repeat(64)}  x.json`;
  for (const text of [
    `${line}\nnonsense\n`,
    `${line}\n${line}\n`,
    `${line}\n${'a'.repeat(64)}  ../x.json\n`,
  ]) {
    writeFileSync(join(folder, DIGESTS_NAME), text);
    t.throws(() => readDigests(folder), {
      instanceOf: DataError,
      message: /SHA256SUMS: line 2: expected 64 hex digits/,
    });
  }
  writeFileSync(join(folder, DIGESTS_NAME), line.replaceAll('  ', ' *') + '\r\n');
  t.deepEqual([...readDigests(folder)], [['x.json', 'a'.repeat(64)]], 'as sha256sum writes it elsewhere');
});
