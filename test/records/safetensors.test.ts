import { readFileSync } from 'node:fs';
import test from 'ava';
import fc from 'fast-check';
import { DataError, SettingsError } from '../../src/errors.js';
import type { TensorMap } from '../../src/network/parameters.js';
import { decodeSafetensors, encodeSafetensors, weightsDigest } from '../../src/records/safetensors.js';

const reference = new Uint8Array(readFileSync('test/fixtures/reference.safetensors'));

/** The bits of tensors, comparable: NaN payloads and −0 count. */
const bitsOf = (tensors: TensorMap): [string, number[], number[]][] =>
  Object.keys(tensors)
    .sort()
    .map((name) => {
      const { shape, data } = tensors[name];
      return [name, shape, [...new Uint32Array(data.buffer, data.byteOffset, data.length)]];
    });

/** A file with this header text, and so many bytes of values. */
function file(header: string | Uint8Array, values = 0): Uint8Array {
  const text = Buffer.from(header);
  const bytes = Buffer.alloc(8 + text.length + values);
  bytes.writeBigUInt64LE(BigInt(text.length));
  text.copy(bytes, 8);
  return new Uint8Array(bytes);
}

const tensor = fc.array(fc.integer({ min: 0, max: 4 }), { maxLength: 4 }).chain((shape) =>
  fc
    .uint32Array({
      minLength: shape.reduce((a, b) => a * b, 1),
      maxLength: shape.reduce((a, b) => a * b, 1),
    })
    .map((bits) => ({ shape, data: new Float32Array(bits.buffer, bits.byteOffset, bits.length) })),
);
const name = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 12 }),
  fc.constantFrom('__proto__', 'constructor', 'toString', '', '\u0000', '"', '\\', '😀'),
);
const entries = fc.uniqueArray(fc.tuple(name, tensor), { selector: ([key]) => key, maxLength: 6 });
const tensorsOf = (list: [string, TensorMap[string]][]): TensorMap => {
  const tensors = Object.create(null) as TensorMap;
  for (const [key, value] of list) tensors[key] = value;
  return tensors;
};

test('safetensors: a file of the reference library is read, and written again byte for byte', (t) => {
  const { tensors, metadata } = decodeSafetensors(reference, 'reference.safetensors');
  t.deepEqual(tensors['conv1.weight'].shape, [2, 3, 2, 2, 1]);
  t.deepEqual(
    [...tensors['conv1.weight'].data],
    Array.from({ length: 24 }, (_, i) => Math.fround(i / 7)),
  );
  t.deepEqual(tensors.scalar, { shape: [], data: Float32Array.of(2.5) });
  t.deepEqual(tensors.empty, { shape: [0, 3], data: new Float32Array(0) });
  t.is(
    new Uint32Array(tensors.special.data.buffer, tensors.special.data.byteOffset, 1)[0],
    0x7fc12345,
    'the payload of a NaN is kept',
  );
  t.true(Object.is(tensors.special.data[3], -0));
  t.deepEqual({ ...metadata }, { note: 'quoted "text"\nof two lines, a tab\t, β and 😀' });
  t.deepEqual(encodeSafetensors(tensors, metadata), reference);
});

test('safetensors: any tensors and metadata come back bit for bit (200 random maps)', (t) => {
  fc.assert(
    fc.property(entries, fc.dictionary(name, fc.string({ unit: 'binary' })), (list, metadata) => {
      const tensors = tensorsOf(list);
      const back = decodeSafetensors(encodeSafetensors(tensors, metadata), 'x');
      t.deepEqual(bitsOf(back.tensors), bitsOf(tensors));
      t.deepEqual(Object.entries(back.metadata).sort(), Object.entries(metadata).sort());
    }),
    { numRuns: 200, seed: 1 },
  );
});

test('safetensors: the bytes do not depend on the order of names, and values begin at a multiple of 8', (t) => {
  fc.assert(
    fc.property(entries, (list) => {
      const bytes = encodeSafetensors(tensorsOf(list));
      t.deepEqual(encodeSafetensors(tensorsOf([...list].reverse())), bytes);
      t.is(Number(new DataView(bytes.buffer).getBigUint64(0, true)) % 8, 0);
    }),
    { numRuns: 50, seed: 2 },
  );
});

test('safetensors: bytes at an odd address, as a slice of a larger buffer, are read', (t) => {
  const shifted = new Uint8Array(reference.length + 1);
  shifted.set(reference, 1);
  t.deepEqual(
    bitsOf(decodeSafetensors(shifted.subarray(1), 'x').tensors),
    bitsOf(decodeSafetensors(reference, 'x').tensors),
  );
});

