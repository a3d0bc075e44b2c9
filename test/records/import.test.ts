import { copyFileSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import test, { type ExecutionContext } from 'ava';
import { DataError, SettingsError } from '../../src/errors.js';
import { importRecords, isTrouble, type ImportedFile } from '../../src/records/import.js';
import type { StoredRecord } from '../../src/records/record.js';
import { openRuns, type Runs } from '../../src/records/folder.js';
import { temporaryFolder } from '../helpers/folder.js';
import { sampleEvaluation, sampleRun, sampleWeights } from '../helpers/records.js';
import { madeRun } from '../helpers/sweep.js';

function folderOf(t: ExecutionContext, ...records: StoredRecord[]): Runs {
  const runs = openRuns(temporaryFolder(t));
  for (const record of records) runs.put(record);
  return runs;
}

const verdicts = (files: ImportedFile[]): string[] => files.map(({ file, what }) => `${file}: ${what}`);

/** Every file of a folder with its content. */
const contents = (folder: string): Record<string, string> =>
  Object.fromEntries(
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => [entry.name, readFileSync(join(entry.parentPath, entry.name), 'latin1')]),
  );

test('importRecords: records and weights that are not here, byte by byte; a second time they are there', (t) => {
  const run = sampleRun();
  const evaluation = sampleEvaluation();
  const from = folderOf(t, run, evaluation);
  from.writeWeights(run.id, sampleWeights());
  const into = openRuns(join(temporaryFolder(t), 'new'));
  const expected = [`${evaluation.id}.json`, `${run.id}.json`, `weights/${run.id}.safetensors`];
  const planned = importRecords(from.folder, into, { dryRun: true });
  t.deepEqual(
    verdicts(planned),
    expected.map((file) => `${file}: added`),
  );
  t.deepEqual(into.list().records, []);
  t.deepEqual(importRecords(from.folder, into), planned);
  t.deepEqual(contents(into.folder), contents(from.folder));
  t.deepEqual(
    verdicts(importRecords(from.folder, into)),
    expected.map((file) => `${file}: already there`),
  );
});

test('importRecords: a record with another result is a conflict, and the one here stays', (t) => {
  const here = sampleRun({ weights: 0 });
  const there = sampleRun({ weights: 1 });
  const from = folderOf(t, there, madeRun({ seed: 5 }));
  from.writeWeights(there.id, sampleWeights(1));
  const into = folderOf(t, here);
  const before = contents(into.folder);
  const files = importRecords(from.folder, into);
  t.deepEqual(
    files.filter(isTrouble).map(({ file, what }) => `${file}: ${what}`),
    [`${here.id}.json: conflicting`, `weights/${here.id}.safetensors: conflicting`],
  );
  t.regex(
    files.find(isTrouble)!.detail,
    /another result \(weights digest [0-9a-f]{64}, there [0-9a-f]{64}\)/,
  );
  t.like(contents(into.folder), before);
  t.true(into.has(madeRun({ seed: 5 }).id)); // what does not conflict is imported
});

test('importRecords: the same result from another machine at another time is already there', (t) => {
  const here = sampleRun();
  const there = { ...here, seconds: 1, resumed: 3, machine: { ...here.machine, cpu: 'another' } };
  const into = folderOf(t, here);
  t.deepEqual(verdicts(importRecords(folderOf(t, there).folder, into)), [`${here.id}.json: already there`]);
  t.is((into.get(here.id) as typeof here).machine.cpu, 'a CPU');
});

test('importRecords: damaged records and weights are named and stay out', (t) => {
  const run = sampleRun();
  const other = madeRun({ seed: 7 });
  const from = folderOf(t, run, other);
  from.writeWeights(run.id, sampleWeights());
  const record = (id: string): string => join(from.folder, `${id}.json`);
  // Only settings enter an id: a changed one is found out, a changed accuracy would not be.
  writeFileSync(
    record(run.id),
    readFileSync(record(run.id), 'utf8').replace('"delta":0.0001', '"delta":0.0002'),
  );
  copyFileSync(record(other.id), record('run-0123456789abcdef'));
  writeFileSync(record('eval-0123456789abcdef'), '{');
  const into = folderOf(t);
  const files = importRecords(from.folder, into);
  t.deepEqual(verdicts(files), [
    'eval-0123456789abcdef.json: damaged',
    ...[`run-0123456789abcdef.json: damaged`, `${run.id}.json: damaged`, `${other.id}.json: added`].sort(),
    `weights/${run.id}.safetensors: left out`,
  ]);
  const detail = (id: string): string => files.find(({ file }) => file === `${id}.json`)!.detail;
  t.regex(detail(run.id), /id: expected "run-[0-9a-f]{16}" from the other fields/);
  t.regex(detail('run-0123456789abcdef'), new RegExp(`holds record ${other.id}; rename it`));
  t.deepEqual(into.list().records, [other]);
});

