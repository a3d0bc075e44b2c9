// Damaged checkpoints, in bulk: in their bytes, and in what their progress says.
import { isDeepStrictEqual } from 'node:util';
import test from 'ava';
import { decodeCheckpoint, encodeCheckpoint, type Checkpoint } from '../../src/records/checkpoint.js';
import { DataError } from '../../src/errors.js';
import { stream } from '../../src/random.js';
import { SEAL, seal, UNSEALED } from '../../src/records/seal.js';
import { decodeSafetensors, encodeSafetensors } from '../../src/records/safetensors.js';
import { fuzz, fuzzLine } from '../helpers/fuzz.js';
import { largestRetained } from '../helpers/retained.js';
import { mutateJson } from '../helpers/mutate-json.js';
import { sampleCheckpoint, sampleRows } from '../helpers/records.js';

const INPUTS = 60_000;

const checkpoints: Checkpoint[] = [
  sampleCheckpoint(),
  { ...sampleCheckpoint(1), rows: sampleRows(100), epoch: 100 },
  { ...sampleCheckpoint(2), rows: [], epoch: 0, state: { weights: {}, optimizer: {}, updates: 0 } },
];

const originals = checkpoints.map(encodeCheckpoint);

/** An accepted checkpoint is the same when it is written and read again, and has the bytes of one that was written. */
function check(checkpoint: Checkpoint, bytes?: Uint8Array): void {
  if (bytes && !originals.some((original) => Buffer.compare(original, bytes) === 0))
    throw new Error('damaged and accepted');
  const again = decodeCheckpoint(encodeCheckpoint(checkpoint), 'again');
  if (!isDeepStrictEqual(again, checkpoint)) throw new Error('another checkpoint');
}

test('decodeCheckpoint survives 60,000 with damaged bytes: all are refused, at most 4 × the file', (t) => {
  const read = (bytes: Uint8Array) => decodeCheckpoint(bytes, 'fuzz');
  const report = fuzz({
    name: 'decodeCheckpoint',
    originals,
    inputs: INPUTS,
    read,
    check,
  });
  t.log(fuzzLine('decodeCheckpoint', report));
  const retained = largestRetained(read, originals, 400);
  t.log(`results hold at most ${retained.toFixed(2)} × the file on the heap, over 4 KiB`);
  t.is(report.accepted + report.refused, INPUTS);
  t.true(report.refused > INPUTS / 2, 'damage leaves few as they were');
  t.true(report.allocation <= 4 && retained <= 4);
});

test('decodeCheckpoint survives 60,000 whose progress says wrong things: DataError or a checkpoint', (t) => {
  const contents = checkpoints.map((checkpoint) => decodeSafetensors(encodeCheckpoint(checkpoint), 'x'));
  let accepted = 0;
  const reasons = new Set<string>();
  for (let i = 0; i < INPUTS; i++) {
    const random = stream(0, 'probe', 'checkpoints', i);
    const { tensors, metadata } = contents[random.integer(0, contents.length - 1)];
    const progress = JSON.stringify(mutateJson(JSON.parse(metadata.progress), random));
    try {
      const bytes = seal(encodeSafetensors(tensors, { ...metadata, progress, [SEAL]: UNSEALED }));
      check(decodeCheckpoint(bytes, 'fuzz'));
      accepted++;
    } catch (error) {
      if (!(error instanceof DataError)) throw new Error(`input ${i}`, { cause: error });
      reasons.add(error.message.replace(/"[^"]*"|[\d,.-]+/g, '#'));
    }
  }
  t.log(`${INPUTS} inputs, ${accepted} accepted and sound, the others refused for ${reasons.size} reasons`);
  t.true(accepted > 100 && reasons.size > 50, 'both ways out are tried, in many ways');
});
