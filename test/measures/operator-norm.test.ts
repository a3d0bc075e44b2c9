// Power iteration against norms that are known, or bounded from both sides by other means.
import test from 'ava';
import { convolutionMap, matrixMap, type LinearMap } from '../../src/measures/linear-map.js';
import { conv2dKind } from '../../src/network/kinds/conv2d.js';
import { conv2d } from '../../src/network/layers.js';
import { length, operatorNorm, orthogonalityDistance } from '../../src/measures/operator-norm.js';
import { stream } from '../../src/random.js';

const random = stream(1, 'probe', 'operator-norm-test');
const values = (n: number): Float64Array => Float64Array.from({ length: n }, () => random.normal());
const near = (a: number, b: number, within: number): boolean => Math.abs(a - b) <= within * Math.abs(b);

test('a diagonal matrix: its largest entry, within 1e-4, also when the next is within 1 %', (t) => {
  const diagonal = (entries: number[]): LinearMap =>
    matrixMap(
      entries.flatMap((entry, i) => entries.map((_, j) => (i === j ? entry : 0))),
      entries.length,
      entries.length,
    );
  t.true(near(operatorNorm(diagonal([1, -3, 2])).norm, 3, 1e-4));
  const close = operatorNorm(diagonal([2.98, 3, 0.1]), { tolerance: 1e-7 });
  t.true(near(close.norm, 3, 1e-4) && close.converged);
});

test('a matrix of rank one: the product of the lengths; zero: zero', (t) => {
  const [a, b] = [values(5), values(8)];
  const rankOne = matrixMap(
    [...a].flatMap((x) => [...b].map((y) => x * y)),
    5,
    8,
  );
  t.true(near(operatorNorm(rankOne).norm, length(a) * length(b), 1e-9));
  t.is(operatorNorm(matrixMap([0, 0], 1, 2)).norm, 0);
});

test('a 1 × 1 convolution has the norm of its matrix, whatever the image size', (t) => {
  const weight = values(12);
  const matrix = operatorNorm(matrixMap(weight, 3, 4), { tolerance: 1e-9 }).norm;
  const map = convolutionMap(conv2dKind.sums(conv2d('c', 4, 3, { kernel: 1 }), [5, 5, 4]), weight);
  t.true(near(operatorNorm(map, { tolerance: 1e-9 }).norm, matrix, 1e-5));
});

test('a 3 × 3 convolution: within 0.1 % of bounds from repeated squaring of its whole matrix; the reshaped kernel differs', (t) => {
  const weight = values(2 * 2 * 9);
  const map = convolutionMap(conv2dKind.sums(conv2d('c', 2, 2), [4, 4, 2]), weight);
  const { norm, converged } = operatorNorm(map, { tolerance: 1e-8 });
  const [low, high] = normBounds(map);
  t.true(converged && high / low < 1.001);
  t.true(norm <= high * (1 + 1e-9) && norm >= low * (1 - 1e-3));
  const reshaped = operatorNorm(matrixMap(weight, 2, 18)).norm;
  t.false(near(reshaped, norm, 0.05));
});

test('one iteration too few is said: not converged, and below the norm', (t) => {
  const map = matrixMap(values(400), 20, 20);
  const short = operatorNorm(map, { most: 2, tolerance: 1e-12 });
  t.false(short.converged);
  t.true(short.norm < operatorNorm(map).norm);
});

/** Bounds from the trace of (AᵀA)^(2^k): tr^(1/2p)/n^(1/2p) ≤ ‖A‖ ≤ tr^(1/2p). */
function normBounds(map: LinearMap): [low: number, high: number] {
  const n = map.from;
  const columns = Array.from({ length: n }, (_, i) =>
    map.apply(Float64Array.from({ length: n }, (__, j) => Number(i === j))),
  );
  let gram = columns.map((a) => columns.map((b) => a.reduce((sum, value, k) => sum + value * b[k], 0)));
  let [power, logScale] = [1, 0];
  for (let k = 0; k < 12; k++) {
    const trace = gram.reduce((sum, row, i) => sum + row[i], 0);
    gram = gram.map((row) => row.map((value) => value / trace));
    logScale = 2 * (logScale + Math.log(trace));
    const now = gram;
    gram = now.map((row) => now.map((_, j) => row.reduce((sum, value, k2) => sum + value * now[k2][j], 0)));
    power *= 2;
  }
  const trace = gram.reduce((sum, row, i) => sum + row[i], 0);
  const high = Math.exp((Math.log(trace) + logScale) / (2 * power));
  return [high * n ** (-1 / (2 * power)), high];
}

test('orthogonalityDistance: 0 for orthonormal rows or columns, 1 for zeros, and the same for the transpose', (t) => {
  const [c, s] = [Math.cos(1), Math.sin(1)];
  t.true(orthogonalityDistance([c, s, 0, -s, c, 0], 2, 3) < 1e-15);
  t.true(orthogonalityDistance([c, -s, s, c, 0, 0], 3, 2) < 1e-15);
  t.is(orthogonalityDistance(new Float64Array(6), 2, 3), 1);
  const weight = values(12);
  const transposed = Array.from({ length: 12 }, (_, i) => weight[(i % 3) * 4 + Math.floor(i / 3)]);
  t.true(near(orthogonalityDistance(weight, 3, 4), orthogonalityDistance(transposed, 4, 3), 1e-12));
});
