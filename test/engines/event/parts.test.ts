// Evaluation in parts: the same bits as in one go.
import test from 'ava';
import type { Batch } from '../../../src/data/dataset.js';
import { EventModel } from '../../../src/engines/event/model.js';
import { joinLogits, splitBatch } from '../../../src/engines/plan/parts.js';
import { openPool } from '../../../src/engines/event/pool.js';
import { experiment, type ExperimentInput } from '../../../src/experiment/experiment.js';
import { convNet, resnet19, vggsnn } from '../../../src/network/architectures.js';
import type { Network } from '../../../src/network/layers.js';
import { sizeOf } from '../../../src/network/parameters.js';
import { stream } from '../../../src/random.js';
import { areAsAlone } from '../../helpers/alone.js';
import { weightsOf } from '../../helpers/networks.js';

test('splitBatch keeps frames and labels together; joinLogits puts steps and examples back in order', (t) => {
  const x = Float32Array.from({ length: 2 * 3 }, (_, i) => i); // [T = 2, B = 3, 1, 1, 1]
  const batch = { x, shape: [2, 3, 1, 1, 1], labels: Int32Array.of(7, 8, 9) };
  const parts = splitBatch(batch, 2);
  t.deepEqual(
    parts.map((part) => [[...part.x], part.shape, [...part.labels]]),
    [
      [
        [0, 1, 3, 4],
        [2, 2, 1, 1, 1],
        [7, 8],
      ],
      [[2, 5], [2, 1, 1, 1, 1], [9]],
    ],
  );
  t.deepEqual(splitBatch(batch, 3), [batch]);
  const logits = parts.map((part) => ({
    steps: 2,
    batch: part.labels.length,
    classes: 1,
    values: Float64Array.from(part.x),
  }));
  t.deepEqual(joinLogits(logits), { steps: 2, batch: 3, classes: 1, values: Float64Array.from(x) });
});

/** Normal values, an image or a frame for each step. */
function batchFor({ input }: Network, frames?: number): Batch {
  const count = 7;
  const shape = [...(frames ? [frames] : []), count, ...input];
  const random = stream(3, 'probe', 'parts');
  const x = Float32Array.from({ length: sizeOf(shape) }, () => random.normal());
  return { x, shape, labels: Int32Array.from({ length: count }, (_, i) => i % 4) };
}

test('a batch evaluated in parts gives the bits of the batch evaluated whole: logits, loss and activity', async (t) => {
  const cases: [Network, ExperimentInput, frames?: number][] = [
    [convNet({ classes: 4, width: 0.5, size: 16 }), {}],
    [resnet19({ classes: 4, width: 1 / 16, size: 16 }), { loss: { kind: 'tet' } }],
    [vggsnn({ classes: 4, width: 1 / 16, size: 32 }), { steps: 3 }, 3],
  ];
  const pool = await openPool({ threads: 1 });
  try {
    for (const [network, given, frames] of cases) {
      const settings = experiment(given);
      const evaluate = async (limit: number) => {
        const model = new EventModel(pool, network, settings, weightsOf(network, 1), limit);
        const found = await model.evaluate(batchFor(network, frames), { activity: true });
        model.dispose();
        return found;
      };
      const whole = await evaluate(Infinity);
      t.true(whole.activity!.some(({ kind, nonZero }) => kind === 'neuron' && nonZero[0] > 0));
      t.deepEqual(await evaluate(0), whole, network.name);
    }
  } finally {
    await pool.dispose();
  }
});

test('in inference an example has the bits that it has alone, whatever else is in the batch: 3 seeds, thresholds that make spikes rare and frequent', (t) =>
  areAsAlone(t, 3));
