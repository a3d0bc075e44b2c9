import { readFileSync } from 'node:fs';
import test from 'ava';
import { DataError } from '../../../src/errors.js';
import { type Entries, readZip } from '../../../src/files/arrays/zip.js';
import { writeZip } from '../../../src/files/arrays/zip-write.js';
import { zip } from '../../helpers/archives.js';

const entries: Entries = new Map([
  ['a', new Uint8Array(Buffer.from('content'))],
  ['b/größe', new Uint8Array(0)],
]);
const refuse = (bytes: Uint8Array): string => {
  try {
    readZip(bytes, 'a.zip');
  } catch (error) {
    if (error instanceof DataError) return error.message;
    throw error;
  }
  return 'read';
};
/** A copy with a number of so many bytes set at a place, counted from the end where it is negative. */
function changed(bytes: Uint8Array, at: number, value: number, width: 2 | 4): Buffer {
  const copy = Buffer.from(bytes);
  copy.writeUIntLE(value, at < 0 ? copy.length + at : at, width);
  return copy;
}

test('zip: what is written is read again, and equal content gives equal bytes', (t) => {
  const bytes = writeZip(entries);
  t.deepEqual(new Map([...readZip(bytes, 'a').entries()].map(([k, v]) => [k, new Uint8Array(v)])), entries);
  t.deepEqual(writeZip(entries), bytes);
  t.deepEqual(readZip(writeZip(new Map()), 'a'), new Map());
});

test('zip: archives of others: zip64 of PyTorch, deflated ones of NumPy, a comment at the end', (t) => {
  const pytorch = readZip(readFileSync('test/fixtures/weights/layouts.pth'), 'a');
  t.is(Buffer.from(pytorch.get('layouts/byteorder')!).toString(), 'little');
  const numpy = readZip(readFileSync('test/fixtures/weights/vggsnn.npz'), 'a');
  t.true(numpy.has('classifier.module.weight.npy'));
  const bytes = writeZip(entries);
  t.is(readZip(Buffer.concat([changed(bytes, -2, 3, 2), Buffer.from('abc')]), 'a').size, 2);
  t.is(Buffer.from(readZip(zip([{ name: 'x', content: 'text' }]), 'a').get('x')!).toString(), 'text');
});

test('zip: whatever is damaged is refused with the byte', (t) => {
  const bytes = writeZip(entries);
  const central = Buffer.from(bytes).indexOf(Buffer.from([0x50, 0x4b, 1, 2]));
  const cases: [bytes: Uint8Array, message: RegExp][] = [
    [bytes.subarray(0, -1), /the end record of a zip archive, found none \(cut off\?\)/],
    [new Uint8Array(0), /the end record/],
    [Buffer.alloc(21), /the end record/],
    [changed(bytes, 31, 0, 2), /"a" with its checksum, found other bytes/],
    [changed(bytes, central + 8, 1, 2), /"a" without encryption, found flags 1/],
    [changed(changed(bytes, central + 10, 9, 2), 8, 9, 2), /stored or deflated, found method 9/],
    [changed(bytes, 8, 8, 2), /method 0 of "a", found another/],
    [changed(bytes, central + 24, 6, 4), /6 bytes of "a", found 7/],
    [changed(bytes, central + 20, 9999, 4), /"a" before the directory/],
    [changed(bytes, central + 42, 1, 4), /the head of "a", found none/],
    [changed(bytes, central + 42, 0xfffffff0, 4), /the head of "a", found none/],
    [changed(bytes, central + 42, 0xffffffff, 4), /a zip64 field/],
    [changed(bytes, 30, 0x62, 2), /the name "a", found another/],
    [changed(bytes, central, 0, 4), /an entry of the directory, found none/],
    [changed(bytes, central + 28, 9999, 2), /an entry within the directory/],
    [changed(bytes, -12, 1, 2), /the end of the directory, found 55 more bytes/],
    [changed(bytes, -12, 3, 2), /an entry of the directory, found none/],
    [changed(bytes, -10, 1, 4), /the directory right before its end record/],
  ];
  for (const [i, [damaged, message]] of cases.entries()) t.regex(refuse(damaged), message, String(i));
});

test('zip: names that stand twice, entries on the same bytes and more bytes than were said are refused', (t) => {
  const twice = Buffer.from(writeZip(new Map([...entries, ['c', new Uint8Array(1)]])));
  for (let at = 0; (at = twice.indexOf('c', at + 1)) >= 0;) if (twice[at + 1] !== 0x6f) twice[at] = 0x61;
  t.regex(refuse(twice), /each name once, found "a" again|the name/);
  // The second entry of the directory is made to lie inside of the first one's content.
  const inner = writeZip(new Map([['b', Uint8Array.of(1)]])).subarray(0, 32);
  const overlapping = Buffer.from(
    writeZip(
      new Map([
        ['a', inner],
        ['b', Uint8Array.of(1)],
      ]),
    ),
  );
  const last = overlapping.lastIndexOf(Buffer.from([0x50, 0x4b, 1, 2]));
  t.regex(refuse(changed(overlapping, last + 42, 31, 4)), /entries that share no byte, found two that do/);
  const deflated = readFileSync('test/fixtures/weights/vggsnn.npz');
  const at = deflated.indexOf(Buffer.from([0x50, 0x4b, 1, 2]));
  t.regex(
    refuse(changed(deflated, at + 24, 10, 4)),
    /expected deflated data of 10 bytes, found Cannot create a Buffer larger/,
  );
});
