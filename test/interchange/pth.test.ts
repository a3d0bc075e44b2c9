import { readFileSync } from 'node:fs';
import test from 'ava';
import { DataError } from '../../src/errors.js';
import { decodePth } from '../../src/interchange/pth.js';
import { type Entries, readZip } from '../../src/files/arrays/zip.js';
import { writeZip } from '../../src/files/arrays/zip-write.js';

const bytesOf = (name: string): Uint8Array => readFileSync(`test/fixtures/weights/${name}`);
const layouts = (): Entries => new Map(readZip(bytesOf('layouts.pth'), 'layouts.pth'));
/** The fixture with some entries changed, or gone. */
function changed(change: Record<string, Uint8Array | string | undefined>, from = layouts()): Uint8Array {
  for (const [name, content] of Object.entries(change))
    if (content === undefined) from.delete(name);
    else from.set(name, Buffer.from(content as string));
  return writeZip(from);
}
/** The fixture with bytes of its pickle replaced by as many others. */
function patched(before: string, after: string): Uint8Array {
  const pickle = Buffer.from(layouts().get('layouts/data.pkl')!);
  const at = pickle.indexOf(Buffer.from(before, 'latin1'));
  if (at < 0) throw new Error(before);
  return changed({
    'layouts/data.pkl': Buffer.concat([
      pickle.subarray(0, at),
      Buffer.from(after, 'latin1'),
      pickle.subarray(at + before.length),
    ]),
  });
}

test('pth: tensors of torch.save with their dtypes: transposed, slices, scalars, empty ones', (t) => {
  const arrays = decodePth(bytesOf('layouts.pth'), 'layouts.pth');
  const upTo24 = Array.from({ length: 24 }, (_, i) => i);
  const transposed = [0, 1, 2, 3].flatMap((c) =>
    [0, 1].flatMap((a) => [0, 1, 2].map((b) => 12 * a + 4 * b + c)),
  );
  t.deepEqual(Object.fromEntries(arrays), {
    transposed: { shape: [4, 2, 3], data: Float32Array.from(transposed) },
    slice: { shape: [3, 2], data: Float32Array.of(13, 14, 17, 18, 21, 22) },
    double: { shape: [2, 3, 4], data: Float64Array.from(upTo24) },
    long: { shape: [2], data: BigInt64Array.of(-1n, 2n ** 40n) },
    int: { shape: [2], data: Int32Array.of(-1, 7) },
    byte: { shape: [2], data: Uint8Array.of(0, 255) },
    scalar: { shape: [], data: Float32Array.of(2.5) },
    empty: { shape: [0, 3], data: new Float32Array(0) },
  });
});

test('pth: the format of before PyTorch 1.6, and files that would run something, are refused by name', (t) => {
  const refused: [name: string, message: RegExp][] = [
    [
      'legacy.pth',
      /a bare pickle, the format of torch\.save before PyTorch 1\.6.*; load it in PyTorch and save it again/,
    ],
    ['hostile.pth', /names "(posix|nt)\.system", which weights do not need: refused; nothing of it was run/],
    ['half.pth', /names "torch\.HalfStorage".*model\.float\(\)/],
    ['nested.pth', /"state_dict" is a dictionary, expected a tensor; save the weights alone/],
    ['arrays.npz', /a zip archive without data\.pkl/],
  ];
  for (const [name, message] of refused)
    t.throws(() => decodePth(bytesOf(name), name), { instanceOf: DataError, message });
});

test('pth: archives that do not hold together are refused', (t) => {
  const refused: [bytes: Uint8Array, message: RegExp][] = [
    [changed({ 'layouts/byteorder': 'big' }), /another byte order/],
    [changed({ 'layouts/constants.pkl': '' }), /a TorchScript program/],
    [changed({ 'other/data.pkl': '' }), /without data\.pkl/],
    [changed({ 'layouts/data/0': undefined }), /"transposed": storage "0" is not in the archive/],
    [
      changed({ 'layouts/data/0': 'abcd' }),
      /"transposed": storage "0" has 4 bytes, expected 24 values of f4/,
    ],
    [
      changed({ 'layouts/data.pkl': Buffer.from('\x80\x02].', 'latin1') }),
      /holds a list, expected a dictionary/,
    ],
    [patched('cpu', '\xff\xff\xff'), /not UTF-8/],
    [patched('storage', 'storagf'), /its storage is not described as torch\.save does/],
    [
      patched('K\x04K\x02K\x03\x87', 'K\x05K\x02K\x03\x87'),
      /\[5, 2, 3\] reaches beyond its storage of 24 values/,
    ],
    [patched('K\x01K\x0cK\x04\x87', 'K\x01K\x0dK\x04\x87'), /reaches beyond its storage/],
    [patched('byteq', 'longq'), /"long" stands there twice/],
  ];
  for (const [i, [bytes, message]] of refused.entries()) {
    const error = t.throws(() => decodePth(bytes, 'a.pth'), { instanceOf: DataError, message }, String(i));
    t.true(error!.message.startsWith('a.pth: '), error!.message);
  }
});

test('pth: tensors that repeat their storage to grow are refused: strides of 0, and many views that are copied', (t) => {
  const repeated = patched(
    'K\x04K\x02K\x03\x87q\x08K\x01K\x0cK\x04\x87',
    'K\x64K\x02K\x03\x87q\x08K\x00K\x00K\x00\x87',
  );
  t.throws(() => decodePth(repeated, 'a'), {
    message: /"transposed": \[100, 2, 3\] reaches beyond its storage/,
  });
  const word = (text: string): string => `X${String.fromCharCode(text.length)}\0\0\0${text}`;
  const storage = `(${word('storage')}ctorch\nFloatStorage\n${word('0')}${word('cpu')}K\x18tQ`;
  const tensor = `ctorch._utils\n_rebuild_tensor_v2\n(${storage}K\0K\x04K\x06\x86K\x01K\x04\x86\x89ccollections\nOrderedDict\n)RtR`;
  const views = (count: number): Uint8Array => {
    const entries = Array.from({ length: count }, (_, i) => `${word(`w${i}`)}${tensor}`).join('');
    return changed({ 'layouts/data.pkl': Buffer.from(`\x80\x02}(${entries}u.`, 'latin1') });
  };
  const eight = decodePth(views(8), 'a');
  t.deepEqual([...eight.get('w7')!.data].slice(0, 8), [0, 4, 8, 12, 16, 20, 1, 5]);
  t.throws(() => decodePth(views(9), 'a'), {
    instanceOf: DataError,
    message: /more values in its tensors than its storages hold/,
  });
});
