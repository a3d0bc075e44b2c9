// Linear maps: what they compute, and that the adjoint is one.
import test from 'ava';
import { SettingsError } from '../../src/errors.js';
import { convolutionMap, matrixMap, type LinearMap } from '../../src/measures/linear-map.js';
import { conv2dKind } from '../../src/network/kinds/conv2d.js';
import { conv2d } from '../../src/network/layers.js';
import { stream } from '../../src/random.js';

const random = stream(0, 'probe', 'linear-map');
const values = (n: number): Float64Array => Float64Array.from({ length: n }, () => random.normal());
const dot = (a: Float64Array, b: Float64Array): number => a.reduce((sum, value, i) => sum + value * b[i], 0);

/** Largest relative gap between ⟨A x, y⟩ and ⟨x, Aᵀ y⟩ over a few random pairs. */
function adjointGap(map: LinearMap): number {
  return Math.max(
    ...Array.from({ length: 5 }, () => {
      const [x, y] = [values(map.from), values(map.to)];
      const [left, right] = [dot(map.apply(x), y), dot(x, map.adjoint(y))];
      return Math.abs(left - right) / Math.abs(left);
    }),
  );
}

for (const [kernel, stride, padding] of [
  [3, 1, 1],
  [3, 2, 1],
  [1, 2, 0],
  [3, 1, 0],
  [5, 3, 2],
])
  test(`convolution ${kernel} × ${kernel}, stride ${stride}, padding ${padding}: the adjoint agrees within 1e-9`, (t) => {
    const layer = conv2d('c', 2, 3, { kernel, stride, padding });
    const map = convolutionMap(conv2dKind.sums(layer, [7, 6, 2]), values(3 * 2 * kernel ** 2));
    t.true(adjointGap(map) < 1e-9);
  });

test('convolution: a hand-made example with padding, two channels and a scale', (t) => {
  // 1 × 2 pixels, two channels; kernel 3 × 3 of which only the middle row meets pixels.
  const layer = conv2d('c', 2, 1);
  const weight = new Float64Array(18);
  [weight[3], weight[4], weight[5]] = [1, 10, 100]; // channel 0: left, middle, right
  [weight[12], weight[13], weight[14]] = [1000, 0, 0]; // channel 1: left
  const map = convolutionMap(conv2dKind.sums(layer, [1, 2, 2]), weight, [0.5]);
  t.deepEqual([...map.apply([2, 3, 4, 5])], [0.5 * (20 + 400), 0.5 * (2 + 40 + 3000)]);
});

test('matrix: product and transpose', (t) => {
  const map = matrixMap([1, 2, 3, 4, 5, 6], 2, 3);
  t.deepEqual([...map.apply([1, 0, -1])], [-2, -2]);
  t.deepEqual([...map.adjoint([1, 10])], [41, 52, 63]);
});

test('maps refuse weights of another size by name', (t) => {
  t.throws(() => matrixMap([1, 2], 2, 2), {
    instanceOf: SettingsError,
    message: /2 × 2 has 4 values, got 2/,
  });
  t.throws(() => convolutionMap(conv2dKind.sums(conv2d('c', 2, 3), [4, 4, 2]), [1]), {
    instanceOf: SettingsError,
    message: /3 × 3 kernel from 2 to 3 channels has 54 values, got 1/,
  });
});
