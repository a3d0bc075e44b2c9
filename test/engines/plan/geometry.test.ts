import test from 'ava';
import { blocksOf } from '../../../src/engines/plan/geometry.js';

test('blocksOf: whole blocks of 32', (t) => {
  t.deepEqual([1, 31, 32, 33, 64, 65].map(blocksOf), [1, 1, 1, 2, 2, 3]);
});
