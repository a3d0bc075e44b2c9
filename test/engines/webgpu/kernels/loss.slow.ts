// Losses on a driver, through any readout, against src/learning/losses in float64.
import { blocksOf, LANES } from '../../../../src/engines/plan/geometry.js';
import { loss, resultFloats } from '../../../../src/engines/webgpu/kernels/loss.js';
import type { LossSettings } from '../../../../src/learning/losses/index.js';
import { classificationLoss } from '../../../../src/learning/losses/objective.js';
import { readLogits } from '../../../../src/learning/readout.js';
import { Agreement, within } from '../../../helpers/agreement.js';
import { denseValues, GpuBench, testOnDriver } from '../../../helpers/gpu.js';
import { normals } from '../../../helpers/tensors.js';

const LOSSES: LossSettings[] = [
  { kind: 'mean', lambda: 0, target: 1 },
  { kind: 'tet', lambda: 0.05, target: 0.7 },
  { kind: 'rateMse' },
  [
    { kind: 'mean', weight: 0.5 },
    { kind: 'tet', weight: 2, lambda: 0.3, target: 1 },
    { kind: 'rateMse', weight: 3 },
  ],
];
const SIZES = [
  { steps: 1, batch: 1, classes: 2, voting: 1, lastOnly: false },
  { steps: 3, batch: 300, classes: 10, voting: 1, lastOnly: false }, // more examples than threads
  { steps: 2, batch: 5, classes: 11, voting: 4, lastOnly: false }, // outputs in two blocks
  { steps: 4, batch: 7, classes: 40, voting: 1, lastOnly: true },
];

const testWithDriver = await testOnDriver();

testWithDriver(
  'every loss and a list of all: values within 5e-7 of themselves, gradients within 1e-6 of the largest, how many are right exact; voting, the last step, more examples than threads',
  async (t) => {
    const bench = await GpuBench.open();
    const agreement = new Agreement();
    for (const size of SIZES)
      for (const settings of LOSSES) {
        const { steps, batch, classes, voting, lastOnly } = size;
        const where = `${JSON.stringify(settings)}, ${JSON.stringify(size)}`;
        const outputs = classes * voting;
        const x = normals('x', steps * batch * outputs).map((z) => 3 * z);
        const labels = Int32Array.from({ length: batch }, (_, i) => (i * 7) % classes);
        const network = { classes, readout: { voting, time: lastOnly ? 'last' : 'mean' } } as Parameters<
          typeof readLogits
        >[1];
        const { logits, back } = readLogits(
          { steps, batch, classes: outputs, values: Float64Array.from(x) },
          network,
        );
        const expected = classificationLoss(logits, labels, settings);
        bench.clear();
        const gradient = bench.denseRoom(outputs, steps * batch);
        const result = bench.room(resultFloats(settings) * 4);
        const regions = {
          outputs: bench.dense(x, outputs),
          labels: bench.put(Uint32Array.from(labels)),
          ...{ gradient, result },
        };
        const [found, g] = await bench.run([loss({ ...size, loss: settings }, regions)], [result, gradient]);
        t.is(g.length >= blocksOf(outputs) * LANES, true);
        t.is(found[1], expected.correct, where);
        agreement.compare('loss', where, [found[0]], [expected.loss]);
        if (expected.terms)
          agreement.compare('terms', where, found.subarray(2, 2 + expected.terms.length), expected.terms);
        const values = denseValues(g, outputs, steps * batch);
        agreement.compare('gradient', where, values, back(expected.gradient));
      }
    within(t, agreement, { loss: 5e-7, terms: 5e-7, gradient: 1e-6 });
  },
);
