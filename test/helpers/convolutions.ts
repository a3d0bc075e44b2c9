// Convolutions of every kind that kernels have to get right, and how far those of real values are from plain loops.
import type { ExecutionContext } from 'ava';
import { toMaster, weightFloats } from '../../src/engines/plan/layout.js';
import type { Build } from '../../src/engines/event/module.js';
import type { Op } from '../../src/engines/event/op.js';
import type { DenseLayer, DenseOperands } from '../../src/engines/event/ops/dense-convolution.js';
import { type Convolution, convolve, inputGradient } from '../../src/engines/plain/convolution.js';
import { convolutionGeometry, tapsOf } from '../../src/network/geometry.js';
import { Agreement } from './agreement.js';
import { type KernelBench, openKernels } from './kernels.js';
import { DenseTarget, putDense, putVector, runOps, Target } from './operands.js';
import { normals } from './tensors.js';

/** A convolution with a name. */
export interface NamedConvolution extends Convolution {
  what: string;
}

/** A convolution of a geometry: sizes, kernel, stride and padding, then images and channels. */
export const named = (
  what: string,
  [height, width]: [height: number, width: number],
  [kernelHeight, kernelWidth, stride, padding]: [
    kernelHeight: number,
    kernelWidth: number,
    stride: number,
    padding: number,
  ],
  [images, channels, out]: [images: number, channels: number, out: number],
): NamedConvolution => ({
  geometry: convolutionGeometry([height, width], { kernelHeight, kernelWidth, stride, padding }),
  ...{ what, images, in: channels, out },
});

/** Kernels of 1×1 to 5×5, strides 1 to 3, odd sizes, one image, and channels that fill no block. */
export const CONVOLUTIONS: NamedConvolution[] = [
  named('3×3', [8, 8], [3, 3, 1, 1], [3, 64, 64]),
  named('3×3 on 7×5, one image', [7, 5], [3, 3, 1, 1], [1, 3, 33]),
  named('3×3 without padding on 5×9', [5, 9], [3, 3, 1, 0], [2, 37, 5]),
  named('3×3 stride 2', [8, 8], [3, 3, 2, 1], [2, 32, 40]),
  named('3×3 stride 2 on 9×7', [9, 7], [3, 3, 2, 1], [3, 40, 9]),
  named('1×1 on 5×5', [5, 5], [1, 1, 1, 0], [2, 34, 70]),
  named('1×1 stride 2', [8, 8], [1, 1, 2, 0], [3, 33, 31]),
  named('1×1 stride 2 on 7×7', [7, 7], [1, 1, 2, 0], [1, 8, 4]),
  named('5×5', [9, 9], [5, 5, 1, 2], [2, 5, 33]),
  named('5×5 stride 2 on 11×7', [11, 7], [5, 5, 2, 2], [1, 35, 12]),
  named('5×5 that reaches beyond both edges of 3×3', [3, 3], [5, 5, 1, 2], [4, 6, 7]),
  named('2×2 stride 3, pixels that no tap reaches', [8, 7], [2, 2, 3, 0], [2, 10, 6]),
  named('3×2 stride 2', [6, 7], [3, 2, 2, 1], [2, 3, 3]),
  named('1×1 on one pixel, one channel to one', [1, 1], [1, 1, 1, 0], [1, 1, 1]),
  named('a linear layer over 4×4', [4, 4], [4, 4, 1, 0], [37, 40, 10]),
  named('a linear layer over features', [1, 1], [1, 1, 1, 0], [66, 100, 50]),
  named('3×3 on 24×20, in bands of rows', [24, 20], [3, 3, 1, 1], [2, 65, 8]),
  named('3×3 on 24×20, its gradient in bands of rows', [24, 20], [3, 3, 1, 1], [1, 8, 66]),
  named('3×3 stride 2 on 31×33, in bands of rows', [31, 33], [3, 3, 2, 1], [1, 65, 5]),
  named('3×3 on 3×150, bands of one row', [3, 150], [3, 3, 1, 1], [1, 72, 4]),
];

/** Pixels of input and output, and how many weights. */
export const sizesOf = ({ geometry: g, images, in: channels, out }: Convolution) => ({
  inPixels: images * g.inHeight * g.inWidth,
  outPixels: images * g.outHeight * g.outWidth,
  weights: out * channels * tapsOf(g),
});

/** A way to convolve real values, or to take the gradient of the input. */
export interface Way {
  /** Bytes of packed weights. */
  bytes(layer: DenseLayer): number;
  /** The ops, from master weights. */
  ops(operands: DenseOperands & { bias: number }, master: number): Op[];
}

/** Seeded operands of a convolution and what the plain loops make of them. */
interface Plain {
  weights: Float32Array;
  bias: Float32Array;
  x: Float32Array;
  dy: Float32Array;
  /** Of x and of ones, without bias. */
  y: Float64Array;
  yOfOnes: Float64Array;
  dx: Float64Array;
}
const known = new Map<NamedConvolution, Plain>();

