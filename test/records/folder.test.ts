import { mkdirSync, readdirSync, readFileSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import test from 'ava';
import { DataError, SettingsError } from '../../src/errors.js';
import type { RunRecord } from '../../src/records/record.js';
import { openRuns } from '../../src/records/folder.js';
import { weightsDigest } from '../../src/records/safetensors.js';
import { temporaryFolder } from '../helpers/folder.js';
import {
  numerics,
  sampleCheckpoint,
  sampleEvaluation,
  sampleRun,
  sampleWeights,
} from '../helpers/records.js';

test('runs: a folder that does not exist has no records, and reading makes nothing', (t) => {
  const folder = join(temporaryFolder(t), 'a', 'b');
  const runs = openRuns(folder);
  t.deepEqual(runs.list(), { records: [], corrupt: [] });
  t.false(runs.has(sampleRun().id));
  t.throws(() => runs.get(sampleRun().id), {
    instanceOf: DataError,
    message: /run-.*\.json: cannot read it \(ENOENT\)/,
  });
  t.throws(() => readdirSync(folder), { code: 'ENOENT' });
});

test('runs: what is put is got and listed by id, in files of that name', (t) => {
  const folder = temporaryFolder(t);
  const runs = openRuns(join(folder, 'new', 'runs'));
  const records = [sampleRun(), sampleRun({ settings: { seed: 1 } }), sampleEvaluation()];
  for (const record of records) t.true(runs.put(record));
  for (const record of records) t.deepEqual(openRuns(runs.folder).get(record.id), record);
  t.deepEqual(
    runs.list().records.map(({ id }) => id),
    records.map(({ id }) => id).sort(),
  );
  t.deepEqual(readdirSync(runs.folder).sort(), records.map(({ id }) => `${id}.json`).sort());
});

test('runs: an interrupted or failed run is replaced, a finished one never', (t) => {
  const runs = openRuns(temporaryFolder(t));
  const { id } = sampleRun();
  t.true(runs.put(sampleRun({ status: 'failed', rows: [] })));
  t.true(runs.put(sampleRun({ status: 'interrupted' })));
  t.true(runs.put(sampleRun()));
  const kept = readFileSync(join(runs.folder, `${id}.json`));
  t.false(runs.put(sampleRun({ status: 'interrupted' })), 'a late interrupted one changes nothing');
  t.false(
    runs.put({ ...sampleRun(), seconds: 1, resumed: 2, commit: null, dirty: null }),
    'the same result again',
  );
  t.throws(() => runs.put(sampleRun({ weights: 1 })), {
    instanceOf: DataError,
    message:
      /holds a finished record with another result \(weights digest [0-9a-f]{64}, this one has [0-9a-f]{64}\)/,
  });
  t.throws(() => runs.put(sampleRun({ status: 'diverged' })), { instanceOf: DataError });
  t.deepEqual(readFileSync(join(runs.folder, `${id}.json`)), kept);
});

test('runs: an evaluation is final', (t) => {
  const runs = openRuns(temporaryFolder(t));
  t.true(runs.put(sampleEvaluation()));
  t.false(runs.put({ ...sampleEvaluation(), seconds: 7 }));
  t.throws(() => runs.put({ ...sampleEvaluation(), results: [] }), { instanceOf: DataError });
});

test('runs: a record that is not valid is not written', (t) => {
  const runs = openRuns(temporaryFolder(t));
  const record = { ...sampleRun(), seconds: -1 };
  t.throws(() => runs.put(record), { instanceOf: SettingsError, message: /seconds: / });
  t.deepEqual(readdirSync(runs.folder), []);
});

test('runs: no id leaves the folder', (t) => {
  const runs = openRuns(temporaryFolder(t));
  const weights = sampleWeights();
  for (const id of [
    '../../etc/passwd',
    'run-0123456789abcdef/../../x',
    'run-0123456789abcdef\u0000',
    'run-0123456789abcdef\n',
    'RUN-0123456789ABCDEF',
    '',
    '__proto__',
    'a/run-0123456789abcdef',
  ]) {
    const bad = { instanceOf: SettingsError, message: /not a record id: / };
    t.throws(() => runs.has(id), bad);
    t.throws(() => runs.get(id), bad);
    t.throws(() => runs.weightsPath(id), bad);
    t.throws(() => runs.checkpointPath(id), bad);
    t.throws(() => runs.readWeights(id), bad);
    t.throws(() => runs.writeWeights(id, weights), bad);
    t.throws(() => runs.hasCheckpoint(id), bad);
    t.throws(() => runs.writeCheckpoint({ ...sampleCheckpoint(), runId: id }), bad);
    t.throws(() => runs.removeCheckpoint(id), bad);
    t.throws(() => runs.put({ ...sampleRun(), id }), { instanceOf: SettingsError, message: /id: expected/ });
  }
  t.deepEqual(readdirSync(runs.folder), []);
});

test('runs: list reports damaged records beside the good ones and ignores other files', (t) => {
  const runs = openRuns(temporaryFolder(t));
  const good = sampleRun();
  runs.put(good);
  const other = sampleRun({ settings: { seed: 1 } });
  const cut = 'run-00000000000000aa';
  const renamed = 'run-00000000000000bb';
  writeFileSync(join(runs.folder, `${cut}.json`), '{"schema":1,');
  writeFileSync(join(runs.folder, `${renamed}.json`), JSON.stringify(other));
  mkdirSync(join(runs.folder, 'run-00000000000000cc.json'));
  for (const name of ['README.md', 'expected.json', `${good.id}.json.0123456789abcdef.tmp`, '__proto__.json'])
    writeFileSync(join(runs.folder, name), 'x');
  const { records, corrupt } = runs.list();
  t.deepEqual(records, [good]);
  t.is(corrupt.length, 3);
  t.regex(corrupt[0].message, /aa\.json: not a valid record: not JSON/);
  t.regex(
    corrupt[1].message,
    new RegExp(`bb\\.json: holds record ${other.id}; rename it to ${other.id}\\.json`),
  );
  t.regex(corrupt[2].message, /cc\.json: cannot read it \(EISDIR\): a folder, expected a file; move it away/);
});

test('runs: a damaged record is not overwritten', (t) => {
  const runs = openRuns(temporaryFolder(t));
  const record = sampleRun();
  writeFileSync(join(runs.folder, `${record.id}.json`), 'mine');
  t.throws(() => runs.put(record), {
    instanceOf: DataError,
    message: /restore it, or delete it and run again/,
  });
  t.is(readFileSync(join(runs.folder, `${record.id}.json`), 'utf8'), 'mine');
});

test('runs: weights come back bit for bit, and only those of the record', (t) => {
  const runs = openRuns(temporaryFolder(t));
  const { id } = sampleRun();
  t.false(runs.hasWeights(id));
  t.throws(() => runs.readWeights(id), {
    instanceOf: DataError,
    message:
      /the weights of this run are not here; copy them here, or train the run once more: `sgs train --again run-[0-9a-f]{16}`/,
  });
  t.is(runs.writeWeights(id, sampleWeights()), weightsDigest(sampleWeights()));
  runs.put(sampleRun());
  t.deepEqual({ ...runs.readWeights(id) }, sampleWeights());
  t.throws(() => runs.writeWeights(id, sampleWeights(1)), {
    instanceOf: DataError,
    message:
      /the finished record of this run has other weights: expected SHA-256 [0-9a-f]{64}, given .*nothing is written/,
  });
  openRuns(runs.folder).writeWeights(id, sampleWeights());
  const bytes = readFileSync(runs.weightsPath(id));
  bytes[bytes.length - 1] ^= 1;
  writeFileSync(runs.weightsPath(id), bytes);
  t.throws(() => runs.readWeights(id), {
    instanceOf: DataError,
    message: /not the weights of the record: expected SHA-256/,
  });
});

test('runs: checkpoints are kept, replaced and removed', (t) => {
  const runs = openRuns(temporaryFolder(t));
  const checkpoint = sampleCheckpoint();
  const id = checkpoint.runId;
  t.false(runs.hasCheckpoint(id));
  runs.removeCheckpoint(id);
  runs.writeCheckpoint(checkpoint);
  runs.writeCheckpoint({ ...checkpoint, step: 8 });
  t.is(runs.readCheckpoint(id, numerics).step, 8);
  t.deepEqual(readdirSync(join(runs.folder, 'checkpoints')), [`${id}.safetensors`]);
  runs.removeCheckpoint(id);
  t.false(runs.hasCheckpoint(id));
});

test('runs: left-overs of killed writers go when they are a day old', (t) => {
  const runs = openRuns(temporaryFolder(t));
  const old = join(runs.folder, 'run-0123456789abcdef.json.0123456789abcdef.tmp');
  const young = join(runs.folder, 'run-0123456789abcdef.json.fedcba9876543210.tmp');
  const foreign = join(runs.folder, 'notes.tmp');
  const lease = join(runs.folder, 'leases', 'run-0123456789abcdef.1.0123456789abcdef.tmp');
  mkdirSync(join(runs.folder, 'leases'));
  for (const file of [old, young, foreign, lease]) writeFileSync(file, '');
  const twoDaysAgo = Date.now() / 1000 - 2 * 86_400;
  for (const file of [old, foreign, lease]) utimesSync(file, twoDaysAgo, twoDaysAgo);
  const record: RunRecord = sampleRun();
  runs.put(record);
  t.deepEqual(
    readdirSync(runs.folder).sort(),
    ['leases', 'notes.tmp', `${record.id}.json`, young.split('/').at(-1)].sort(),
  );
  t.deepEqual(readdirSync(join(runs.folder, 'leases')), []);
});

test('runs: a file where the folder should be is named', (t) => {
  const file = join(temporaryFolder(t), 'runs');
  writeFileSync(file, '');
  const runs = openRuns(file);
  t.throws(() => runs.list(), {
    instanceOf: DataError,
    message: /runs: cannot list it \(ENOTDIR\): a part of the path is a file/,
  });
  t.throws(() => runs.put(sampleRun()), {
    instanceOf: DataError,
    message: /cannot write it \((EEXIST|ENOTDIR)\): a.* file/,
  });
});

test('runs: a process that stood still after the guard leaves no checkpoint of a run that is finished', (t) => {
  const folder = temporaryFolder(t);
  const record = sampleRun();
  let finished = false;
  const late = openRuns(folder, {
    guard() {
      if (finished) throw new DataError(folder, 'the lease is lost', 'stop');
      // Another process finishes the run while this one stands still.
      openRuns(folder).writeWeights(record.id, sampleWeights());
      openRuns(folder).put(record);
      finished = true;
    },
  });
  t.throws(() => late.writeCheckpoint({ ...sampleCheckpoint(0), runId: record.id }), {
    message: /the lease is lost/,
  });
  t.false(openRuns(folder).hasCheckpoint(record.id));
});

test('runs: under a guard the checkpoint of a run without a record, or with an unfinished one, is kept', (t) => {
  const folder = temporaryFolder(t);
  const guarded = openRuns(folder, { guard: () => undefined });
  const { id } = sampleRun();
  guarded.writeCheckpoint({ ...sampleCheckpoint(), runId: id });
  t.true(guarded.hasCheckpoint(id));
  guarded.put(sampleRun({ status: 'interrupted' }));
  guarded.writeCheckpoint({ ...sampleCheckpoint(), runId: id });
  t.true(guarded.hasCheckpoint(id));
  guarded.put(sampleRun({ status: 'diverged' }));
  guarded.writeCheckpoint({ ...sampleCheckpoint(), runId: id });
  t.false(guarded.hasCheckpoint(id), 'nothing is left to train');
});

test('runs: every folder that processes write to is tried before anything is computed', (t) => {
  for (const part of ['weights', 'checkpoints', 'leases']) {
    const runs = openRuns(temporaryFolder(t));
    writeFileSync(join(runs.folder, part), '');
    t.throws(() => runs.checkWritable(), {
      instanceOf: DataError,
      message: new RegExp(`${part}: cannot write it`),
    });
  }
});

test('runs: left-overs of weights and checkpoints go too', (t) => {
  const runs = openRuns(temporaryFolder(t));
  const twoDaysAgo = Date.now() / 1000 - 2 * 86_400;
  for (const part of ['weights', 'checkpoints']) {
    mkdirSync(join(runs.folder, part));
    const file = join(runs.folder, part, 'a.0123456789abcdef.tmp');
    writeFileSync(file, '');
    utimesSync(file, twoDaysAgo, twoDaysAgo);
  }
  runs.put(sampleRun());
  for (const part of ['weights', 'checkpoints']) t.deepEqual(readdirSync(join(runs.folder, part)), []);
});

test('runs: the checkpoint of a run that is trained once more for its weights is kept', (t) => {
  const folder = temporaryFolder(t);
  const record = sampleRun();
  openRuns(folder).put(record);
  openRuns(folder, { guard: () => undefined }).writeCheckpoint({ ...sampleCheckpoint(0), runId: record.id });
  t.true(openRuns(folder).hasCheckpoint(record.id));
});
