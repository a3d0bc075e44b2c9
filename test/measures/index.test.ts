// The rows of evaluations, from an engine whose answers the test writes down.
import test from 'ava';
import { makeBatch } from '../../src/data/batches.js';
import type { LayerProbe, Model } from '../../src/engines/engine.js';
import type { Evaluation, Subject } from '../../src/measures/evaluation.js';
import { resultsOf } from '../../src/measures/index.js';
import { smallDataset } from '../helpers/dataset.js';
import { type Script, scriptedModel } from '../helpers/scripted-engine.js';

const dataset = smallDataset({ test: 130, classes: 3 });
const part = Int32Array.from({ length: 120 }, (_, i) => i + 5);

/** The rows of an evaluation under a script, what the model was asked and what was reported. */
async function evaluated(evaluation: Evaluation, script: Script = {}, more: Partial<Model> = {}) {
  const { model, asked } = scriptedModel(script);
  const progress: { done: number; total: number; label: string }[] = [];
  const subject = {
    ...{ model: { ...model, ...more }, dataset, test: part, weights: {} },
    onProgress: (event: (typeof progress)[number]) => progress.push(event),
  } as unknown as Subject;
  return { rows: await resultsOf(evaluation, subject), asked, progress };
}

test('test: one row with the number of examples, accuracy and loss', async (t) => {
  const { rows, progress } = await evaluated({ kind: 'test' }, { predict: () => 0, loss: (index) => index });
  t.deepEqual(rows, [{ examples: 120, accuracy: 40 / 120, loss: 20 / 120 }]);
  t.deepEqual(progress, [
    { done: 100, total: 120, label: 'test' },
    { done: 120, total: 120, label: 'test' },
  ]);
});

test('confusion: a row for each true and predicted class, the true one first', async (t) => {
  // Class 0 is always right, class 1 is taken for 2, class 2 for 0 in every second example.
  const predict: Script['predict'] = (label, b) => (label === 0 ? 0 : label === 1 ? 2 : b % 2 === 0 ? 2 : 0);
  const { rows, progress } = await evaluated({ kind: 'confusion' }, { predict });
  const [zero, one, two] = dataset.classes;
  t.deepEqual(rows, [
    { actual: zero, predicted: zero, count: 40 },
    { actual: zero, predicted: one, count: 0 },
    { actual: zero, predicted: two, count: 0 },
    { actual: one, predicted: zero, count: 0 },
    { actual: one, predicted: one, count: 0 },
    { actual: one, predicted: two, count: 40 },
    { actual: two, predicted: zero, count: 20 },
    { actual: two, predicted: one, count: 0 },
    { actual: two, predicted: two, count: 20 },
  ]);
  t.is(progress.at(-1)!.label, 'confusion');
});

for (const perStep of [undefined, true])
  test(`noise: a row a level, clean at level 0, the noise of the settings on the rest, per step ${perStep === true}`, async (t) => {
    const settings = { definition: 'gaussian-pixel-sigma', seed: 7, ...(perStep && { perStep }) };
    const { rows, asked, progress } = await evaluated(
      { kind: 'noise', levels: [0, 0.2], ...settings },
      { predict: (label, _b, { shape }) => (shape.length === 5 ? 0 : label), loss: (index) => index },
    );
    t.deepEqual(rows, [
      { level: 0, accuracy: 1, loss: 20 / 120, examples: 120 },
      { level: 0.2, accuracy: perStep ? 40 / 120 : 1, loss: (200 + 60) / 120, examples: 120 },
    ]);
    const first = part.subarray(0, 100);
    t.deepEqual(asked.evaluations[0].batch, makeBatch(dataset, 'test', first, { steps: 2 }));
    const noise = { ...settings, level: 0.2 };
    t.deepEqual(asked.evaluations[2].batch, makeBatch(dataset, 'test', first, { steps: 2, noise }));
    t.deepEqual(
      progress.map(({ done, total }) => [done, total]),
      [
        [100, 240],
        [120, 240],
        [220, 240],
        [240, 240],
      ],
    );
  });

test('probe: a row for each layer and step with what belongs to it, traces left out', async (t) => {
  const layer = (name: string, from: number): LayerProbe => ({
    ...{ layer: name, spikeRate: [from, from + 1], gradientNorm: [from + 2, from + 3] },
    ...{ windowDensity: [from + 4, from + 5], negativeScales: [from + 6, from + 7] },
    ...{ dead: from + 8, saturated: from + 9, traces: [{ neuron: 0, v: [1], o: [0] }] },
  });
  const { rows } = await evaluated(
    { kind: 'probe' },
    {},
    { probe: () => Promise.resolve([layer('a', 0), layer('b', 10)]) },
  );
  t.deepEqual(
    rows,
    [0, 10].flatMap((from) =>
      [0, 1].map((step) => ({
        ...{ layer: from === 0 ? 'a' : 'b', step: step + 1, spikeRate: from + step },
        ...{ gradientNorm: from + 2 + step, windowDensity: from + 4 + step, negativeScales: from + 6 + step },
        ...{ dead: from + 8, saturated: from + 9 },
      })),
    ),
  );
});

test('a kind that there is none of is refused by name', (t) => {
  t.throws(() => resultsOf({ kind: 'speed' } as unknown as Evaluation, {} as Subject), {
    message: 'evaluation: unknown kind in {"kind":"speed"}',
  });
});