/** The loops take longer than the kernels: they run once for both builds. */
function plain(c: NamedConvolution): Plain {
  const found = known.get(c);
  if (found) return found;
  const { inPixels, outPixels, weights: count } = sizesOf(c);
  const [x, dy] = [normals('x', inPixels * c.in), normals('dy', outPixels * c.out)];
  const [weights, bias] = [normals('weights', count), normals('bias', c.out)];
  const ones = new Float32Array(x.length).fill(1);
  const [y, yOfOnes] = [convolve(c, x, weights), convolve(c, ones, weights)];
  const made = { weights, bias, x, dy, y, yOfOnes, dx: inputGradient(c, dy, weights) };
  known.set(c, made);
  return made;
}

function putMaster(bench: KernelBench, c: Convolution, weights: Float32Array): number {
  const shape = { ...c.geometry, in: c.in, out: c.out };
  const master = new Float32Array(weightFloats(shape));
  toMaster(weights, shape, 'conv2d', master);
  return bench.put(master);
}

/**
 * The forward pass of convolutions.
 *
 * Kinds: `forward` (with a bias), `accumulated` (that again without the bias, added), `without bias`, `zeros` and `ones`
 * (inputs that are all 0 or all 1, with a bias); of the largest of an output.
 */
export function forwardAgreement(
  t: ExecutionContext,
  build: Build,
  convolutions: NamedConvolution[],
  { bytes, ops }: Way,
): Agreement {
  const agreement = new Agreement();
  for (const c of convolutions) {
    const bench = openKernels(build);
    const { inPixels, outPixels } = sizesOf(c);
    const { weights, bias, x, y, yOfOnes } = plain(c);
    const master = putMaster(bench, c, weights);
    const biasAt = putVector(bench, bias);
    const at = {
      x: putDense(bench, x, c.in),
      zeros: putDense(bench, new Float32Array(x.length), c.in),
      ones: putDense(bench, new Float32Array(x.length).fill(1), c.in),
    };
    const packed = new Target(bench, bytes(c) / 4);
    const target = new DenseTarget(bench, c.out, outPixels);
    const run = (
      source: number,
      options: { bias?: number; accumulate?: boolean },
      backwards = false,
    ): void => {
      const operands = {
        ...{ ...c, packed: packed.address, bias: 0, accumulate: false, ...options },
        ...{ source, sourceStride: inPixels * 128, target: target.address, targetStride: outPixels * 128 },
      };
      runOps(t, bench, ops(operands, master), { targets: [packed, target], backwards });
      if (!target.padded) t.fail(`${c.what}: padding channels are not 0`);
    };
    const compare = (kind: string, expected: Float64Array): void =>
      agreement.compare(kind, c.what, target.values, expected);
    const biased = (values: Float64Array): Float64Array => values.map((value, i) => value + bias[i % c.out]);
    run(at.x, { bias: biasAt });
    compare('forward', biased(y));
    run(at.x, { accumulate: true }, true);
    compare(
      'accumulated',
      biased(y).map((value, i) => value + y[i]),
    );
    run(at.x, {}, true);
    compare('without bias', y);
    run(at.zeros, { bias: biasAt });
    compare('zeros', biased(new Float64Array(y.length)));
    run(at.ones, { bias: biasAt });
    compare('ones', biased(yOfOnes));
  }
  return agreement;
}

/**
 * The gradient of the input of convolutions.
 *
 * Kinds: `gradient`, `accumulated` (twice), `zeros` (where no tap reaches, and where all of dY is 0); of the largest of a
 * tensor.
 */
export function inputAgreement(
  t: ExecutionContext,
  build: Build,
  convolutions: NamedConvolution[],
  { bytes, ops }: Way,
): Agreement {
  const agreement = new Agreement();
  for (const c of convolutions) {
    const bench = openKernels(build);
    const { inPixels, outPixels } = sizesOf(c);
    const { weights, dy, dx } = plain(c);
    const master = putMaster(bench, c, weights);
    const at = {
      dy: putDense(bench, dy, c.out),
      zeros: putDense(bench, new Float32Array(dy.length), c.out),
    };
    const packed = new Target(bench, bytes(c) / 4);
    const target = new DenseTarget(bench, c.in, inPixels);
    const run = (source: number, accumulate: boolean, backwards: boolean): void => {
      const operands = {
        ...{ ...c, packed: packed.address, bias: 0, accumulate },
        ...{ source, sourceStride: outPixels * 128, target: target.address, targetStride: inPixels * 128 },
      };
      runOps(t, bench, ops(operands, master), { targets: [packed, target], backwards });
      if (!target.padded) t.fail(`${c.what}: padding channels are not 0`);
    };
    run(at.dy, false, true);
    agreement.compare('gradient', c.what, target.values, dx);
    const unreached = target.values.filter((_, i) => dx[i] === 0);
    agreement.compare('zeros', c.what, unreached, new Float64Array(unreached.length));
    run(at.dy, true, false);
    agreement.compare(
      'accumulated',
      c.what,
      target.values,
      dx.map((value) => 2 * value),
    );
    run(at.zeros, false, false);
    agreement.compare('zeros', c.what, target.values, new Float64Array(dx.length));
  }
  return agreement;
}
