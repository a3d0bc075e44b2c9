import test from 'ava';
import {
  bytesOf,
  countOf,
  denseStrides,
  dtypeOf,
  gathered,
  valuesFrom,
} from '../../../src/files/arrays/arrays.js';

const fail = (at: number, expected: string, found: string): never => {
  throw new Error(`${at}: expected ${expected}, found ${found}`);
};

test('arrays: values are read from any place, in whole numbers of them, and are the bytes they were', (t) => {
  const bytes = Uint8Array.of(9, 0, 0, 128, 63, 0, 0, 0, 192, 7);
  const values = valuesFrom('f4', bytes.subarray(1));
  t.deepEqual(values, Float32Array.of(1, -2));
  t.deepEqual(bytesOf(values), bytes.slice(1, 9));
  t.deepEqual(valuesFrom('i8', new Uint8Array(8).fill(255)), BigInt64Array.of(-1n));
  for (const dtype of ['f4', 'f8', 'i4', 'i8', 'u1'] as const)
    t.is(dtypeOf({ shape: [1], data: valuesFrom(dtype, new Uint8Array(8)) }), dtype);
});

test('arrays: strides are followed from the first value on, the last axis fastest', (t) => {
  t.deepEqual(denseStrides([2, 3, 4]), [12, 4, 1]);
  t.deepEqual(denseStrides([]), []);
  const data = Float32Array.from({ length: 12 }, (_, i) => i);
  t.deepEqual(gathered(data, [2, 3], [3, 1]), Float32Array.of(0, 1, 2, 3, 4, 5));
  t.deepEqual(gathered(data, [3, 2], [1, 3], 5), Float32Array.of(5, 8, 6, 9, 7, 10));
  t.deepEqual(gathered(data, [], [], 7), Float32Array.of(7));
  t.deepEqual(gathered(data, [0, 4], [4, 1]), new Float32Array(0));
});

test('arrays: a shape has at most 32 axes, whole sizes and a product that a number can tell', (t) => {
  t.is(countOf([], 0, fail), 1);
  t.is(countOf([2, 0, 3], 0, fail), 0);
  t.throws(() => countOf(new Array<number>(33).fill(1), 4, fail), {
    message: '4: expected at most 32 axes, found 33',
  });
  for (const shape of [[-1], [1.5], [2 ** 53], [2 ** 30, 2 ** 30], [NaN]])
    t.throws(() => countOf(shape, 0, fail), { message: /sizes from 0/ });
});
