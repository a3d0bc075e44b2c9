// Damaged safetensors files, in bulk.
import { readFileSync } from 'node:fs';
import test from 'ava';
import { stream } from '../../src/random.js';
import { decodeSafetensors, encodeSafetensors } from '../../src/records/safetensors.js';
import { fuzz, fuzzLine } from '../helpers/fuzz.js';
import { largestRetained } from '../helpers/retained.js';
import { sampleCheckpoint } from '../helpers/records.js';

const INPUTS = 150_000;

/** Many small tensors: a long header for few values. */
function manyTensors(): Uint8Array {
  const random = stream(1, 'probe', 'many');
  const tensors = Array.from({ length: 200 }, (_, i) => [
    `layer${i}.weight`,
    { shape: [random.integer(0, 3)], data: new Float32Array(0) },
  ]) as [string, { shape: number[]; data: Float32Array }][];
  for (const [, tensor] of tensors) tensor.data = new Float32Array(tensor.shape[0]);
  return encodeSafetensors(Object.fromEntries(tensors));
}

test('decodeSafetensors survives 150,000 damaged files: DataError or sound tensors, at most 4 × the file', (t) => {
  const { weights } = sampleCheckpoint().state;
  const read = (bytes: Uint8Array) => decodeSafetensors(bytes, 'fuzz');
  const originals = [
    new Uint8Array(readFileSync('test/fixtures/reference.safetensors')),
    encodeSafetensors({}),
    encodeSafetensors(weights, { a: 'b', β: '😀' }),
    encodeSafetensors({ w: { shape: [16, 64], data: new Float32Array(1024).fill(0.5) } }),
    manyTensors(),
  ];
  const report = fuzz({
    name: 'decodeSafetensors',
    originals,
    inputs: INPUTS,
    read,
    check({ tensors, metadata }, bytes) {
      const again = decodeSafetensors(encodeSafetensors(tensors, metadata), 'again');
      if (Object.keys(again.tensors).length !== Object.keys(tensors).length) throw new Error('names');
      let values = 0;
      for (const { shape, data } of Object.values(tensors)) {
        if (shape.reduce((a, b) => a * b, 1) !== data.length) throw new Error('shape');
        values += data.byteLength;
      }
      if (values > bytes.length) throw new Error('more values than bytes');
    },
  });
  t.log(fuzzLine('decodeSafetensors', report));
  const retained = largestRetained(read, originals, 400);
  t.log(`results hold at most ${retained.toFixed(2)} × the file on the heap, over 4 KiB`);
  t.is(report.accepted + report.refused, INPUTS);
  t.true(report.accepted > 100 && report.refused > 1000, 'both ways out are tried');
  t.true(report.allocation <= 4 && retained <= 4);
});
