// What the evaluation of many examples adds up, from an engine whose answers the test writes down.
import test from 'ava';
import { makeBatch } from '../../src/data/batches.js';
import type { LayerActivity, Model } from '../../src/engines/engine.js';
import { confusionMatrix, evaluateExamples, ratesOf } from '../../src/measures/accuracy.js';
import { smallDataset } from '../helpers/dataset.js';
import { type Script, scriptedModel } from '../helpers/scripted-engine.js';

const dataset = smallDataset({ test: 260, classes: 10 });
const every = Int32Array.from({ length: 250 }, (_, i) => 259 - i);

test('evaluateExamples: batches of 100 in the order given, losses and hits by their size, progress after each', async (t) => {
  const progress: number[][] = [];
  const { model, asked } = scriptedModel({
    loss: (index) => 10 ** index,
    predict: (label, b) => (b % 2 === 0 ? label : 9 - label), // 9 − label is never the label
  });
  const found = await evaluateExamples(model, dataset, 'test', every, {
    onProgress: (...event) => progress.push(event),
  });
  const labels = Array.from(every, (index) => dataset.test.labels[index]);
  t.deepEqual(found, {
    count: 250,
    loss: (100 * 1 + 100 * 10 + 50 * 100) / 250,
    accuracy: 0.5,
    predictions: Int32Array.from(labels, (label, i) => (i % 2 === 0 ? label : 9 - label)),
  });
  t.deepEqual(progress, [
    [100, 250],
    [200, 250],
    [250, 250],
  ]);
  t.deepEqual(
    asked.evaluations.map(({ batch }) => batch),
    [0, 100, 200].map((at) => makeBatch(dataset, 'test', every.subarray(at, at + 100), { steps: 2 })),
  );
  t.true(asked.evaluations.every(({ activity }) => activity === undefined));
});

test('evaluateExamples: activity is summed over batches and only where asked for', async (t) => {
  const layer = (nonZero: number[], size: number): LayerActivity => ({
    layer: 'l',
    kind: 'neuron',
    nonZero,
    size,
  });
  const script: Script = { activity: (index, { labels }) => [layer([index + 1, 10], 3 * labels.length)] };
  const { model } = scriptedModel(script);
  const { activity } = await evaluateExamples(model, dataset, 'test', every, { activity: true });
  t.like(activity![0], { layer: 'l', nonZero: [6, 30], size: 750 });
  t.deepEqual(ratesOf(activity![0]), [6 / 750, 30 / 750]);
  t.false('activity' in (await evaluateExamples(model, dataset, 'test', every)));
  const first = await evaluateExamples(model, dataset, 'test', every, { activity: 'first batch' });
  t.is(first.activity![0].size, 3 * 100);
  t.is(first.count, every.length);
});

test('evaluateExamples: noise reaches the batch, drawn anew for each step where asked for', async (t) => {
  for (const perStep of [false, true]) {
    const noise = { definition: 'gaussian-pixel-sigma', level: 0.1, seed: 4, perStep };
    const { model, asked } = scriptedModel();
    const few = every.subarray(0, 3);
    await evaluateExamples(
      model,
      dataset,
      'train',
      few.map((index) => index % 20),
      { noise },
    );
    const [{ batch }] = asked.evaluations;
    t.is(batch.shape.length, perStep ? 5 : 4);
    t.deepEqual(
      batch,
      makeBatch(
        dataset,
        'train',
        few.map((index) => index % 20),
        { steps: 2, noise },
      ),
    );
  }
});

test('evaluateExamples: the first of equal logits is predicted, and stops between batches with the reason given', async (t) => {
  const { model } = scriptedModel();
  const flat: Model = {
    ...model,
    evaluate: async (batch) => ({
      ...(await model.evaluate(batch)),
      logits: new Float32Array(10 * batch.labels.length),
    }),
  };
  const { predictions } = await evaluateExamples(flat, dataset, 'test', every.subarray(0, 4));
  t.deepEqual([...predictions], [0, 0, 0, 0]);
  const controller = new AbortController();
  const calls: number[] = [];
  await t.throwsAsync(
    evaluateExamples(model, dataset, 'test', every, {
      signal: controller.signal,
      onProgress: (done) => {
        calls.push(done);
        controller.abort(new Error('enough'));
      },
    }),
    { message: 'enough' },
  );
  t.deepEqual(calls, [100]);
});

test('confusionMatrix: rows are true classes, columns predictions', (t) => {
  t.deepEqual(confusionMatrix([0, 0, 0, 1, 2, 2], Int32Array.of(0, 1, 1, 1, 0, 2), 3), [
    [1, 2, 0],
    [0, 1, 0],
    [1, 0, 1],
  ]);
});
