// χ by parameter, against counts by hand.
import test from 'ava';
import { coverage } from '../../src/measures/coverage.js';

test('coverage: share of values other than zero, by parameter and of all; a negative zero is zero', (t) => {
  const of = (...data: number[]) => ({ shape: [data.length], data: Float32Array.from(data) });
  t.deepEqual(coverage({ a: of(0, 1e-30, -2, -0), b: of(0), c: of(1, 1, 1) }), [
    { parameter: 'a', size: 4, share: 0.5 },
    { parameter: 'b', size: 1, share: 0 },
    { parameter: 'c', size: 3, share: 1 },
    { parameter: 'all', size: 8, share: 5 / 8 },
  ]);
  t.deepEqual(coverage({}), [{ parameter: 'all', size: 0, share: 0 }]);
});
