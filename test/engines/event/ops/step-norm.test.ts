// The kernels of batch norms over time against the loops of engine plain in float64, and the arithmetic between them.
import test from 'ava';
import { blocksOf, LANES } from '../../../../src/engines/plan/geometry.js';
import { BUILDS } from '../../../../src/engines/event/module.js';
import { mergeMoments } from '../../../../src/engines/event/batch-norm.js';
import { chunkSizes, chunkUnits, statisticsOfPart } from '../../../../src/engines/event/ops/batch-norm.js';
import {
  stepBackward,
  stepNormalise,
  stepSums,
  stepUnits,
} from '../../../../src/engines/event/ops/step-norm.js';
import { backwardTables, composed, hatRows, mergeStepSums } from '../../../../src/engines/event/step-norm.js';
import {
  affine,
  channelMoments,
  normalisedOverTime,
  stepSums as plainSums,
} from '../../../../src/engines/plain/batch-norm.js';
import { Agreement, largest, within } from '../../../helpers/agreement.js';
import { type KernelBench, openKernels } from '../../../helpers/kernels.js';
import { DenseTarget, putDense, runOps, Target } from '../../../helpers/operands.js';
import { normals } from '../../../helpers/tensors.js';

const STEPS = 3;
// A unit takes 1024 pixels of one step, and a float32 sum 64 of them.
const SIZES = [
  { pixels: 7, channels: 3 },
  { pixels: 65, channels: 33 },
  { pixels: 1024 + 77, channels: 34 },
];

/** Rows `[T, C]` as a table of vectors. */
function putTable(bench: KernelBench, rows: Float64Array, channels: number): number {
  const row = blocksOf(channels) * LANES;
  const table = new Float32Array((rows.length / channels) * row);
  rows.forEach((value, i) => (table[Math.floor(i / channels) * row + (i % channels)] = value));
  return bench.put(table);
}

const doubles = (name: string, count: number): Float64Array => Float64Array.from(normals(name, count));

for (const build of BUILDS)
  for (const kind of ['tebn', 'bntt'] as const)
    test(`${build}, ${kind}: the map within 4e-7 of its largest, sums 2e-6, the gradient 1e-6 of its largest term, static inputs too`, (t) => {
      const agreement = new Agreement();
      for (const { pixels, channels } of SIZES)
        for (const ySteps of [STEPS, 1]) {
          const bench = openKernels(build);
          const size = { pixels, channels };
          const once = normals('y', ySteps * pixels * channels);
          const y = Float64Array.from({ length: STEPS * pixels * channels }, (_, i) => once[i % once.length]);
          const g = doubles('g', y.length);
          const map = { scale: doubles('s', STEPS * channels), shift: doubles('b', STEPS * channels) };
          const sets = kind === 'bntt' ? ySteps : 1;
          const count = (pixels * ySteps) / sets;
          const parts = Array.from({ length: sets }, (_, i) =>
            once.subarray(i * count * channels, (i + 1) * count * channels),
          );
          const hat = hatRows(
            parts.map((part) => channelMoments(part, channels)),
            STEPS,
            1e-5,
          );
          const plain = normalisedOverTime(y, channels, 1e-5, kind === 'bntt' ? STEPS : 1);
          const where = `${pixels} pixels, ${channels} channels, ${ySteps} steps of y`;

          const from = { address: putDense(bench, once, channels), steps: ySteps };
          const target = new DenseTarget(bench, channels, STEPS * pixels);
          const whole = composed(map, hat);
          const tables = {
            scale: putTable(bench, whole.scale, channels),
            shift: putTable(bench, whole.shift, channels),
          };
          const forward = stepNormalise(size, from, { address: target.address, steps: STEPS }, tables);
          runOps(t, bench, forward, { targets: [target], backwards: pixels > 100 });
          const wanted = affine(plain.hat, map, channels);
          agreement.compare('map', where, target.values, wanted);
          t.true(target.padded, where);

          const gradient = { address: putDense(bench, g, channels), steps: STEPS };
          const partial = new Target(bench, stepUnits(size, STEPS) * 128);
          const hats = {
            hatScale: putTable(bench, hat.scale, channels),
            hatShift: putTable(bench, hat.shift, channels),
          };
          const op = stepSums(size, from, gradient, hats, partial.address);
          runOps(t, bench, op, { targets: [partial], backwards: pixels > 100 });
          const chunks = stepUnits(size, STEPS) / STEPS / blocksOf(channels);
          const sums = mergeStepSums(partial.doubles, { steps: STEPS, chunks, channels });
          const expected = plainSums(g, plain.hat, { steps: STEPS, channels });
          agreement.compare('sums', `${where}, Σ g`, sums.shift, expected.shift);
          agreement.compare('sums', `${where}, Σ g·x̂`, sums.scale, expected.scale);

          const back = backwardTables(map, hat, expected, { channels, ySteps, sets, count });
          const dy = new DenseTarget(bench, channels, ySteps * pixels).set(once); // over y
          const at = {
            a: putTable(bench, back.a, channels),
            b: putTable(bench, back.b, channels),
            c: putTable(bench, back.c, channels),
          };
          const inPlace = { address: dy.address, steps: ySteps };
          runOps(t, bench, stepBackward(size, inPlace, gradient, dy.address, at), {
            targets: [dy],
            backwards: pixels > 100,
          });
          const still = { scale: map.scale, shift: new Float64Array(map.shift.length) };
          const full = plain.back(affine(g, still, channels));
          const summed = new Float64Array(once.length);
          full.forEach((value, i) => (summed[i % once.length] += value));
          const terms = g.map(
            (value, i) => value * back.a[(i % channels) + channels * Math.floor(i / (pixels * channels))],
          );
          agreement.compare('gradient', where, dy.values, summed, largest(terms));
          t.true(dy.padded, where);
        }
      within(t, agreement, { map: 4e-7, sums: 2e-6, gradient: 1e-6 });
    });

test('statistics of a part of a signal are those of its pixels alone', (t) => {
  const [pixels, channels] = [1100, 34];
  const y = normals('part', 3 * pixels * channels);
  const bench = openKernels('plain');
  const address = putDense(bench, y, channels);
  const partial = new Target(bench, chunkUnits(channels, pixels) * 128);
  const row = LANES * 4;
  const part = { y: address + pixels * row, yBlock: 3 * pixels * row, channels, pixels };
  runOps(t, bench, statisticsOfPart({ ...part, partial: partial.address }), { targets: [partial] });
  const got = mergeMoments(partial.doubles, chunkSizes(pixels), channels);
  const expected = channelMoments(y.subarray(pixels * channels, 2 * pixels * channels), channels);
  const agreement = new Agreement();
  agreement.compare('mean', '', got.mean, expected.mean);
  agreement.compare('variance', '', got.variance, expected.variance);
  within(t, agreement, { mean: 5e-7, variance: 5e-7 });
});
