// Evaluation in parts: the same bits as in one go.
import test from 'ava';
import type { Batch } from '../../../src/data/dataset.js';
import { EventModel } from '../../../src/engines/event/model.js';
import { joinLogits, splitBatch } from '../../../src/engines/event/parts.js';
import { openPool } from '../../../src/engines/event/pool.js';
import { experiment, type ExperimentInput } from '../../../src/experiment/experiment.js';
import { convNet, resnet19, vggsnn } from '../../../src/network/architectures.js';
import type { Network } from '../../../src/network/layers.js';
import { sizeOf } from '../../../src/network/parameters.js';
import { stream } from '../../../src/random.js';
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
    pool.dispose();
  }
});

/** The logits of some examples of a batch, evaluated without the others. */
function only({ x, shape, labels }: Batch, chosen: number[]): Batch {
  const size = sizeOf(shape.slice(-3));
  const frames = shape.length === 5 ? shape[0] : 1;
  const part = new Float32Array(frames * chosen.length * size);
  for (let f = 0; f < frames; f++)
    chosen.forEach((n, i) => {
      const from = (f * labels.length + n) * size;
      part.set(x.subarray(from, from + size), (f * chosen.length + i) * size);
    });
  const own = [...(shape.length === 5 ? [frames] : []), chosen.length, ...shape.slice(-3)];
  return { x: part, shape: own, labels: Int32Array.from(chosen, (n) => labels[n]) };
}

test('in inference an example has the bits that it has alone, whatever else is in the batch: 12 seeds, thresholds that make spikes rare and frequent', async (t) => {
  const pool = await openPool({ threads: 2 });
  const cases: [Network, frames?: number][] = [
    [convNet({ classes: 4, width: 0.5, size: 16, convolutions: 4 })],
    [resnet19({ classes: 4, width: 1 / 16, size: 8 })],
    [vggsnn({ classes: 4, width: 1 / 16, size: 32 })],
    [vggsnn({ classes: 4, width: 1 / 16, size: 16 }), 2],
  ];
  let spread = 0;
  for (const [network, frames] of cases)
    for (const theta of [0.2, 0.4, 0.8])
      for (let seed = 0; seed < 12; seed++) {
        const settings = experiment({ neuron: { theta } });
        const random = stream(seed, 'probe', 'alone');
        const shape = [...(frames ? [frames] : []), 5, ...network.input];
        // The examples differ in contrast, so that some are dense where others are sparse.
        const x = Float32Array.from({ length: sizeOf(shape) }, (_, i) => {
          const example = Math.floor(i / sizeOf(network.input)) % 5;
          return random.normal() * (0.2 + 0.4 * example);
        });
        const batch = { x, shape, labels: Int32Array.from({ length: 5 }, (_, i) => i % 4) };
        const model = new EventModel(pool, network, settings, weightsOf(network, seed));
        const { logits } = await model.evaluate(batch);
        const where = `${network.name}, theta ${theta}, seed ${seed}`;
        for (const chosen of [[0], [4], [3, 1, 2]]) {
          const alone = (await model.evaluate(only(batch, chosen))).logits;
          const expected = chosen.flatMap((n) => [...logits.subarray(n * 4, n * 4 + 4)]);
          t.deepEqual([...alone], expected, `${where}, examples ${chosen}`);
        }
        model.dispose();
        spread += Number(new Set(logits).size > 4);
      }
  pool.dispose();
  t.true(spread > 100, `where neurons fire, different examples have different logits: ${spread} of 144`);
});
