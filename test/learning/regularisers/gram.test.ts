import test from 'ava';
import {
  gramExcess,
  gramPenalty,
  gramPenaltyGradient,
  matrixOf,
  weightsOf,
} from '../../../src/learning/regularisers/gram.js';
import { centralDifferences } from '../../helpers/differences.js';
import { normals, worstDifference } from '../../helpers/tensors.js';

test('by hand: MᵀM − I of two columns, and half the sum of its squares', (t) => {
  const matrix = { rows: 2, columns: 2, values: [1, 2, 0, 1] }; // columns (1, 0) and (2, 1)
  t.deepEqual([...gramExcess(matrix)], [0, 2, 2, 4]);
  t.is(gramPenalty(matrix), 12);
  t.is(gramPenalty({ rows: 1, columns: 2, values: [1, 2] }), 8); // ½·(1 + 4 − 1)²: the smaller Gram matrix
});

test('weights [out, in, ky, kx] become columns by output channel, and come back', (t) => {
  const weights = Float64Array.from({ length: 2 * 3 }, (_, i) => i);
  const matrix = matrixOf(weights, 2);
  t.deepEqual(matrix, { rows: 3, columns: 2, values: Float64Array.of(0, 3, 1, 4, 2, 5) });
  t.deepEqual(weightsOf(matrix), weights);
});

test('the gradient is the central difference of the penalty within 1e-8 of the largest, tall and wide', (t) => {
  for (const [rows, columns] of [
    [5, 3],
    [3, 5],
    [4, 4],
  ]) {
    const values = normals('m', rows * columns);
    const expected = centralDifferences((x) => gramPenalty({ rows, columns, values: x }), values);
    t.true(worstDifference(gramPenaltyGradient({ rows, columns, values }), expected) < 1e-8);
  }
});
