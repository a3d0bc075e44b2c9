// Lipschitz regularisation against plain loops in float64.
import test from 'ava';
import { blocksOf, LANES } from '../../../../src/engines/plan/geometry.js';
import { fromMaster, toMaster, weightFloats } from '../../../../src/engines/plan/layout.js';
import { BUILDS } from '../../../../src/engines/event/module.js';
import { gram, gramBytes, gramGradient } from '../../../../src/engines/event/ops/gram.js';
import {
  gramExcess,
  gramPenalty,
  gramPenaltyGradient,
  matrixOf,
  weightsOf,
} from '../../../../src/learning/regularisers/gram.js';
import { Agreement, within } from '../../../helpers/agreement.js';
import { openKernels } from '../../../helpers/kernels.js';
import { isPadded, runOps, Target } from '../../../helpers/operands.js';
import { normals } from '../../../helpers/tensors.js';

const weights = (out: number, channels: number, kernelHeight: number, kernelWidth = kernelHeight) => ({
  ...{ out, in: channels, kernelHeight, kernelWidth },
});
const SHAPES = [
  weights(1, 1, 1),
  weights(5, 3, 3), // more inputs of a kernel than outputs
  weights(33, 2, 3), // fewer
  weights(32, 32, 1), // as many
  weights(70, 40, 1),
  weights(40, 33, 3, 2),
  weights(8, 5, 5), // 800 rows: more than the 128 that one unit of the gradient handles
  weights(10, 6, 4), // a linear layer over 4×4
];

for (const build of BUILDS)
  test(`${build}: MᵀM − I within 1.2e-6, the penalty within 2.5e-6, its gradient, added, within 1e-6 of the largest, for every shape`, (t) => {
    const agreement = new Agreement();
    for (const shape of SHAPES)
      for (const spread of [0, 0.05, 1]) {
        const bench = openKernels(build);
        const { out } = shape;
        const floats = weightFloats(shape);
        const rows = floats / (blocksOf(out) * LANES);
        const count = out * shape.in * shape.kernelHeight * shape.kernelWidth;
        const w = normals('w', count).map((z) => spread * z);
        const before = normals('loss', count);
        const matrix = new Target(bench, gramBytes(out) / 4);
        const gradient = new Target(bench, floats);
        toMaster(before, shape, 'conv2d', gradient.floats);
        const master = new Float32Array(floats);
        toMaster(w, shape, 'conv2d', master);
        const operands = { weights: bench.put(master), rows, out, matrix: matrix.address };
        const scale = 0.3; // 2β
        const ops = [gram(operands), gramGradient(operands, gradient.address, scale)];
        runOps(t, bench, ops, { targets: [matrix, gradient], backwards: true });

        const m = matrixOf(w, out);
        const where = `${JSON.stringify(shape)}, spread ${spread}`;
        const blocks = blocksOf(out);
        const entry = (a: number, b: number): number =>
          matrix.floats[
            (Math.floor(a / LANES) * blocks + Math.floor(b / LANES)) * LANES * LANES +
              (a % LANES) * LANES +
              (b % LANES)
          ];
        const got = Float64Array.from({ length: out * out }, (_, i) => entry(Math.floor(i / out), i % out));
        agreement.compare('excess', where, got, gramExcess(m));
        // All entries, those of the padding too, which has to add nothing; less what the larger Gram matrix has too much.
        const squares = matrix.floats.reduce((sum, value) => sum + value * value, 0);
        const surplus = Math.max(0, out - m.rows);
        agreement.compare(
          'penalty',
          where,
          [(squares - surplus) / 2],
          [gramPenalty(m)],
          gramPenalty(m) + surplus || 1,
        );
        const slope = weightsOf({ ...m, values: gramPenaltyGradient(m) });
        const expected = before.map((value, i) => value + (scale / 2) * slope[i]);
        const after = fromMaster(gradient.floats, shape, 'conv2d');
        agreement.compare('gradient', where, after, expected);
        if (spread === 0) t.deepEqual(after, before, where);
        t.true(isPadded(gradient.floats, shape), where);
      }
    within(t, agreement, { excess: 1.2e-6, penalty: 2.5e-6, gradient: 1e-6 });
  });
