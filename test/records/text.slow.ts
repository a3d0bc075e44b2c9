// Damaged records, in bulk: in their bytes, and in what they say.
import { isDeepStrictEqual } from 'node:util';
import test from 'ava';
import { EVALUATION_KINDS } from '../../src/measures/index.js';
import { DataError } from '../../src/errors.js';
import { experiment } from '../../src/experiment/experiment.js';
import { stream } from '../../src/random.js';
import { runId, type RunRecord, type StoredRecord } from '../../src/records/record.js';
import { formatRecord, parseRecord } from '../../src/records/text.js';
import { fuzz, fuzzLine } from '../helpers/fuzz.js';
import { largestRetained } from '../helpers/retained.js';
import { mutateJson } from '../helpers/mutate-json.js';
import { sampleEvaluation, sampleRows, sampleRun } from '../helpers/records.js';

const INPUTS = 60_000;

const records: StoredRecord[] = [
  sampleRun(),
  sampleRun({ status: 'interrupted', rows: sampleRows(100), settings: { epochs: 150 } }),
  sampleRun({ status: 'failed', rows: [] }),
  ...EVALUATION_KINDS.map((kind) => sampleEvaluation({ kind })),
];

/**
 * An accepted record says what its text says, is the same when it is written and read again, and touches no
 * prototype. One whose experiment lacks settings has their defaults, and cannot be written under its old id.
 */
function check(record: StoredRecord, text: string): void {
  const { contentHash: _checked, ...said } = JSON.parse(text) as StoredRecord & { contentHash?: string };
  if (Object.getPrototypeOf(record) !== Object.prototype) throw new Error('prototype');
  if (
    record.kind === 'run' &&
    said.kind === 'run' &&
    !isDeepStrictEqual(record.experiment, said.experiment)
  ) {
    if (!isDeepStrictEqual(record, { ...said, experiment: experiment(said.experiment) }))
      throw new Error('defaults');
    return;
  }
  if (!isDeepStrictEqual(record, said)) throw new Error('not what the text says');
  if (!isDeepStrictEqual(parseRecord(formatRecord(record), 'again'), record))
    throw new Error('another record');
}

test('parseRecord survives 60,000 records with damaged bytes: DataError or the record that was written, at most 4 × the file', (t) => {
  const read = (bytes: Uint8Array) => parseRecord(bytes, 'fuzz');
  const originals = records.map((record) => new Uint8Array(Buffer.from(formatRecord(record))));
  const report = fuzz({
    name: 'parseRecord',
    originals,
    inputs: INPUTS,
    read,
    check(record, bytes) {
      check(record, Buffer.from(bytes).toString('utf8'));
      if (!records.some((original) => isDeepStrictEqual(original, record)))
        throw new Error('damaged and accepted');
    },
  });
  t.log(fuzzLine('parseRecord', report));
  const retained = largestRetained(read, originals, 400);
  t.log(`results hold at most ${retained.toFixed(2)} × the file on the heap, over 4 KiB`);
  t.is(report.accepted + report.refused, INPUTS);
  t.true(report.accepted > 10 && report.refused > 1000, 'both ways out are tried');
  t.true(report.allocation <= 4 && retained <= 4);
});

test('every flipped bit of a new record is refused, or stands in white space and changes nothing', (t) => {
  let [flips, refusals] = [0, 0];
  for (const record of [records[0], records[3]]) {
    const bytes = Buffer.from(formatRecord(record));
    for (let at = 0; at < bytes.length; at++)
      for (let bit = 0; bit < 8; bit++, flips++) {
        bytes[at] ^= 1 << bit;
        try {
          if (!isDeepStrictEqual(parseRecord(bytes, 'x'), record))
            t.fail(`byte ${at}, bit ${bit} is accepted`);
        } catch (error) {
          if (!(error instanceof DataError)) throw error;
          refusals += 1;
        }
        bytes[at] ^= 1 << bit;
      }
  }
  t.log(`${refusals} of ${flips} refused (${((100 * refusals) / flips).toFixed(2)} %)`);
  t.true(refusals > 0.99 * flips);
});

test('parseRecord survives 60,000 records that say wrong things: DataError or a record', (t) => {
  let accepted = 0;
  const reasons = new Set<string>();
  for (let i = 0; i < INPUTS; i++) {
    const random = stream(0, 'probe', 'records', i);
    const damaged = mutateJson(records[random.integer(0, records.length - 1)], random) as RunRecord;
    try {
      // Half of them with the id that their content gives, so that the id does not hide the rest.
      if (random.chance(0.5))
        damaged.id = runId(damaged.experiment, damaged.data.fingerprint, damaged.numerics);
    } catch {
      // its content has no id
    }
    try {
      const text = JSON.stringify(damaged);
      check(parseRecord(text, 'fuzz'), text);
      accepted++;
    } catch (error) {
      if (!(error instanceof DataError)) throw new Error(`input ${i}`, { cause: error });
      reasons.add(error.message.replace(/"[^"]*"|[\d,.-]+/g, '#'));
    }
  }
  t.log(`${INPUTS} inputs, ${accepted} accepted and sound, the others refused for ${reasons.size} reasons`);
  t.true(accepted > 100 && reasons.size > 100, 'both ways out are tried, in many ways');
  t.is(({} as Record<string, unknown>).a, undefined);
});
