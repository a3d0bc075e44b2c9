// Where trials stand, from a folder of records that others change.
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import test from 'ava';
import { openRuns } from '../../src/records/folder.js';
import { SweepRecords } from '../../src/sweep/state.js';
import { evaluationIdOf } from '../../src/training/evaluate-run.js';
import { temporaryFolder } from '../helpers/folder.js';
import { sampleEvaluation } from '../helpers/records.js';
import { samplePlan, trialRecord } from '../helpers/sweeps.js';

test('SweepRecords: a record that was deleted after it was read is missing, one evaluation of it makes it unevaluated', (t) => {
  const runs = openRuns(temporaryFolder(t));
  const { trials } = samplePlan({ base: { epochs: 2 }, seeds: 4, evaluations: [{ kind: 'spectra' }] });
  for (const trial of trials) {
    const record = trialRecord(trial, [0.1, 0.2]);
    runs.put(record);
    const { id: of, weightsDigest } = record;
    const sample = sampleEvaluation({ kind: 'spectra' });
    runs.put({
      ...sample,
      of,
      weightsDigest: weightsDigest!,
      id: evaluationIdOf(record, { kind: 'spectra' }),
      results: [],
    });
  }
  const records = new SweepRecords(runs);
  const words = (): string[] => [...records.readAll(trials).values()].map(({ status }) => status);
  t.deepEqual(words(), ['done', 'done', 'done', 'done']);
  rmSync(join(runs.folder, `${trials[1].id}.json`));
  rmSync(
    join(runs.folder, `${evaluationIdOf(trialRecord(trials[2], [0.1, 0.2]), { kind: 'spectra' })}.json`),
  );
  t.deepEqual(words(), ['done', 'missing', 'trained', 'done']);
  t.deepEqual([records.read(trials[1]).status, records.read(trials[3]).status], ['missing', 'done']);
  runs.put(trialRecord(trials[1], [0.1, 0.2]));
  t.deepEqual(words(), ['done', 'done', 'trained', 'done']);
});
