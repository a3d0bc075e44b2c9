// Damaged N-MNIST files, in bulk.
import test from 'ava';
import { firstStepBack } from '../../../src/data/events/events.js';
import { decodeNmnist } from '../../../src/data/events/nmnist.js';
import { nmnistFile, randomEvents } from '../../helpers/events.js';
import { fuzz, fuzzLine } from '../../helpers/fuzz.js';

const INPUTS = 100_000;

/** A valid recording of `count` random events, with a clock overflow after every 50th. */
function recording(seed: number, count: number): Uint8Array {
  const { x, y, p, t } = randomEvents(seed, count, { width: 34, height: 34 });
  const entries: [number, number, number, number][] = [];
  for (let i = 0; i < count; i++) {
    entries.push([x[i], y[i], p[i], t[i]]);
    if (i % 50 === 49) entries.push([0, 240, 0, 0]);
  }
  return nmnistFile(entries);
}

test('decodeNmnist survives 100,000 damaged files: DataError or a sound stream, at most 4 × the file', (t) => {
  const report = fuzz({
    name: 'decodeNmnist',
    originals: [recording(1, 1), recording(2, 12), recording(3, 60), recording(4, 500)],
    inputs: INPUTS,
    read: (bytes) => decodeNmnist(bytes, 'fuzz'),
    check(stream, bytes) {
      const { count, x, y, p, t: times } = stream;
      if (count < 1 || count * 5 > bytes.length || bytes.length % 5 !== 0) throw new Error(`count ${count}`);
      for (const column of [x, y, p, times]) if (column.length !== count) throw new Error('lengths');
      for (let i = 0; i < count; i++) if (x[i] > 33 || y[i] > 33 || p[i] > 1) throw new Error(`event ${i}`);
      if (firstStepBack(stream) >= 0) throw new Error('time order');
    },
  });
  t.log(fuzzLine('decodeNmnist', report));
  t.is(report.accepted + report.refused, INPUTS);
  t.true(report.accepted > 1000 && report.refused > 1000, 'both ways out are tried');
  t.true(report.allocation <= 4);
});
