import test from 'ava';
import fc from 'fast-check';
import { EVALUATION_KINDS } from '../../src/measures/index.js';
import { DataError, SettingsError } from '../../src/errors.js';
import { sha256 } from '../../src/hash.js';
import { stream } from '../../src/random.js';
import { outcomeOf, runId, type RunRecord, type StoredRecord } from '../../src/records/record.js';
import { formatRecord, parseRecord, readRecordText } from '../../src/records/text.js';
import { sampleEvaluation, sampleRows, sampleRun } from '../helpers/records.js';

const refused = (text: string, message: RegExp) => ({
  run: () => parseRecord(text, 'runs/x.json'),
  expectation: { instanceOf: DataError, message },
});

test('records: a run and an evaluation come back as they were', (t) => {
  for (const record of [
    sampleRun(),
    sampleRun({ status: 'interrupted', stop: { step: 4, reason: 'stopped' } }),
    sampleRun({ status: 'failed', rows: [] }),
    sampleEvaluation(),
  ])
    t.deepEqual(parseRecord(formatRecord(record), 'x'), record);
});

test('records: any finite numbers come back exactly (200 random tables)', (t) => {
  const share = fc.double({ min: 0, max: 1, noNaN: true });
  const loss = fc.option(fc.double({ noNaN: true, noDefaultInfinity: true }));
  fc.assert(
    fc.property(fc.array(fc.tuple(share, loss), { maxLength: 6 }), (values) => {
      const plain = (value: number | null): number | null => value && value; // −0 is written as 0
      const rows = sampleRows(values.length).map((row, i) => ({
        ...row,
        testAccuracy: values[i][0],
        trainLoss: plain(values[i][1]),
      }));
      const record = sampleRun({ rows, status: 'interrupted' });
      t.deepEqual(parseRecord(formatRecord(record), 'x'), JSON.parse(JSON.stringify(record)));
    }),
    { numRuns: 200, seed: 3 },
  );
});

test('records: the text is JSON with one table row a line', (t) => {
  const text = formatRecord(sampleRun());
  const { contentHash, ...fields } = JSON.parse(text) as { contentHash: string };
  t.deepEqual(fields as object, sampleRun());
  t.is(contentHash, sha256(JSON.stringify(sampleRun())), 'of all other fields, without white space');
  t.is(text.split('\n').filter((line) => line.startsWith('    {"epoch":')).length, 3);
  t.true(text.endsWith('}\n'));
});

test('records: a flipped byte in a new record is refused, or changes nothing that it says (2,997 flips)', (t) => {
  const random = stream(21, 'probe', 'record flips');
  let [flips, refusals] = [0, 0];
  for (const record of [sampleRun(), ...EVALUATION_KINDS.map((kind) => sampleEvaluation({ kind }))]) {
    const whole = Buffer.from(formatRecord(record));
    for (let i = 0; i < 333; i++, flips++) {
      const bytes = Buffer.from(whole);
      bytes[random.integer(0, bytes.length - 1)] ^= random.integer(1, 255);
      const said = readOrRefuse(bytes);
      if (said instanceof DataError) refusals += 1;
      else t.deepEqual(said, record);
    }
  }
  t.log(`${refusals} of ${flips} refused, the others in white space`);
  t.true(refusals > 0.98 * flips);
});

/** A record, or why it is none. */
function readOrRefuse(bytes: Uint8Array): StoredRecord | DataError {
  try {
    return parseRecord(bytes, 'x');
  } catch (error) {
    if (error instanceof DataError) return error;
    throw error;
  }
}

test('records: a result or a name changed by hand is refused, and the error says what to do', (t) => {
  for (const [record, from, to] of [
    [sampleRun(), '"trainLoss":2.6', '"trainLoss":2.7'],
    [sampleRun(), '"name":"sample"', '"name":"simple"'],
    [sampleEvaluation(), '"accuracy":0.8', '"accuracy":0.9'],
    [sampleEvaluation(), '"seconds": 1.5', '"seconds": 2.5'],
  ] as const) {
    const text = formatRecord(record).replace(from, to);
    t.true(text.includes(to));
    const error = t.throws(() => parseRecord(text, 'runs/x.json'), { instanceOf: DataError });
    t.regex(
      error.message,
      /^runs\/x\.json: contentHash: its content gives [0-9a-f]{64}, it says "[0-9a-f]{64}": a part of it was changed after it was written; restore it, or delete it and run again; after a change on purpose delete its line "contentHash"/,
    );
    // What the error says to do.
    const { record: read, hasHash } = readRecordText(text.replace(/,\n {2}"contentHash": .*\n/, '\n'), 'x');
    t.false(hasHash);
    t.notDeepEqual(read, record);
  }
});