test('importRecords: weights that are not those of the record are damaged; those here are checked too', (t) => {
  const run = sampleRun();
  const from = folderOf(t, run);
  const weights = join(from.folder, 'weights', `${run.id}.safetensors`);
  mkdirSync(join(from.folder, 'weights'));
  writeFileSync(weights, 'nonsense');
  const into = folderOf(t);
  t.deepEqual(verdicts(importRecords(from.folder, into)), [
    `${run.id}.json: added`,
    `weights/${run.id}.safetensors: damaged`,
  ]);
  t.false(into.hasWeights(run.id));
  from.writeWeights(run.id, sampleWeights());
  into.writeWeights(run.id, sampleWeights());
  writeFileSync(into.weightsPath(run.id), 'changed');
  const [, file] = importRecords(from.folder, into);
  t.is(file.what, 'conflicting');
  t.is(readFileSync(into.weightsPath(run.id), 'utf8'), 'changed');
});

test('importRecords: an unfinished record here stays, unless it is to be replaced; a finished one is never', (t) => {
  const interrupted = sampleRun({ status: 'interrupted' });
  const done = sampleRun();
  const from = folderOf(t, done);
  const into = folderOf(t, interrupted);
  const [file] = importRecords(from.folder, into);
  t.is(file.what, 'conflicting');
  t.regex(file.detail, /--replace-unfinished/);
  t.deepEqual(into.get(done.id), interrupted);
  t.is(importRecords(from.folder, into, { replaceUnfinished: true, dryRun: true })[0].what, 'added');
  t.deepEqual(into.get(done.id), interrupted);
  t.is(importRecords(from.folder, into, { replaceUnfinished: true })[0].what, 'added');
  t.deepEqual(into.get(done.id), done);
  const [back] = importRecords(folderOf(t, interrupted).folder, into, { replaceUnfinished: true });
  t.deepEqual([back.what, back.detail], ['already there', 'finished here, not there']);
  t.deepEqual(into.get(done.id), done);
});

test('importRecords: other files are left out; an absent folder and the same folder are refused', (t) => {
  const run = sampleRun();
  const from = folderOf(t, run);
  writeFileSync(join(from.folder, 'notes.txt'), 'x');
  mkdirSync(join(from.folder, 'checkpoints'));
  writeFileSync(join(from.folder, 'checkpoints', `${run.id}.safetensors`), 'x');
  t.deepEqual(verdicts(importRecords(from.folder, folderOf(t))), [
    'notes.txt: left out',
    `${run.id}.json: added`,
    `checkpoints/${run.id}.safetensors: left out`,
  ]);
  t.throws(() => importRecords(join(from.folder, 'absent'), folderOf(t)), {
    instanceOf: DataError,
    message: /cannot list it \(ENOENT\)/,
  });
  t.throws(() => importRecords(from.folder, from), {
    instanceOf: SettingsError,
    message: /is the folder that takes/,
  });
});

test('importRecords: a name that is nearly that of a record is left out', (t) => {
  const from = folderOf(t);
  for (const name of ['notes.json', 'run-0123456789abcdefabcde', 'run-0123456789abcdef.json.bak'])
    writeFileSync(join(from.folder, name), '{}');
  const files = importRecords(from.folder, folderOf(t));
  t.is(files.length, 3);
  for (const { what, detail } of files) t.deepEqual([what, detail], ['left out', 'not named as a record is']);
});

test('importRecords: what is added says nothing more where its content was checked by a hash, else that it was not', (t) => {
  const run = sampleRun();
  t.deepEqual(importRecords(folderOf(t, run).folder, folderOf(t)), [
    { file: `${run.id}.json`, what: 'added', detail: '' },
  ]);
  const from = folderOf(t);
  writeFileSync(join(from.folder, `${run.id}.json`), JSON.stringify(run));
  t.deepEqual(importRecords(from.folder, folderOf(t)), [
    {
      ...{ file: `${run.id}.json`, what: 'added' },
      detail: 'without content hash: its form and its id were checked, its results cannot be',
    },
  ]);
});

test('importRecords: a damaged record here, and two that are both unfinished, are conflicts', (t) => {
  const run = sampleRun();
  const into = folderOf(t);
  writeFileSync(join(into.folder, `${run.id}.json`), '{');
  const [damaged] = importRecords(folderOf(t, run).folder, into);
  t.is(damaged.what, 'conflicting');
  t.regex(damaged.detail, /^the record here cannot be read: .*not JSON.*; then import again$/);
  t.is(readFileSync(join(into.folder, `${run.id}.json`), 'utf8'), '{');

  const [here, there] = [sampleRun({ status: 'interrupted' }), sampleRun({ status: 'failed', rows: [] })];
  const [unfinished] = importRecords(folderOf(t, there).folder, folderOf(t, here), {
    replaceUnfinished: true,
  });
  t.deepEqual(
    [unfinished.what, unfinished.detail],
    ['conflicting', 'finished neither here nor there; the one here stays'],
  );
});

test('importRecords: weights without their record there are checked against the one here', (t) => {
  const run = sampleRun();
  const from = folderOf(t);
  mkdirSync(join(from.folder, 'weights'));
  const weights = join(from.folder, 'weights', `${run.id}.safetensors`);
  writeFileSync(weights, 'nonsense');
  writeFileSync(join(from.folder, 'weights', 'notes.txt'), '');
  const into = folderOf(t, run);
  t.deepEqual(verdicts(importRecords(from.folder, into)), [
    'weights/notes.txt: left out',
    `weights/${run.id}.safetensors: damaged`,
  ]);
  from.writeWeights(run.id, sampleWeights());
  t.is(importRecords(from.folder, into)[1].what, 'added');
  t.true(into.hasWeights(run.id));
});
