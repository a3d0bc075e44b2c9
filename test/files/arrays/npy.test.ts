import { readFileSync } from 'node:fs';
import test from 'ava';
import { DataError } from '../../../src/errors.js';
import { bytesOf, type NamedArray } from '../../../src/files/arrays/arrays.js';
import { decodeNpy, encodeNpy } from '../../../src/files/arrays/npy.js';
import { readZip } from '../../../src/files/arrays/zip.js';

const numpys = readZip(readFileSync('test/fixtures/weights/arrays.npz'), 'arrays.npz');
const upTo24 = Float32Array.from({ length: 24 }, (_, i) => i);

/** A file with this dict, and so many bytes of values. */
function file(dict: string, values = 0, version = '\x01\x00'): Uint8Array {
  const length = Buffer.from([dict.length & 255, dict.length >> 8, 0, 0]).subarray(
    0,
    version === '\x01\x00' ? 2 : 4,
  );
  return Buffer.concat([
    Buffer.from(`\x93NUMPY${version}`, 'latin1'),
    length,
    Buffer.from(dict),
    Buffer.alloc(values),
  ]);
}

test('npy: what NumPy wrote is read, in either order of axes, versions 1 and 2', (t) => {
  const of = (name: string): NamedArray => decodeNpy(numpys.get(`${name}.npy`)!, name);
  t.deepEqual(of('fortran'), { shape: [2, 3, 4], data: upTo24 });
  t.deepEqual(of('double'), { shape: [2], data: Float64Array.of(0.1, -0) });
  t.deepEqual(of('long'), { shape: [2, 1], data: BigInt64Array.of(-1n, 2n ** 40n) });
  t.deepEqual(of('int'), { shape: [2], data: Int32Array.of(-1, 7) });
  t.deepEqual(of('byte'), { shape: [2], data: Uint8Array.of(0, 255) });
  t.deepEqual(of('scalar'), { shape: [], data: Float32Array.of(2.5) });
  t.deepEqual(of('empty'), { shape: [0, 3], data: new Float32Array(0) });
  const second = readFileSync('test/fixtures/weights/version2.npy');
  t.is(second[6], 2);
  t.deepEqual(decodeNpy(second, 'version2.npy'), { shape: [2, 3, 4], data: upTo24 });
});

test('npy: what is written is what NumPy writes, byte for byte, where the order of axes is its own', (t) => {
  for (const name of ['double', 'long', 'int', 'byte', 'scalar', 'empty']) {
    const bytes = new Uint8Array(numpys.get(`${name}.npy`)!);
    t.deepEqual(encodeNpy(decodeNpy(bytes, name)), bytes, name);
  }
});

test('npy: every bit comes back, payloads of NaN too', (t) => {
  const data = new Float32Array(Uint32Array.of(0x7fc12345, 0x80000000, 1, 0x7f800000).buffer);
  const again = decodeNpy(encodeNpy({ shape: [2, 2], data }), 'a.npy');
  t.deepEqual(bytesOf(again.data), bytesOf(data));
});

test('npy: keys in any order, without a comma at the end, blanks between', (t) => {
  t.deepEqual(
    decodeNpy(file("{ 'shape' : ( 2 , 3 ) ,'fortran_order':False, 'descr':'<f4'}\n", 24), 'a').shape,
    [2, 3],
  );
});

test('npy: what is not as NumPy writes it is refused with the byte and what was expected', (t) => {
  const dict = "{'descr': '<f4', 'fortran_order': False, 'shape': (2,), }";
  t.is(decodeNpy(file(dict, 8), 'a').data.length, 2);
  const refused: [bytes: Uint8Array, message: RegExp][] = [
    [file(dict, 7), /^a: not a readable \.npy: byte 67: expected 8 bytes of values for shape \[2\], found 7/],
    [file(dict, 9), /expected 8 bytes/],
    [file(dict.replace('<f4', '>f4'), 8), /expected one of <f4, <f8, <i4, <i8, \|u1, found '>f4'/],
    [file(dict.replace('<f4', '<f2'), 4), /found '<f2'/],
    [file(dict.replace('<f4', '|O'), 8), /found '\|O'/],
    [file(dict.replace('False', '(1,)'), 8), /fortran_order True or False/],
    [file(dict.replace('(2,)', '(2)'), 8), /a tuple of sizes, found \(2\)/],
    [file(dict.replace('(2,)', '(,)'), 8), /a tuple of sizes/],
    [file(dict.replace('(2,)', '(2,,1)'), 8), /a tuple of sizes/],
    [file(dict.replace('(2,)', '(99999999999999999,)'), 8), /sizes from 0/],
    [file(dict.replace("'shape'", "'descr'"), 8), /each key once, found descr again/],
    [file(dict.replace("'shape': (2,), ", ''), 8), /a dict of descr, fortran_order and shape/],
    [file(`${dict} import os`, 8), /a dict of descr, fortran_order and shape, found " \} import os"/],
    [file(dict.replace('(2,)', `(${'1'.repeat(1000)},)`), 8), /a dict of/],
    [file(dict, 8, '\x03\x00'), /version 1.0 or 2.0, found 3.0/],
    [file(' '.repeat(10_001), 8), /a header of at most 10000 bytes/],
    [file(dict, 8).subarray(0, 40), /a header within the file's 40 bytes/],
    [file(dict, 8).subarray(0, 9), /the length of the header/],
    [Buffer.from('something else'), /byte 0: expected the magic text/],
    [new Uint8Array(0), /the magic text/],
  ];
  for (const [bytes, message] of refused)
    t.throws(() => decodeNpy(bytes, 'a'), { instanceOf: DataError, message });
});
