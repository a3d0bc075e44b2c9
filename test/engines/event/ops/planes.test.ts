// Scaled weights and summed partial gradients against plain loops in float64, and what they are for: a convolution of
// pooled spikes is the sum of those of its planes.
import test from 'ava';
import { blocksOf } from '../../../../src/engines/plan/geometry.js';
import { toWords } from '../../../../src/engines/plan/layout.js';
import { BUILDS } from '../../../../src/engines/event/module.js';
import {
  imageCounts,
  PLANE_WORTH,
  scaledCopy,
  sumPartials,
} from '../../../../src/engines/event/ops/planes.js';
import { planesOfAverage, sumOfPlanes, WORTH } from '../../../helpers/planes.js';
import { averagePool } from '../../../../src/engines/plain/pool.js';
import { Agreement, within } from '../../../helpers/agreement.js';
import { openKernels } from '../../../helpers/kernels.js';
import { runOps, spikesOf, Target } from '../../../helpers/operands.js';
import { normals } from '../../../helpers/tensors.js';

// A unit takes 16,384 floats.
const SIZES = [4, 1024, 16384, 2 * 16384 + 36];

for (const build of BUILDS) {
  test(`${build}: copies scaled by what a plane is worth are exact`, (t) => {
    const agreement = new Agreement();
    for (const floats of SIZES)
      for (const factor of [...PLANE_WORTH, -3]) {
        const bench = openKernels(build);
        const source = normals('weights', floats);
        const target = new Target(bench, floats);
        const op = scaledCopy(bench.put(source), target.address, floats, factor);
        runOps(t, bench, op, { targets: [target], backwards: true });
        const expected = source.map((value) => factor * value); // rounded once, like the kernel's product
        agreement.compare('copy', `${floats} floats by ${factor}`, target.floats, expected);
      }
    within(t, agreement, { copy: 0 });
  });

  test(`${build}: sums of partial gradients over slices and planes within 3e-7 of the largest`, (t) => {
    const agreement = new Agreement();
    for (const floats of SIZES)
      for (const planes of [1, 3] as const)
        for (const slices of [1, 2, 5]) {
          const bench = openKernels(build);
          const values = normals('partials', planes * slices * floats);
          const target = new Target(bench, floats);
          const op = sumPartials(bench.put(values), { planes, slices, floats }, target.address);
          runOps(t, bench, op, { targets: [target], backwards: slices === 2 });
          const where = `${floats} floats, ${planes} planes, ${slices} slices`;
          const expected = sumOfPlanes(values, { planes, slices });
          agreement.compare(planes * slices === 1 ? 'copy' : 'sum', where, target.floats, expected);
        }
    within(t, agreement, { sum: 3e-7, copy: 0 });
  });
}

test('planes with their worth add up to the average exactly, at rates 0 to 1', (t) => {
  const size = { channels: 33, images: 2, height: 7, width: 6 };
  t.deepEqual(PLANE_WORTH, WORTH);
  for (const rate of [0, 0.2, 0.7, 1]) {
    const spikes = spikesOf('x', size.images * size.height * size.width * size.channels, rate);
    const planes = planesOfAverage(size, spikes).flatMap((plane) => [...plane]);
    const average = averagePool({ ...size, poolHeight: 2, poolWidth: 2 }, spikes);
    t.deepEqual(sumOfPlanes(planes, { planes: 3, slices: 1 }), average);
    if (rate === 1) t.true(average.every((share) => share === 1));
  }
});

for (const build of BUILDS)
  test(`${build}: imageCounts counts the ones of every image in every plane`, (t) => {
    for (const [images, pixels, channels] of [
      [1, 1, 1],
      [7, 6, 33],
      [3, 5000, 3],
      [130, 64, 70],
    ])
      for (const planes of [1, 3])
        for (const rate of [0, 0.3, 1]) {
          const bench = openKernels(build);
          const spikes = Array.from({ length: planes }, (_, plane) =>
            spikesOf(`plane ${plane}`, images * pixels * channels, rate),
          );
          const blocks = blocksOf(channels);
          const words = new Uint32Array(planes * blocks * images * pixels);
          spikes.forEach((plane, p) =>
            toWords(
              plane,
              channels,
              words.subarray(p * blocks * images * pixels, (p + 1) * blocks * images * pixels),
            ),
          );
          const target = new Target(bench, planes * images);
          const size = { planes, blocks, images, pixels };
          runOps(t, bench, imageCounts(bench.put(words), size, target.address), {
            targets: [target],
            backwards: true,
          });
          const expected = spikes.flatMap((plane) =>
            Array.from({ length: images }, (_, n) =>
              plane
                .subarray(n * pixels * channels, (n + 1) * pixels * channels)
                .reduce((sum, o) => sum + o, 0),
            ),
          );
          t.deepEqual([...target.words], expected);
        }
  });
