// N-MNIST: layout by hand, clock overflows, refusals, and a real recording where it is at hand.
import { join } from 'node:path';
import test from 'ava';
import { decodeNmnist, readNmnist } from '../../../src/data/events/nmnist.js';
import { DataError } from '../../../src/errors.js';
import { nmnistFile } from '../../helpers/events.js';
import { temporaryFolder } from '../../helpers/folder.js';
import { dataFile, testWithData } from '../../helpers/needs.js';

test('decodeNmnist: x, y, polarity in the top bit, 23 bits of big-endian time', (t) => {
  const stream = decodeNmnist(Uint8Array.of(7, 15, 0x80, 2, 0x8e, 33, 0, 0x7f, 0xff, 0xff), 'hand.bin');
  t.deepEqual([stream.width, stream.height, stream.count], [34, 34, 2]);
  t.deepEqual(
    [[...stream.x], [...stream.y], [...stream.p], [...stream.t]],
    [
      [7, 33],
      [15, 0],
      [1, 0],
      [654, 8388607],
    ],
  );
});

test('decodeNmnist: y = 240 is no event and adds 8192 µs to every later time', (t) => {
  const bytes = nmnistFile([
    [1, 1, 0, 8000],
    [0, 240, 0, 8191],
    [2, 2, 1, 100],
    [255, 240, 1, 0],
    [3, 3, 1, 0],
  ]);
  const stream = decodeNmnist(bytes, 'overflow.bin');
  t.deepEqual(
    [[...stream.x], [...stream.t]],
    [
      [1, 2, 3],
      [8000, 8292, 16384],
    ],
  );
});

const REFUSED: Record<string, [Uint8Array, RegExp]> = {
  'an empty file': [new Uint8Array(0), /byte 0: the file is empty/],
  'a cut file': [
    nmnistFile([
      [1, 1, 0, 5],
      [1, 1, 0, 6],
    ]).slice(0, 7),
    /byte 5: cut inside an event, expected 5 bytes, found 2/,
  ],
  'a pixel outside the sensor': [
    nmnistFile([[34, 0, 0, 0]]),
    /byte 0: pixel \(34, 0\), expected x and y 0 … 33/,
  ],
  'clock overflows only': [nmnistFile([[0, 240, 0, 0]]), /overflows only/],
  'time that steps back': [
    nmnistFile([
      [1, 1, 0, 9],
      [1, 1, 0, 8],
    ]),
    /byte 7: time 8 µs of event 1, expected 9 to/,
  ],
  text: [Buffer.from('x'.repeat(40)), /byte 0: pixel \(120, 120\)/],
};
for (const [what, [bytes, message]] of Object.entries(REFUSED))
  test(`decodeNmnist refuses ${what}`, (t) => {
    t.throws(() => decodeNmnist(bytes, 'some.bin'), { instanceOf: DataError, message });
  });

test('decodeNmnist refuses overflows beyond 2^31 µs instead of wrapping', (t) => {
  const bytes = new Uint8Array(5 * (2 ** 18 + 1)).fill(240);
  bytes.set([0, 0, 0, 0, 0], 5 * 2 ** 18);
  t.throws(() => decodeNmnist(bytes, 'late.bin'), {
    instanceOf: DataError,
    message: /time 2147483648 µs of event 0/,
  });
});

test('readNmnist refuses a missing file and a folder', (t) => {
  const folder = temporaryFolder(t);
  t.throws(() => readNmnist(join(folder, 'none.bin')), { instanceOf: DataError, message: /no such file/ });
  t.throws(() => readNmnist(folder), { instanceOf: DataError, message: /a folder/ });
});

testWithData('events-samples/nmnist_sample.bin')(
  'the real N-MNIST recording decodes to the counts of an independent reader',
  (t) => {
    const stream = readNmnist(dataFile('events-samples', 'nmnist_sample.bin'));
    const on = stream.p.reduce((sum, p) => sum + p, 0);
    t.deepEqual([stream.count, on, stream.t[0], stream.t[stream.count - 1]], [4325, 2145, 654, 311175]);
    for (const column of [stream.x, stream.y])
      t.deepEqual([Math.min(...column), Math.max(...column)], [0, 33]);
  },
);
