// What the trainer hands to an engine and makes of its answers, number by number: an engine that computes nothing notes
// the one and writes down the other.
import test from 'ava';
import { epochOrder, makeBatch } from '../../src/data/batches.js';
import { splitExamples } from '../../src/data/split.js';
import type { LayerActivity } from '../../src/engines/engine.js';
import type { ExperimentInput } from '../../src/experiment/experiment.js';
import type { Checkpoint } from '../../src/records/checkpoint.js';
import { train, type TrainOptions, type TrainProgress } from '../../src/training/train.js';
import { smallDataset } from '../helpers/dataset.js';
import { smallExperiment, withRuns } from '../helpers/runs.js';
import { type Script, scriptedEngine } from '../helpers/scripted-engine.js';

// 120 to train on in two batches of 50, the last 20 dropped; 120 held out and 130 to test: evaluated as 100 and the rest.
const dataset = smallDataset({ train: 250, test: 130, shape: [8, 8, 3], classes: 10 });
const settings = (more: ExperimentInput = {}, augment: 'none' | 'standard' = 'none') =>
  smallExperiment({
    data: { name: 'shapes10', trainLimit: 240, validation: 0.5, augment },
    ...{ batchSize: 50, epochs: 3, seed: 5 },
    ...more,
  });
const split = splitExamples(dataset, settings().data);

/** Trains by a script, in a folder of its own. */
function trained(script: Script, experiment = settings(), more: Partial<TrainOptions> = {}) {
  const { engine, asked } = scriptedEngine(script);
  const progress: TrainProgress[] = [];
  const checkpoints: Checkpoint[] = [];
  return withRuns(async (runs) => {
    const { writeCheckpoint } = runs;
    runs.writeCheckpoint = (checkpoint) => {
      checkpoints.push(structuredClone(checkpoint));
      writeCheckpoint.call(runs, checkpoint);
    };
    const record = await train(experiment, {
      ...{ engine, dataset, runs, onProgress: (event) => progress.push(event), onNote: () => undefined },
      ...more,
    });
    return { record, asked, progress, checkpoints, hasWeights: runs.hasWeights(record.id) };
  });
}

test('these tests rest on 120 examples to train on, 120 held out, 130 to test', (t) => {
  t.deepEqual([split.train.length, split.validation.length, split.test.length], [120, 120, 130]);
});

test('the learning rate of every step and row is that of its epoch: cosine goes down, constant stays', async (t) => {
  const expected = [0, 1, 2].map((epoch) => 0.2 * (0.5 + 0.5 * Math.cos((Math.PI * epoch) / 3)));
  const optimizer = { kind: 'sgd' as const, learningRate: 0.2 };
  for (const [kind, rates] of [
    ['cosine', expected],
    ['constant', [0.2, 0.2, 0.2]],
  ] as const) {
    const { record, asked } = await trained({}, settings({ optimizer, schedule: { kind } }));
    const seen = asked.steps.map(({ learningRate }) => learningRate);
    t.is(seen.length, 6);
    t.true(
      seen.every((rate, i) => Math.abs(rate - rates[Math.floor(i / 2)]) < 1e-15),
      kind,
    );
    t.deepEqual(
      record.rows.map(({ learningRate }) => learningRate),
      [seen[0], seen[2], seen[4]],
    );
  }
});

for (const augment of ['none', 'standard'] as const)
  test(`batches with augment ${augment}: every epoch in an order and with placements of its own, the partial batch dropped`, async (t) => {
    const { asked } = await trained({}, settings({}, augment));
    for (const epoch of [0, 1, 2]) {
      const order = epochOrder(split.train, 5, epoch);
      for (const step of [0, 1]) {
        const { batch } = asked.steps[2 * epoch + step];
        const expected = makeBatch(dataset, 'train', order.subarray(50 * step, 50 * step + 50), {
          steps: 2,
          ...(augment === 'standard' && { augment: { seed: 5, epoch } }),
        });
        t.deepEqual(batch, expected, `epoch ${epoch}, step ${step}`);
      }
    }
  });