test('records: written anew by another program, with other white space, they are the same; without a hash as earlier ones', (t) => {
  const record = sampleEvaluation();
  const text = JSON.stringify(JSON.parse(formatRecord(record)), null, 4).replaceAll('\n', '\r\n');
  t.deepEqual(readRecordText(text, 'x'), { record, hasHash: true });
  t.deepEqual(readRecordText(JSON.stringify(record), 'x'), { record, hasHash: false });
  for (const hash of [null, 0, '', 'a'.repeat(64), []])
    t.throws(() => parseRecord(JSON.stringify({ ...record, contentHash: hash }), 'x'), {
      instanceOf: DataError,
      message: /contentHash: its content gives/,
    });
});

test('records: names are text, whatever they hold', (t) => {
  const settings = { name: '</script><img src=x onerror=alert(1)>=1+1 __proto__ ../../x' };
  const record = sampleRun({ settings });
  record.spikeRates[0].layer = '__proto__';
  t.deepEqual(parseRecord(formatRecord(record), 'x'), record);
});

test('records: what is not JSON, cut short or no record is refused by file', (t) => {
  const whole = formatRecord(sampleRun());
  for (const [text, message] of [
    ['', /^runs\/x\.json: not a valid record: not JSON: .*; restore it, or delete it and run again$/],
    [whole.slice(0, whole.length / 2), /not JSON/],
    ['null', /expected a JSON object/],
    ['[]', /expected a JSON object/],
    ['{}', /schema: expected 1, got nothing \(another version of sgs-snn wrote it\?\)/],
    ['{"schema":2}', /schema: expected 1, got 2/],
    ['{"schema":1,"kind":"other"}', /kind: expected "run" or "evaluation", got "other"/],
    ['['.repeat(200_000) + ']'.repeat(200_000), /expected a JSON object/],
    ['{"a":'.repeat(200_000) + '1' + '}'.repeat(200_000), /at most 10 levels/],
  ] as const) {
    const { run, expectation } = refused(text, message);
    t.throws(run, expectation);
  }
});

test('records: a __proto__ in them is refused and reaches no prototype', (t) => {
  const text = formatRecord(sampleRun());
  for (const place of ['{\n', '"experiment": {', '"numerics": {', '"neuron":{', '"outcome": {', '    {'])
    t.throws(() => parseRecord(text.replace(place, `${place}"__proto__":{"polluted":1},`), 'x'), {
      instanceOf: DataError,
      message: /no field named __proto__/,
    });
  t.is(({} as Record<string, unknown>).polluted, undefined);
});

test('records: numbers that JSON does not have are refused, not turned into null', (t) => {
  for (const value of [NaN, Infinity]) {
    const run = sampleRun();
    run.rows[0].trainLoss = value;
    const evaluation = sampleEvaluation();
    evaluation.results[0].accuracy = value;
    for (const record of [run, evaluation] as StoredRecord[])
      t.throws(() => formatRecord(record), { instanceOf: SettingsError, message: /finite numbers/ });
  }
});

test('records: a field that is undefined is left out', (t) => {
  const record = sampleRun({ status: 'failed' });
  record.outcome = { ...outcomeOf('failed', record.rows), step: undefined };
  t.false('step' in (parseRecord(formatRecord(record), 'x') as RunRecord).outcome);
});

test('run records: settings that came after they were written take their defaults', (t) => {
  const record = sampleRun();
  const { batchNorm, ...earlier } = record.experiment;
  record.experiment = earlier as typeof record.experiment;
  record.id = runId(record.experiment, record.data.fingerprint, record.numerics);
  t.deepEqual((parseRecord(JSON.stringify(record), 'x') as RunRecord).experiment.batchNorm, batchNorm);
});

test('parseRecord: bytes with a byte-order mark, and UTF-16, are read', (t) => {
  const record = sampleRun();
  for (const encoding of ['utf8', 'utf16le'] as const)
    t.deepEqual(parseRecord(Buffer.from(`\ufeff${formatRecord(record)}`, encoding), 'a.json'), record);
});
