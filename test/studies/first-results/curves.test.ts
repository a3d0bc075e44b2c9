// Figures of one training: every number is one of the record, drawn under its name.
import test from 'ava';
import type { EpochRow, RunRecord } from '../../../src/records/record.js';
import {
  confusionHeatmap,
  learningCurves,
  spikeRateBars,
} from '../../../src/studies/first-results/curves.js';
import { axisTitles, drawn, idsUnderPointer, notes, rounded } from '../../helpers/drawn.js';
import { sampleEvaluation, sampleRows, sampleRun } from '../../helpers/records.js';
import { isAsKept } from '../../helpers/whole-figure.js';

/** A run of two epochs whose six accuracies are all different; without the middle ones where nothing was held out. */
function run(seed: number, held: boolean, name?: string): RunRecord {
  const rows = sampleRows(2, held).map((row, i): EpochRow => ({
    ...row,
    trainAccuracy: 0.7 + i / 10 + seed / 100,
    ...(held && { validationAccuracy: 0.5 + i / 10 + seed / 100 }),
    testAccuracy: 0.3 + i / 10 + seed / 100,
  }));
  return sampleRun({ settings: { epochs: 2, seed, ...(name && { name }) }, rows });
}

test('learningCurves: training, validation and test accuracy in % over epochs, a colour each', (t) => {
  const figure = learningCurves([run(1, true)]);
  isAsKept(t, 'first-results/curves', figure);
  t.deepEqual(drawn(figure), [
    { name: 'training', x: [1, 2], y: [71, 81], colour: 1 },
    { name: 'validation', x: [1, 2], y: [51, 61], colour: 2 },
    { name: 'test', x: [1, 2], y: [31, 41], colour: 0 },
  ]);
  t.deepEqual(
    figure.data.map(({ line }) => (line as { dash: string }).dash),
    ['dash', 'dot', 'solid'],
  );
  t.deepEqual(axisTitles(figure), { xaxis: 'epoch', yaxis: 'accuracy (%)' });
  t.deepEqual(notes(figure), ['100 shapes10 training images']);
  t.deepEqual(idsUnderPointer(figure), Array(3).fill([run(1, true).id, run(1, true).id]));
});

test('learningCurves: of several runs each has a colour and its name, or the settings that differ', (t) => {
  const [a, b] = [run(1, false, 'first'), run(2, false, 'second')];
  t.deepEqual(drawn(learningCurves([a, b])), [
    { name: 'first, training', x: [1, 2], y: [71, 81], colour: 0 },
    { name: 'first, test', x: [1, 2], y: [31, 41], colour: 0 },
    { name: 'second, training', x: [1, 2], y: [72, 82], colour: 1 },
    { name: 'second, test', x: [1, 2], y: [32, 42], colour: 1 },
  ]);
  t.deepEqual(
    drawn(learningCurves([run(1, false), run(2, false), run(3, false)])).map(({ name }) => name),
    [1, 2, 3].flatMap((seed) => [`seed = ${seed}, training`, `seed = ${seed}, test`]),
  );
});

test('spikeRateBars: a colour each time step, layers in their order, in %', (t) => {
  const record = {
    ...run(1, false),
    spikeRates: [
      { layer: 'conv1.lif', rates: [0.25, 0.3] },
      { layer: 'conv2.lif', rates: [0.1, 0.15] },
    ],
  };
  const figure = spikeRateBars(record);
  isAsKept(t, 'first-results/spike-rates', figure);
  t.deepEqual(drawn(figure), [
    { name: 't = 1', x: ['conv1.lif', 'conv2.lif'], y: [25, 10], colour: 0 },
    { name: 't = 2', x: ['conv1.lif', 'conv2.lif'], y: [30, 15], colour: 1 },
  ]);
  t.deepEqual(axisTitles(figure), { xaxis: 'layer', yaxis: 'neurons that fire (%)' });
  t.deepEqual(notes(figure), ['100 shapes10 training images']);
});

test('confusionHeatmap: actual classes are rows, predicted ones columns, the first row on top', (t) => {
  const evaluation = {
    ...sampleEvaluation({ kind: 'confusion' }),
    results: [
      { actual: 'cat', predicted: 'cat', count: 7 },
      { actual: 'cat', predicted: 'dog', count: 3 },
      { actual: 'dog', predicted: 'dog', count: 9 },
      { actual: 'dog', predicted: 'cat', count: 1 },
    ],
  };
  const figure = confusionHeatmap(evaluation, ['cat', 'dog', 'bird'], run(1, false));
  isAsKept(t, 'first-results/confusion', figure);
  const [{ z, x, y, texttemplate }] = figure.data;
  t.deepEqual(rounded(z), [
    [7, 3, 0],
    [1, 9, 0],
    [0, 0, 0],
  ]);
  t.deepEqual(
    [x, y],
    [
      ['cat', 'dog', 'bird'],
      ['cat', 'dog', 'bird'],
    ],
  );
  t.is(texttemplate, '%{z:d}');
  t.deepEqual(axisTitles(figure), { xaxis: 'predicted class', yaxis: 'actual class' });
  t.is((figure.layout.yaxis as { autorange: string }).autorange, 'reversed');
  t.deepEqual(notes(figure), ['100 shapes10 training images']);
  t.deepEqual(notes(confusionHeatmap(evaluation, ['cat'])), []);
});
