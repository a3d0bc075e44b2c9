import test from 'ava';
import {
  float32Array,
  int64,
  int64Array,
  isNirArray,
  isNirGraph,
  numbersOf,
} from '../../../src/interchange/nir/graph.js';

test('arrays: numbers in, the same numbers out, rounded to float32 where they are float32', (t) => {
  t.deepEqual(float32Array([0.5, 0.1]), {
    dtype: 'float32',
    shape: [2],
    data: Float32Array.of(0.5, Math.fround(0.1)),
  });
  t.deepEqual(int64Array([1, -2, 3, 4], [2, 2]).data, BigInt64Array.of(1n, -2n, 3n, 4n));
  t.deepEqual(int64(7), { dtype: 'int64', shape: [], data: BigInt64Array.of(7n) });
  t.deepEqual(numbersOf(int64Array([1, -2])), Float64Array.of(1, -2));
  t.deepEqual(numbersOf({ dtype: 'bool', shape: [2], data: Uint8Array.of(0, 1) }), Float64Array.of(0, 1));
});

test('a graph is told from a node, an array from a word and from metadata that has a name of its own called data', (t) => {
  t.true(isNirGraph({ type: 'NIRGraph', nodes: new Map(), edges: [] }));
  t.false(isNirGraph({ type: 'LIF', fields: {} }));
  t.true(isNirArray(int64(1)));
  t.false(isNirArray('same'));
  t.false(isNirArray({ data: int64(1) }));
});