test('evaluations after each epoch: the test part, then the part held out, each once, whole and as it is', async (t) => {
  const { asked } = await trained({}, settings({}, 'standard'));
  t.is(asked.evaluations.length, 12);
  const parts = [
    ['test', split.test],
    ['train', split.validation],
  ] as const;
  asked.evaluations.forEach(({ batch, activity }, i) => {
    const [part, indices] = parts[Math.floor(i / 2) % 2];
    const chosen = i % 2 === 0 ? indices.subarray(0, 100) : indices.subarray(100);
    t.deepEqual(batch, makeBatch(dataset, part, chosen, { steps: 2 }), String(i));
    t.is(
      activity === true,
      [0, 4, 8, 9].includes(i),
      'activity is counted on the first test examples, after the last epoch on all',
    );
  });
});

test('a row: means over examples of losses and hits, of the penalty over steps, a smaller last batch by its size', async (t) => {
  const { record } = await trained({
    step: (i) => ({ loss: 1e6, classification: 10 + i, lipschitz: 2 ** i, correct: 7 * i }),
    loss: (i) => i * i + 1,
    predict: (label, b, { labels }) => (b < labels.length / 5 ? label : (label + 1) % 10), // a fifth is right
  });
  t.is(record.outcome.status, 'done');
  const found = record.rows.map(({ seconds, imagesPerSecond, learningRate: _, ...row }) => {
    t.true(seconds > 0 && Number.isFinite(imagesPerSecond) && imagesPerSecond >= 100 / seconds);
    return row;
  });
  t.deepEqual(
    found,
    [0, 1, 2].map((epoch) => {
      const [first, second] = [2 * epoch, 2 * epoch + 1];
      const mean = (from: number, rest: number): number =>
        ((from ** 2 + 1) * 100 + ((from + 1) ** 2 + 1) * rest) / (100 + rest);
      return {
        epoch: epoch + 1,
        trainLoss: 10 + (first + second) / 2,
        trainAccuracy: (7 * (first + second)) / 100,
        lipschitz: (2 ** first + 2 ** second) / 2,
        validationLoss: mean(4 * epoch + 2, 20),
        validationAccuracy: 24 / 120,
        testLoss: mean(4 * epoch, 30),
        testAccuracy: 26 / 130,
      };
    }),
  );
});

test('without a part held out no row speaks of one', async (t) => {
  const { record, asked } = await trained(
    {},
    settings({ data: { name: 'shapes10', trainLimit: 100 }, epochs: 1 }),
  );
  t.false('validationLoss' in record.rows[0] || 'validationAccuracy' in record.rows[0]);
  t.is(asked.evaluations.length, 2);
});

test('losses that are not finite are null in the row and end nothing', async (t) => {
  const { record } = await trained(
    { step: () => ({ classification: Infinity, lipschitz: NaN }), loss: () => NaN },
    settings({ epochs: 1 }),
  );
  t.like(record.rows[0], { trainLoss: null, lipschitz: null, testLoss: null, validationLoss: null });
  t.is(record.outcome.status, 'done');
});

test('spike rates are those of the last epoch, over the whole test part, of neurons only', async (t) => {
  const layer = (
    kind: 'neuron' | 'synapse',
    name: string,
    nonZero: number[],
    size: number,
  ): LayerActivity => ({
    ...{ kind, layer: name, nonZero, size },
    ...(kind === 'synapse' && { operations: nonZero }),
  });
  const { record } = await trained({
    activity: (i, { labels }) => [
      layer('synapse', 'conv1', [5, 5], 10),
      layer('neuron', 'lif1', [i, 2 * i], 4 * labels.length),
    ],
  });
  t.deepEqual(record.spikeRates, [{ layer: 'lif1', rates: [17 / 520, 34 / 520] }]); // batches 8 and 9
});

