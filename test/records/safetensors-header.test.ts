import test from 'ava';
import { readHeader, type Header } from '../../src/records/safetensors-header.js';

/** Reads a header's text; a malformation is thrown as `offset expected found`. */
const read = (text: string): Header =>
  readHeader(new Uint8Array(Buffer.from(text)), (offset, expected, found) => {
    throw new Error(`${offset}: ${expected}, ${found}`);
  });

test('readHeader: gives tensors and texts in order, fields in any order, white space anywhere JSON has it', (t) => {
  const { entries, metadata } = read(
    ' {"b" : {"data_offsets":[ 4 , 8 ],\n"shape":[\t1],"dtype":"F32"},\r"__metadata__":{"k":"v"},"a":{"dtype":"F32","shape":[],"data_offsets":[0,4]}}  '.trimStart(),
  );
  t.deepEqual(
    [...entries].map(([name, { shape, begin, end }]) => [name, shape, begin, end]),
    [
      ['b', [1], 4, 8],
      ['a', [], 0, 4],
    ],
  );
  t.deepEqual([...metadata], [['k', 'v']]);
});

test('readHeader: offsets count bytes of the file, not characters', (t) => {
  // 8 bytes of length, then {" is 2, β is 2, 😀 is 4, ": is 2.
  t.throws(() => read('{"β😀":x'), { message: '18: {, "x"' });
  t.is(read('{"β😀":{"dtype":"F32","shape":[],"data_offsets":[0,4]}}').entries.get('β😀')?.at, 18);
});

test('readHeader: names may be escaped, and equal names are one name however they are written', (t) => {
  t.deepEqual([...read('{"__metadata__":{"\\u0061\\"\\n":""}}').metadata.keys()], ['a"\n']);
  t.throws(() => read('{"__metadata__":{"a":"","\\u0061":""}}'), {
    message: '32: each name once, "a" again',
  });
  t.throws(() => read('{"__metadata__":{},"__metadata__":{}}'), {
    message: '27: each name once, "__metadata__" again',
  });
});
