// Winograd's convolutions of real values and the gradient of their input against plain loops in float64.
import test from 'ava';
import { toMaster, weightFloats } from '../../../../src/engines/plan/layout.js';
import { BUILDS } from '../../../../src/engines/event/module.js';
import {
  winogradFits,
  winogradForward,
  winogradForwardBytes,
  winogradInput,
  winogradInputBytes,
} from '../../../../src/engines/event/ops/winograd.js';
import { convolutionGeometry } from '../../../../src/network/geometry.js';
import { within } from '../../../helpers/agreement.js';
import { openKernels } from '../../../helpers/kernels.js';
import { DenseTarget, putDense, runOps } from '../../../helpers/operands.js';
import { normals } from '../../../helpers/tensors.js';
import { CONVOLUTIONS, forwardAgreement, inputAgreement, named } from '../../../helpers/convolutions.js';

const isCandidate = ({
  kernelHeight,
  kernelWidth,
  stride,
}: (typeof CONVOLUTIONS)[number]['geometry']): boolean =>
  kernelHeight === 3 && kernelWidth === 3 && stride === 1;

// A tile has 4×4 outputs: sizes around it; and more tiles than a unit takes.
const CASES = [
  ...CONVOLUTIONS.filter(({ geometry }) => isCandidate(geometry)),
  ...[1, 2, 3, 4, 6, 7].map((size) => named(`${size}×${size}`, [size, size], [3, 3, 1, 1], [2, 18, 20])),
  named('padding 2 on 6×5', [6, 5], [3, 3, 1, 2], [2, 16, 33]),
  named('256 channels, units of 16 tiles', [8, 8], [3, 3, 1, 1], [5, 256, 16]),
  named('20 tiles of 5 images, one channel to one', [8, 7], [3, 3, 1, 1], [5, 1, 1]),
  named('108 tiles, and units that begin amid a row', [22, 10], [3, 3, 1, 1], [6, 16, 16]),
];

for (const build of BUILDS) {
  test(`${build}: forward within 5e-6 of the largest output for every size, with a bias and without, alone and accumulating, and of ones; of zeros exactly the bias`, (t) => {
    const agreement = forwardAgreement(t, build, CASES, {
      bytes: winogradForwardBytes,
      ops: winogradForward,
    });
    within(t, agreement, { forward: 5e-6, accumulated: 5e-6, 'without bias': 5e-6, ones: 5e-6, zeros: 0 });
  });

  test(`${build}: input gradient within 4e-6 of the largest for every size, alone and accumulating; of zeros exactly 0`, (t) => {
    const agreement = inputAgreement(t, build, CASES, { bytes: winogradInputBytes, ops: winogradInput });
    within(t, agreement, { gradient: 4e-6, accumulated: 4e-6, zeros: 0 });
  });
}

test('winogradFits: 3×3 with stride 1 and at least 16 channels on either side', (t) => {
  const fits = (kernel: number, stride: number, from: number, to: number): boolean =>
    winogradFits(
      convolutionGeometry([8, 8], { kernelHeight: kernel, kernelWidth: kernel, stride, padding: 1 }),
      from,
      to,
    );
  t.true(fits(3, 1, 16, 16));
  t.deepEqual(
    [fits(3, 1, 15, 64), fits(3, 1, 64, 15), fits(3, 2, 64, 64), fits(5, 1, 64, 64)],
    Array(4).fill(false),
  );
});

test('of the images that are named, and of no others, winogradForward makes the bits that it makes of all', (t) => {
  for (const c of CASES.filter(({ images }) => images > 2)) {
    const { geometry: g, images } = c;
    const bench = openKernels('fma');
    const [pixels, outPixels] = [g.inHeight * g.inWidth, g.outHeight * g.outWidth];
    const shape = { ...g, in: c.in, out: c.out };
    const master = new Float32Array(weightFloats(shape));
    toMaster(normals('w', c.out * c.in * 9), shape, 'conv2d', master);
    const operands = {
      ...{ ...c, packed: bench.alloc(winogradForwardBytes(c)), accumulate: false, bias: 0 },
      ...{
        source: putDense(bench, normals('x', images * pixels * c.in), c.in),
        sourceStride: images * pixels * 128,
      },
      targetStride: images * outPixels * 128,
    };
    const weights = bench.put(master);
    const run = (of: { images: number; which?: number }): Float32Array => {
      const target = new DenseTarget(bench, c.out, images * outPixels);
      target.set(new Float32Array(images * outPixels * c.out).fill(7));
      runOps(t, bench, winogradForward({ ...operands, ...of, target: target.address }, weights), {
        targets: [target],
        backwards: true,
      });
      return target.values;
    };
    const named = Uint32Array.from({ length: images }, (_, n) => n).filter((n) => n % 3 !== 1);
    const all = run({ images });
    const expected = all.map((value, i) => (named.includes(Math.floor(i / outPixels / c.out)) ? value : 7));
    t.deepEqual(run({ images: named.length, which: bench.put(named) }), expected, c.what);
  }
});