test('progress: after every step what was seen of all, the sums of the epoch so far; after an epoch its row', async (t) => {
  const { record, progress } = await trained(
    { step: (i) => ({ classification: i, correct: 10 * i }) },
    settings({ epochs: 2 }),
  );
  const at = { total: 200, epochs: 2 };
  t.deepEqual(progress, [
    { ...at, done: 50, epoch: 1, loss: 0, accuracy: 0 },
    { ...at, done: 100, epoch: 1, loss: 0.5, accuracy: 0.1 },
    { ...at, done: 100, epoch: 1, loss: 0.5, accuracy: 0.1, row: record.rows[0] },
    { ...at, done: 150, epoch: 2, loss: 2, accuracy: 0.4 },
    { ...at, done: 200, epoch: 2, loss: 2.5, accuracy: 0.5 },
    { ...at, done: 200, epoch: 2, loss: 2.5, accuracy: 0.5, row: record.rows[1] },
  ]);
});

test('a loss that is not finite ends the run at its step: diverged, the rows before it kept, no weights written', async (t) => {
  for (const loss of [NaN, Infinity]) {
    const { record, asked, hasWeights } = await trained({ step: (i) => (i === 3 ? { loss } : {}) });
    t.like(record.outcome, { status: 'diverged', step: 1, reason: `the loss is ${loss}`, epoch: 1 });
    t.is(asked.steps.length, 4);
    t.is(record.rows.length, 1);
    t.regex(record.weightsDigest!, /^[0-9a-f]{64}$/);
    t.false(hasWeights);
  }
});

test('weights that are not finite end the run after their epoch, by the name of the first', async (t) => {
  const { engine } = scriptedEngine();
  const { createModel } = engine;
  engine.createModel = (network, given, weights) => {
    const model = createModel(network, given, weights);
    const { shape, data } = weights['fc.weight'];
    const broken = {
      ...weights,
      'fc.weight': { shape, data: data.map((value, i) => (i === 7 ? NaN : value)) },
    };
    return { ...model, read: () => Promise.resolve({ weights: broken, optimizer: {}, updates: 0 }) };
  };
  const { record, checkpoints } = await trained({}, settings(), { engine });
  t.like(record.outcome, { status: 'diverged', reason: 'weights of fc.weight are not finite', epoch: 1 });
  t.false('step' in record.outcome);
  t.is(checkpoints.length, 0);
});

test('a checkpoint stands after every epoch, and after every step where none may be lost', async (t) => {
  const script: Script = { step: (i) => ({ classification: i + 1, lipschitz: 3, correct: i }) };
  const places = (list: Checkpoint[]): number[][] => list.map(({ epoch, step }) => [epoch, step]);
  const rare = await trained(script, settings({ epochs: 2 }));
  t.deepEqual(places(rare.checkpoints), [
    [1, 0],
    [2, 0],
  ]);
  t.true(rare.checkpoints.every(({ partial }) => partial.seen === 0 && partial.seconds === 0));
  const often = await trained(script, settings({ epochs: 2 }), { checkpointSeconds: 0 });
  t.deepEqual(places(often.checkpoints), [
    [0, 1],
    [0, 2],
    [1, 0],
    [1, 1],
    [1, 2],
    [2, 0],
  ]);
  const { partial, rows, resumed } = often.checkpoints[4];
  t.like(partial, { loss: 350, lipschitz: 6, correct: 5, seen: 100 });
  t.true(partial.seconds > 0 && partial.seconds <= often.checkpoints[4].seconds);
  t.deepEqual([rows.length, resumed], [1, 0]);
});

test('a request to stop is heeded after the step, and in the evaluation: the epoch is then evaluated anew', async (t) => {
  const early = new AbortController();
  const stopped = await trained({}, settings(), {
    signal: early.signal,
    onProgress: ({ done }) => done === 150 && early.abort(),
  });
  t.like(stopped.record.outcome, {
    ...{ status: 'interrupted', step: 1, epoch: 1 },
    reason: 'stopped on request; run it again to continue',
  });
  t.is(stopped.record.weightsDigest, null);
  t.is(stopped.asked.steps.length, 3);
  t.like(stopped.checkpoints.at(-1), { epoch: 1, step: 1 });

  const late = new AbortController();
  const between = await trained({ loss: (i) => (i === 1 ? (late.abort(), 0) : 0) }, settings(), {
    signal: late.signal,
  });
  t.like(between.record.outcome, { status: 'interrupted', step: 2, epoch: 0 });
  t.like(between.checkpoints.at(-1), { epoch: 0, step: 2, partial: { seen: 100 } });
});
