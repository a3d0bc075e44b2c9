import {
  chmodSync,
  existsSync,
  mkdirSync,
  readFileSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import test, { type ExecutionContext } from 'ava';
import { experiment } from '../../src/experiment/experiment.js';
import { canonicalJson, sha256 } from '../../src/hash.js';
import { versions } from '../../src/records/provenance.js';
import { RECORD_VERSION } from '../../src/records/record.js';
import { formatRecord } from '../../src/records/text.js';
import { headerOf } from '../../src/records/header.js';
import { INDEX_NAME, listHeaders, lookOf, type HeaderListing } from '../../src/records/index-cache.js';
import { openRuns, type Runs } from '../../src/records/folder.js';
import { temporaryFolder } from '../helpers/folder.js';
import { sampleEvaluation } from '../helpers/records.js';
import { madeRun } from '../helpers/sweep.js';

const records = [...[0, 1, 2].map((seed) => madeRun({ seed })), sampleEvaluation()].sort((a, b) =>
  a.id < b.id ? -1 : 1,
);
const headers = records.map(headerOf);

/** Looks a minute from now: all files have been as they are for long enough to be believed. */
const look = (runs: Runs): HeaderListing => listHeaders(runs, { now: Date.now() + 60_000 });

function indexed(t: ExecutionContext): { runs: Runs; index: string } {
  const runs = openRuns(temporaryFolder(t));
  for (const record of records) runs.put(record);
  return { runs, index: join(runs.folder, INDEX_NAME) };
}

test('listHeaders: the headers of all records, read once', (t) => {
  const { runs, index } = indexed(t);
  t.deepEqual(look(runs), { headers, corrupt: [], read: 4 });
  t.true(existsSync(index));
  t.deepEqual(look(runs), { headers, corrupt: [], read: 0 });
});

test('listHeaders: a record that is new, changed or gone is seen', (t) => {
  const { runs } = indexed(t);
  look(runs);
  const added = madeRun({ seed: 9 });
  runs.put(added);
  const [first, second] = records;
  rmSync(join(runs.folder, `${first.id}.json`));
  // The same size and the same modification time: only the change time and the inode tell.
  const file = join(runs.folder, `${second.id}.json`);
  const { mtime, atime } = statSync(file);
  writeFileSync(file, formatRecord({ ...second, seconds: 38.75 }));
  utimesSync(file, atime, mtime);
  const listing = look(runs);
  t.is(listing.read, second.kind === 'run' ? 2 : 1);
  t.false(listing.headers.some(({ id }) => id === first.id));
  t.true(listing.headers.some(({ id }) => id === added.id));
  if (second.kind === 'run') t.is(listing.headers.find(({ id }) => id === second.id)?.seconds, 38.75);
});

test('lookOf: size, modification time to the nanosecond, change time and inode, each tells files apart', (t) => {
  const stats = { size: 1n, mtimeNs: 2n, ctimeNs: 3n, ino: 4n };
  const looks = Object.keys(stats).map((part) => lookOf({ ...stats, [part]: 5n }));
  t.is(new Set([lookOf(stats), ...looks]).size, 5);
  t.is(lookOf({ ...stats }), lookOf(stats));
});

test('listHeaders: a record that changed just now is read again each time', (t) => {
  const runs = openRuns(temporaryFolder(t));
  runs.put(records[0]);
  const now = statSync(join(runs.folder, `${records[0].id}.json`)).ctimeMs;
  t.is(listHeaders(runs, { now }).read, 1);
  t.is(listHeaders(runs, { now }).read, 1);
  t.is(listHeaders(runs, { now: now + 1999 }).read, 1);
  t.is(listHeaders(runs, { now: now + 2001 }).read, 1, 'it was not in the index');
  t.is(listHeaders(runs, { now: now + 2001 }).read, 0);
});

test('listHeaders: an index that is damaged, cut, of another version or not an index is made again', (t) => {
  const { runs, index } = indexed(t);
  look(runs);
  const whole = readFileSync(index);
  const flipped = Buffer.from(whole);
  flipped[whole.length - 40] ^= 1;
  const [head, ...body] = whole.toString().split('\n');
  const other = [head.replace(/index [0-9a-f]{4}/, 'index 0000'), ...body].join('\n');
  for (const damaged of [flipped, whole.subarray(0, 900), '', 'nonsense', '{}\n[]', other]) {
    writeFileSync(index, damaged);
    t.deepEqual(look(runs), { headers, corrupt: [], read: 4 });
    t.deepEqual(readFileSync(index), whole);
  }
});

test('listHeaders: a damaged record is named, and the others listed', (t) => {
  const { runs } = indexed(t);
  look(runs);
  writeFileSync(join(runs.folder, `${records[0].id}.json`), '{');
  for (let time = 0; time < 2; time++) {
    const listing = look(runs);
    t.deepEqual(listing.headers, headers.slice(1));
    t.is(listing.corrupt.length, 1);
    t.regex(listing.corrupt[0].message, new RegExp(`${records[0].id}\\.json: not a valid record`));
  }
});

test('listHeaders: a folder that cannot be written is read without an index; one that is absent has no records', (t) => {
  const { runs, index } = indexed(t);
  chmodSync(runs.folder, 0o555);
  try {
    t.deepEqual(look(runs).headers, headers);
    if (process.getuid?.() !== 0) t.false(existsSync(index));
  } finally {
    chmodSync(runs.folder, 0o755);
  }
  t.deepEqual(look(openRuns(join(runs.folder, 'absent'))), { headers: [], corrupt: [], read: 0 });
});

test('listHeaders: where the index cannot be written the headers are listed all the same', (t) => {
  const { runs, index } = indexed(t);
  mkdirSync(index);
  for (let time = 0; time < 2; time++) t.deepEqual(look(runs), { headers, corrupt: [], read: 4 });
});

test('listHeaders: an index is that of one version of the package, of records and of the settings’ defaults', (t) => {
  const { runs, index } = indexed(t);
  look(runs);
  const reader = sha256(canonicalJson([2, RECORD_VERSION, versions().package, experiment()]));
  const [head, body] = readFileSync(index, 'utf8').split(/(?<=^[^\n]*)\n/);
  t.is(head, `sgs-snn index ${reader} ${sha256(body)}`);
});
