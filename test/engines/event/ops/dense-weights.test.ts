// Weight gradients of convolutions of real values against plain loops in float64.
import test from 'ava';
import { fromMaster, weightFloats } from '../../../../src/engines/plan/layout.js';
import { BUILDS } from '../../../../src/engines/event/module.js';
import { denseWeights } from '../../../../src/engines/event/ops/dense-weights.js';
import { slicesOf } from '../../../../src/engines/event/ops/spike-convolution.js';
import { weightGradient } from '../../../../src/engines/plain/convolution.js';
import { sumOfPlanes } from '../../../helpers/planes.js';
import { Agreement, within } from '../../../helpers/agreement.js';
import { CONVOLUTIONS, sizesOf } from '../../../helpers/convolutions.js';
import { openKernels } from '../../../helpers/kernels.js';
import { isPadded, putDense, runOps, spikesOf, Target } from '../../../helpers/operands.js';
import { normals } from '../../../helpers/tensors.js';

for (const build of BUILDS)
  test(`${build}: weight gradient within 3e-6 of the largest for every geometry, of real values, zeros and ones, in slices or whole`, (t) => {
    const agreement = new Agreement();
    for (const c of CONVOLUTIONS)
      for (const rate of [undefined, 0, 1]) {
        const bench = openKernels(build);
        const { inPixels, outPixels } = sizesOf(c);
        const size = inPixels * c.in;
        const x = rate === undefined ? normals('x', size) : Float32Array.from(spikesOf('x', size, rate));
        const dy = normals('dy', outPixels * c.out);
        const shape = { ...c.geometry, in: c.in, out: c.out };
        const floats = weightFloats(shape);
        const operands = {
          ...{ geometry: c.geometry, images: c.images, in: c.in, out: c.out, sliceBytes: floats * 4 },
          ...{ x: putDense(bench, x, c.in), xStride: inPixels * 128 },
          ...{ dy: putDense(bench, dy, c.out), dyStride: outPixels * 128 },
        };
        const expected = weightGradient(c, x, dy);
        for (const slices of new Set([1, slicesOf(c.images, floats * 4)])) {
          const partial = new Target(bench, slices * floats);
          const op = denseWeights({ ...operands, gradient: partial.address, slices });
          runOps(t, bench, op, { targets: [partial], backwards: slices > 1 });
          const sum = Float32Array.from(sumOfPlanes(partial.floats, { planes: 1, slices }));
          const where = `${c.what}, rate ${rate}, ${slices} slices`;
          agreement.compare(
            rate === 0 ? 'zeros' : 'gradient',
            where,
            fromMaster(sum, shape, 'conv2d'),
            expected,
          );
          t.true(isPadded(sum, shape), where);
        }
      }
    within(t, agreement, { gradient: 3e-6, zeros: 0 });
  });
