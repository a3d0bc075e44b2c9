import test from 'ava';
import { DataError, SettingsError } from '../../src/errors.js';
import type { EvaluationRecord, RunRecord } from '../../src/records/record.js';
import { numericsProblem, recordProblem, rowsProblem } from '../../src/records/check.js';
import { formatRecord, parseRecord } from '../../src/records/text.js';
import { numerics, sampleEvaluation, sampleRows, sampleRun } from '../helpers/records.js';

test('recordProblem: the samples have none', (t) => {
  t.is(recordProblem(sampleRun()), undefined);
  t.is(
    recordProblem(sampleRun({ status: 'diverged', stop: { step: 3, reason: 'the loss is NaN' } })),
    undefined,
  );
  t.is(recordProblem(sampleEvaluation()), undefined);
  t.is(rowsProblem(sampleRows(4)), undefined);
});

test('numericsProblem: further plain values may come, such as the hash of a dispatch table', (t) => {
  t.is(numericsProblem({ ...numerics, table: 'abc' }), undefined);
  t.regex(numericsProblem({ ...numerics, table: {} }) ?? '', /^numerics\.table: /);
  t.regex(numericsProblem({ ...numerics, version: 1.5 }) ?? '', /^numerics\.version: /);
});

test('rowsProblem: losses may be null, accuracies may not', (t) => {
  const [row] = sampleRows(1);
  t.is(rowsProblem([{ ...row, trainLoss: null, testLoss: null, lipschitz: null }]), undefined);
  t.regex(rowsProblem([{ ...row, testAccuracy: null }]) ?? '', /^rows\[0\]\.testAccuracy: /);
});

const runProblems: [what: string, change: (record: RunRecord) => void, message: RegExp][] = [
  [
    'a setting changed by hand',
    (r) => (r.experiment.seed = 7),
    /id: expected "run-[0-9a-f]{16}" from the other fields/,
  ],
  ['other numerics', (r) => (r.numerics.version = 2), /id: expected/],
  ['an impossible setting', (r) => (r.experiment.epochs = -1), /experiment: not valid epochs: /],
  [
    'an experiment of a megabyte',
    (r) => (r.experiment.lipschitz.layers = Array(1e5).fill('a')),
    /longer than 16384/,
  ],
  ['an accuracy of 100', (r) => (r.rows[1].testAccuracy = 100), /rows\[1\]\.testAccuracy: .*<=1/],
  ['a missing epoch', (r) => r.rows.shift(), /rows\[0\]\.epoch: expected 1, got 2/],
  ['a field too many', (r) => Object.assign(r.rows[0], { extra: 1 }), /rows\[0\]: Unrecognized key: "extra"/],
  ['a missing field', (r) => delete (r as Partial<RunRecord>).seconds, /seconds: .*received undefined/],
  [
    'a headline changed by hand',
    (r) => (r.outcome.testAccuracy = 0.99),
    /outcome: expected .*"testAccuracy":0.52/,
  ],
  ['an unknown status', (r) => (r.outcome.status = 'fine' as 'done'), /outcome\.status: .*"diverged"/],
  ['a digest that is none', (r) => (r.weightsDigest = 'abc'), /weightsDigest: expected 64 hex digits/],
  [
    'a spike rate of 2',
    (r) => (r.spikeRates[0].rates[1] = 2),
    /spikeRates\[0\]\.rates: expected numbers in \[0, 1\], got 2/,
  ],
  ['a commit that is none', (r) => (r.commit = '; rm -rf /'), /commit: expected a commit hash/],
  ['half an example', (r) => (r.data.split.train = 0.5), /data\.split\.train: .*int/],
];
for (const [what, change, message] of runProblems)
  test(`run records: refused when written and when read: ${what}`, (t) => {
    const record = structuredClone(sampleRun());
    change(record);
    t.throws(() => formatRecord(record), { instanceOf: SettingsError, message });
    t.throws(() => parseRecord(JSON.stringify(record), 'x.json'), { instanceOf: DataError, message });
  });

const evaluationProblems: [what: string, change: (record: EvaluationRecord) => void, message: RegExp][] = [
  ['another setting', (r) => (r.evaluation.seed = 2), /id: expected "eval-/],
  ['an unknown kind', (r) => (r.evaluation.kind = 'magic' as 'test'), /evaluation\.kind: .*"confusion"/],
  ['a path for a run', (r) => (r.of = '../../etc/passwd'), /of: not a record id/],
  ['a row that is a number', (r) => r.results.push(3 as never), /results\[2\]: expected an object, got 3/],
];
for (const [what, change, message] of evaluationProblems)
  test(`evaluation records: refused when written and when read: ${what}`, (t) => {
    const record = structuredClone(sampleEvaluation());
    change(record);
    t.throws(() => formatRecord(record), { instanceOf: SettingsError, message });
    t.throws(() => parseRecord(JSON.stringify(record), 'x.json'), { instanceOf: DataError, message });
  });
