import test from 'ava';
import {
  type Convolution,
  convolve,
  inputGradient,
  weightGradient,
} from '../../../src/engines/plain/convolution.js';
import { convolutionGeometry, tapsOf } from '../../../src/network/geometry.js';
import { centralDifferences, dot } from '../../helpers/differences.js';
import { normals, worstDifference } from '../../helpers/tensors.js';

const of = (size: [number, number], kernel: number, stride: number, padding: number): Convolution => ({
  geometry: convolutionGeometry(size, { kernelHeight: kernel, kernelWidth: kernel, stride, padding }),
  ...{ images: 2, in: 2, out: 3 },
});
const inputs = ({ geometry: g, images, in: channels }: Convolution): number =>
  images * g.inHeight * g.inWidth * channels;

test('by hand: a kernel that reads the right neighbour shifts the image and lets a zero in at the edge', (t) => {
  const c = { ...of([1, 3], 3, 1, 1), images: 1, in: 1, out: 1 };
  t.deepEqual([...convolve(c, [1, 2, 3], [0, 0, 0, 0, 0, 1, 0, 0, 0], [10])], [12, 13, 10]);
});

test('gradients of input and weights are the central differences within 1e-9 of the largest, strides 1 and 2', (t) => {
  for (const c of [of([5, 4], 3, 1, 1), of([5, 4], 3, 2, 1), of([4, 3], 1, 2, 0), of([5, 5], 2, 2, 0)]) {
    const x = normals('x', inputs(c));
    const w = normals('w', c.in * c.out * tapsOf(c.geometry));
    const dy = normals('dy', convolve(c, x, w).length);
    const loss = (values: ArrayLike<number>, weights: ArrayLike<number>): number =>
      dot(convolve(c, values, weights), dy);
    const toInput = centralDifferences((values) => loss(values, w), x);
    const toWeights = centralDifferences((weights) => loss(x, weights), w);
    t.true(worstDifference(inputGradient(c, dy, w), toInput) < 1e-9);
    t.true(worstDifference(weightGradient(c, x, dy), toWeights) < 1e-9);
  }
});
