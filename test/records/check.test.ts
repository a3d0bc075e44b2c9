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

const ARRAYS = {
  kind: 'images' as const,
  shape: [8, 8, 3] as [number, number, number],
  classes: ['a', 'b'],
  normalisation: { mean: [0.5], std: [0.25] },
};

/** A run with every field that a record can have. */
function wholeRun(): RunRecord {
  const run = sampleRun();
  return { ...run, data: { ...run.data, arrays: ARRAYS }, warnings: ['w'], rows: sampleRows(3) };
}

/** Every place in a value, lists among them; settings apart, which have a schema of their own. */
function placesIn(value: object, at: string[] = []): string[][] {
  return Object.entries(value).flatMap(([name, inner]) => {
    const place = [...at, name];
    if (name === 'experiment' || name === 'evaluation') return [];
    const within = typeof inner === 'object' && inner !== null ? placesIn(inner as object, place) : [];
    return [place, ...within];
  });
}

/** What is wrong with a record in which something else stands in a place, or nothing at all. */
function problemWith(record: object, place: string[], value?: unknown): string | undefined {
  const changed = structuredClone(record) as Record<string, unknown>;
  const holder = place.slice(0, -1).reduce((inner, name) => inner[name] as Record<string, unknown>, changed);
  if (value === undefined) delete holder[place.at(-1)!];
  else holder[place.at(-1)!] = value;
  return recordProblem(changed);
}

/** What the problem begins with: `rows[0].seconds` in lists that are looked into one by one, else `data.name`. */
const named = (place: string[]): string =>
  place
    .join('.')
    .replace(/^(rows|spikeRates)\.(\d+)/, '$1[$2]')
    .replace(/(rates)\.\d+$/, '$1');

const OPTIONAL =
  /^(warnings|warnings\.\d|data\.arrays|rows\.0\.validation\w+|outcome\.(\w+Accuracy\w*|best\w+))$/;
const COUNTS =
  /(^|\.)(epoch|cores|train|validation|test|parameters|macs|resumed|version|bestTestEpoch|bestValidationEpoch|shape\.\d)$/;

test('recordProblem: a field that is missing, of another type or out of its range is refused by its name', (t) => {
  let tried = 0;
  for (const record of [wholeRun(), sampleEvaluation()])
    for (const place of placesIn(record)) {
      const path = place.join('.');
      if (/^(rows|spikeRates|results)\.[1-9]|^results|^kind$|^schema$/.test(path)) continue; // others, tried elsewhere
      const value = place.reduce<unknown>((inner, name) => (inner as Record<string, unknown>)[name], record);
      const wrong: unknown[] = [typeof value === 'string' ? 7 : 'x'];
      const isRate = /^spikeRates\.0\.rates\./.test(path);
      if (typeof value === 'number' && !/[lL]oss$|lipschitz$|normalisation/.test(path)) wrong.push(-1);
      if (/\w+Accuracy(AtBest\w+)?$|^testAccuracy$/.test(path) || isRate) wrong.push(1.001);
      if (COUNTS.test(path)) wrong.push(0.5);
      if (/igest$|ingerprint$|hash$/.test(path)) wrong.push('a'.repeat(63), 'a'.repeat(65), 'g'.repeat(64));
      const isEntry = /\.\d+$/.test(path) && !/shape/.test(path);
      if (!OPTIONAL.test(path) && !isEntry) wrong.push(undefined);
      for (const each of wrong) {
        const problem = problemWith(record, place, each) ?? 'nothing';
        t.true(problem.startsWith(`${named(place)}: `), `${path} = ${String(each)}: ${problem}`);
        tried += 1;
      }
      if (typeof value === 'object' && value !== null && !Array.isArray(value) && path !== 'numerics')
        t.regex(problemWith(record, [...place, 'extra'], 1) ?? '', /Unrecognized key: "extra"/, path);
    }
  t.true(tried > 150, String(tried));
});

test('recordProblem: what may be missing may be missing, what may be null may be null', (t) => {
  const run = wholeRun();
  for (const place of [['warnings'], ['data', 'arrays']]) t.is(problemWith(run, place), undefined);
  t.is(
    recordProblem({
      ...run,
      rows: sampleRows(3, false),
      outcome: sampleRun({ rows: sampleRows(3, false) }).outcome,
    }),
    undefined,
  );
  for (const place of [['weightsDigest'], ['commit'], ['dirty'], ['versions', 'tfjs']])
    t.is(problemWith(run, place, null), undefined, place.join('.'));
  t.is(problemWith(run, ['commit'], 'b'.repeat(64)), undefined);
  for (const commit of ['b'.repeat(41), `x${'b'.repeat(40)}`, `${'b'.repeat(64)}x`, `x${'b'.repeat(64)}`])
    t.is(problemWith(run, ['commit'], commit), 'commit: expected a commit hash');
  const silent = sampleRows(3).map((row) => ({ ...row, silent: ['a'] }));
  t.is(recordProblem({ ...run, rows: silent }), undefined);
  t.regex(rowsProblem([{ ...silent[0], silent: [1] }]) ?? '', /^rows\[0\]\.silent\.0: /);
  for (const value of [{ epochs: 2 }, [[1]]])
    t.regex(numericsProblem({ ...numerics, x: value }) ?? '', /^numerics\.x/);
});

test('recordProblem: one number that JSON has not, one name __proto__, among good ones, are enough', (t) => {
  const plain = /^expected plain JSON: finite numbers, no field named __proto__/;
  for (const warnings of [
    ['a', NaN],
    [Infinity, 'a'],
    [{ a: 'a', b: NaN }],
    JSON.parse('[{"a":1,"__proto__":{}}]'),
  ])
    t.regex(recordProblem({ ...sampleRun(), warnings: warnings as unknown }) ?? '', plain);
  t.regex(recordProblem({ ...sampleRun(), x: () => 1 }) ?? '', plain);
  t.is(
    recordProblem({ ...sampleRun(), warnings: undefined }),
    undefined,
    'a field that is undefined is none',
  );
});

test('recordProblem: whatever is wrong, it is said in few words', (t) => {
  const long = 'x'.repeat(5000);
  for (const record of [
    { ...sampleRun(), [long]: 1 },
    { ...sampleRun(), schema: long },
    { ...sampleRun(), id: long },
    { ...sampleRun(), experiment: { epochs: long } },
    { ...sampleRun(), spikeRates: [{ layer: 'a', rates: [long] }] },
  ])
    t.true(recordProblem(record)!.length < 1000);
});

test('recordProblem: ten levels of plain JSON and no more; an experiment of 16,384 characters and no longer', (t) => {
  const nested = (levels: number): unknown => (levels === 0 ? 1 : [nested(levels - 1)]);
  const deep = (levels: number): string =>
    recordProblem({ ...sampleRun(), warnings: nested(levels) }) ?? 'nothing';
  t.regex(deep(9), /^warnings\.0: /);
  t.regex(deep(10), /^expected plain JSON: finite numbers, no field named __proto__, at most 10 levels$/);
  const long = (length: number): string => {
    const record = structuredClone(sampleRun());
    const layers = record.experiment.lipschitz as { layers?: string[] };
    layers.layers = [''];
    layers.layers = ['a'.repeat(length - JSON.stringify(record.experiment).length)];
    return recordProblem(record) ?? 'nothing';
  };
  t.regex(long(16_385), /^experiment: longer than 16384 characters$/);
  t.notRegex(long(16_384), /longer/);
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
