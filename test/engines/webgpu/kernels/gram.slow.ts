// Penalties and Parseval steps of several layers at once on a driver, against src/learning/regularisers in float64.
import { weightFloats, type WeightShape, fromMaster, toMaster } from '../../../../src/engines/plan/layout.js';
import { blocksOf, LANES } from '../../../../src/engines/plan/geometry.js';
import {
  gram,
  gramGradient,
  gramMove,
  gramPenalty,
  gramTable,
  matricesBytes,
} from '../../../../src/engines/webgpu/kernels/gram.js';
import { parseval, regularisers } from '../../../../src/learning/regularisers/index.js';
import { Agreement, within } from '../../../helpers/agreement.js';
import { GpuBench, testOnDriver } from '../../../helpers/gpu.js';
import { normals } from '../../../helpers/tensors.js';

const shape = (out: number, channels: number, side: number): WeightShape => ({
  ...{ in: channels, out, kernelHeight: side, kernelWidth: side },
});
const SHAPES = [shape(5, 3, 3), shape(40, 33, 1), shape(70, 2, 2), shape(1, 1, 1), shape(33, 40, 3)];
const BETA = 0.3;

const testWithDriver = await testOnDriver();

/** Weights of all shapes in one region, each on a multiple of 256 bytes. */
function laid() {
  let offset = 0;
  return SHAPES.map((each, i) => {
    const size = each.in * each.out * each.kernelHeight * each.kernelWidth;
    const values = normals(`weights ${i}`, size).map((z) => 0.3 * z);
    const one = { shape: each, values, offset, floats: weightFloats(each) };
    offset += Math.ceil(one.floats / 64) * 64;
    return one;
  });
}

testWithDriver(
  'layers of one block and of several: penalties within 1e-6 of themselves, gradients and Parseval steps within 1e-6 of the largest',
  async (t) => {
    const bench = await GpuBench.open();
    const agreement = new Agreement();
    const all = laid();
    const floats = all.at(-1)!.offset + all.at(-1)!.floats;
    const region = new Float32Array(floats);
    for (const { values, shape: s, offset, floats: own } of all)
      toMaster(values, s, 'conv2d', region.subarray(offset, offset + own));
    const parameters = bench.put(region);
    const gradients = bench.put(new Float32Array(floats).fill(0.25));
    const table = gramTable(
      all.map(({ shape: s, offset, floats: own }, i) => ({
        ...{ name: `layer ${i}`, out: s.out, rows: own / (blocksOf(s.out) * LANES) },
        weights: { address: parameters.address + offset * 4, bytes: own * 4 },
        gradient: { address: gradients.address + offset * 4, bytes: own * 4 },
        surplus: Math.max(0, s.out - s.in * s.kernelHeight * s.kernelWidth),
      })),
      parameters.address,
    );
    const regions = { parameters, gradients, table: bench.put(table.values) };
    const made = { ...regions, matrices: bench.room(matricesBytes(table)) };
    const penalties = bench.room(all.length * 4);
    const [found, added] = await bench.run(
      [
        gram(table, made),
        gramPenalty(table, { ...made, penalties }, BETA / 2),
        gramGradient(table, made, { factor: 2 * BETA, accumulate: true }),
      ],
      [penalties, gradients],
    );
    const [moved] = await bench.run(
      [
        gram(table, made),
        gramGradient(table, made, { factor: -BETA, accumulate: false }),
        gramMove(table, made),
      ],
      [parameters],
    );
    for (const [i, { values, shape: s, offset, floats: own }] of all.entries()) {
      const expected = regularisers.lipschitz.plain(Float64Array.from(values), s.out);
      const named = (whole: Float32Array): Float32Array =>
        fromMaster(whole.subarray(offset, offset + own), s, 'conv2d');
      const where = JSON.stringify(s);
      agreement.compare('penalty', where, [found[i]], [BETA * expected.penalty]);
      agreement.compare(
        'gradient',
        where,
        named(added),
        expected.gradient.map((value) => 0.25 + BETA * value),
      );
      agreement.compare('step', where, named(moved), parseval.plain(Float64Array.from(values), s.out, BETA));
    }
    within(t, agreement, { penalty: 1e-6, gradient: 1e-6, step: 1e-6 });
  },
);