test('safetensors: __proto__ is a name like any other', (t) => {
  const { tensors } = decodeSafetensors(reference, 'x');
  t.is(Object.getPrototypeOf(tensors), null);
  t.deepEqual([...tensors['__proto__'].data], [1, 2]);
  t.is(({} as Record<string, unknown>).data, undefined);
});

const one = '"dtype":"F32","shape":[1]';
const two = `{"a":{${one},"data_offsets":[0,4]},"b":{${one},"data_offsets":[4,8]}}`;
const malformed: [what: string, bytes: Uint8Array, message: RegExp][] = [
  ['empty', new Uint8Array(0), /byte 0: expected at least 8 bytes, found 0/],
  ['cut in the length', new Uint8Array(7), /byte 0: expected at least 8 bytes, found 7/],
  [
    'cut in the header',
    file(two, 8).subarray(0, 20),
    /byte 0: expected a header within the file's 20 bytes, found 107/,
  ],
  ['cut in the values', file(two, 7), /byte 66: expected "b" to end within the 7 bytes of values, found 8/],
  ['a byte too many', file(two, 9), /byte 0: expected 8 bytes of values after the header, found 9/],
  [
    'a header of 2^63 bytes',
    new Uint8Array(16).fill(0x80, 7, 8),
    /a header of at most 100000000 bytes, found 9223372036854775808/,
  ],
  ['no header', file(''), /byte 8: expected {, found the end of the header/],
  ['white space first', file(' {}'), /byte 8: expected {, found " "/],
  [
    'something after the header',
    file('{} x'),
    /byte 11: expected white space up to the end of the header, found "x"/,
  ],
  ['an array', file('[]'), /byte 8: expected {, found "\["/],
  ['no tensor description', file('{"a":1}'), /byte 13: expected {, found "1"/],
  [
    'a missing field',
    file(`{"a":{${one}}}`),
    /byte 13: expected dtype, shape and data_offsets, found only some of them for "a"/,
  ],
  [
    'an unknown field',
    file('{"a":{"kind":1}}'),
    /byte 14: expected "dtype", "shape" or "data_offsets", found "kind"/,
  ],
  [
    'another dtype',
    file('{"a":{"dtype":"F16","shape":[]}}'),
    /byte 22: expected dtype "F32" or "F64" \(convert .*\), found "F16"/,
  ],
  [
    'a name twice',
    file('{"a":{"dtype":"F32","dtype":"F32"}}'),
    /byte 28: expected each name once, found "dtype" again/,
  ],
  ['a tensor twice', file(two.replace('"b"', '"a"'), 8), /byte 62: expected each name once, found "a" again/],
  [
    'a gap',
    file(two.replace('[4,8]', '[5,9]'), 9),
    /byte 66: expected "b" to begin at offset 4, without gap or overlap, found 5/,
  ],
  [
    'an overlap',
    file(two.replace('[4,8]', '[2,6]'), 6),
    /"b" to begin at offset 4, without gap or overlap, found 2/,
  ],
  ['the wrong size', file(two.replace('[4,8]', '[4,9]'), 9), /"b" to have 4 bytes for shape \[1\], found 5/],
  [
    'offsets backwards',
    file(two.replace('[0,4]', '[4,0]'), 8),
    /two offsets in ascending order, found \[4,0\]/,
  ],
  ['three offsets', file(two.replace('[0,4]', '[0,4,5]'), 8), /at most 2 integers, found "5"/],
  ['a fraction', file(two.replace('[1]', '[1.0]'), 8), /expected \], found "\."/],
  [
    'a negative size',
    file(two.replace('[1]', '[-1]'), 8),
    /an integer from 0 to 2\^53 - 1 in plain digits, found "-"/,
  ],
  ['a size of 2^53', file(two.replace('[1]', '[9007199254740992]'), 8), /an integer from 0 to 2\^53 - 1/],
  [
    'a size past float64',
    file(two.replace('[1]', `[${'9'.repeat(400)}]`), 8),
    /an integer from 0 to 2\^53 - 1/,
  ],
  ['a product past 2^53', file(two.replace('[1]', '[4294967296,4294967296]'), 8), /"a" to have 7\d+ bytes/],
  ['33 dimensions', file(two.replace('[1]', `[${Array(33).fill(1)}]`), 8), /at most 32 integers/],
  [
    'a string left open',
    file('{"a'),
    /byte 11: expected " at the end of a string .*, found the end of the header/,
  ],
  [
    'an escape at the end',
    file('{"a\\'),
    /expected " at the end of a string .*, found the end of the header/,
  ],
  [
    'a control character',
    file('{"a\n":1}'),
    /byte 11: expected " at the end of a string without control characters, found "\\n"/,
  ],
  [
    'no UTF-8',
    file(Buffer.from('{"\xff":1}', 'latin1')),
    /byte 8: expected a header in UTF-8, found bytes that are not/,
  ],
  ['half a surrogate pair', file('{"\\ud800":1}'), /byte 10: expected escapes that make valid Unicode/],
  ['an unknown escape', file('{"\\x":1}'), /byte 10: expected escapes that make valid Unicode/],
  ['metadata that is no text', file('{"__metadata__":{"a":1}}'), /byte 29: expected ", found "1"/],
];
for (const [what, bytes, message] of malformed)
  test(`safetensors: refused with file, byte, expected and found: ${what}`, (t) => {
    const error = t.throws(() => decodeSafetensors(bytes, 'some.file'), { instanceOf: DataError, message });
    t.regex(error.message, /^some\.file: not valid safetensors: .*; write or copy the file again$/);
  });

test('safetensors: what cannot be read again is not written', (t) => {
  const data = new Float32Array(4);
  const refused = (tensors: TensorMap, message: RegExp, metadata?: Record<string, string>): void =>
    void t.throws(() => encodeSafetensors(tensors, metadata), { instanceOf: SettingsError, message });
  refused({ __metadata__: { shape: [4], data } }, /cannot be named __metadata__; rename it/);
  refused({ a: { shape: [2, 3], data } }, /"a" has shape \[2,3\] and 16 bytes; float32 values must/);
  refused({ a: { shape: [-2, -2], data } }, /"a" has shape/);
  refused({ a: { shape: Array(33).fill(1), data: data.subarray(0, 1) } }, /"a" has shape/);
  refused({ a: { shape: [3], data: new Float64Array(4) } }, /32 bytes; float64 values must fill the shape/);
  refused({ '\ud800': { shape: [4], data } }, /must be a text of valid Unicode/);
  refused({}, /must be a text of valid Unicode/, { a: '\udfff' });
  refused({}, /must be a text of valid Unicode/, { a: 1 as unknown as string });
});

test('safetensors: float64 values keep all their bits, beside float32 ones too, where no view can begin', (t) => {
  const tensors: TensorMap = {
    a: { shape: [1], data: Float32Array.of(0.1) }, // four bytes: what follows is not aligned
    b: { shape: [2], data: Float64Array.of(0.1, -0) },
    c: { shape: [], data: Float64Array.of(Math.PI) },
  };
  t.deepEqual({ ...decodeSafetensors(encodeSafetensors(tensors), 'x').tensors }, tensors);
  const digest = (data: Float32Array | Float64Array): string => weightsDigest({ a: { shape: [1], data } });
  t.not(digest(Float64Array.of(0.5)), digest(Float32Array.of(0.5)));
});

test('weightsDigest: changes with a name, a shape and any bit, and with nothing else', (t) => {
  const digest = weightsDigest({ a: { shape: [2], data: Float32Array.of(0, 1) } });
  t.regex(digest, /^[0-9a-f]{64}$/);
  const whole = Float32Array.of(9, 0, 1, 9);
  t.is(weightsDigest({ a: { shape: [2], data: whole.subarray(1, 3) } }), digest);
  const others: TensorMap[] = [
    { b: { shape: [2], data: Float32Array.of(0, 1) } },
    { a: { shape: [1, 2], data: Float32Array.of(0, 1) } },
    { a: { shape: [2], data: Float32Array.of(-0, 1) } },
    { a: { shape: [2], data: Float32Array.of(0, 1 + 2 ** -23) } },
  ];
  t.is(new Set([digest, ...others.map(weightsDigest)]).size, 5);
});

test('safetensors: metadata lie in the order of their names, tensors in any order of the file are read', (t) => {
  const [a, b] = [
    { a: '1', b: '2' },
    { b: '2', a: '1' },
  ];
  t.deepEqual(encodeSafetensors({}, a), encodeSafetensors({}, b));
  const bytes = file(
    `{"b":{${one},"data_offsets":[4,8]},"c":{${one},"data_offsets":[8,12]},"a":{${one},"data_offsets":[0,4]}}`,
    12,
  );
  new DataView(bytes.buffer).setFloat32(bytes.length - 8, 7, true);
  t.deepEqual(Object.keys(decodeSafetensors(bytes, 'x').tensors), ['b', 'c', 'a']);
  t.deepEqual([...decodeSafetensors(bytes, 'x').tensors.b.data], [7]);
});
