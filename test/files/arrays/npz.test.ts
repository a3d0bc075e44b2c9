import { readFileSync } from 'node:fs';
import test from 'ava';
import { DataError } from '../../../src/errors.js';
import type { ArrayMap } from '../../../src/files/arrays/arrays.js';
import { decodeNpz, encodeNpz } from '../../../src/files/arrays/npz.js';
import { writeZip } from '../../../src/files/arrays/zip-write.js';

test('npz: arrays of numpy.savez and numpy.savez_compressed are read by name, in their order', (t) => {
  const arrays = decodeNpz(readFileSync('test/fixtures/weights/arrays.npz'), 'arrays.npz');
  t.deepEqual([...arrays.keys()], ['fortran', 'double', 'long', 'int', 'byte', 'scalar', 'empty']);
  const compressed = decodeNpz(readFileSync('test/fixtures/weights/vggsnn.npz'), 'vggsnn.npz');
  t.deepEqual(compressed.get('features.0.fwd.module.0.weight')!.shape, [2, 2, 3, 3]);
  t.deepEqual(compressed.get('features.0.fwd.module.1.num_batches_tracked')!.data, BigInt64Array.of(20n));
});

test('npz: what is written is read again, names and bits', (t) => {
  const arrays: ArrayMap = new Map([
    ['a.b', { shape: [2], data: Float32Array.of(-0, NaN) }],
    ['__proto__', { shape: [], data: Float64Array.of(0.1) }],
    ['größe', { shape: [0], data: new Uint8Array(0) }],
  ]);
  t.deepEqual(decodeNpz(encodeNpz(arrays), 'a.npz'), arrays);
});

test('npz: what is no array is refused by name', (t) => {
  const bytes = writeZip(new Map([['evil.sh', new Uint8Array(3)]]));
  t.throws(() => decodeNpz(bytes, 'a.npz'), {
    instanceOf: DataError,
    message: 'a.npz: holds "evil.sh", expected names that end in .npy; write it with numpy.savez',
  });
  t.throws(() => decodeNpz(writeZip(new Map([['a.npy', new Uint8Array(3)]])), 'a.npz'), {
    message: /^a\.npz \(a\.npy\): not a readable \.npy/,
  });
});
