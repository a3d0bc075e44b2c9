// How much data stands behind an accuracy, in words.
import test from 'ava';
import { trainingNote, trainingSet, trainingSetting } from '../../src/figures/training-note.js';
import type { ExperimentInput } from '../../src/experiment/experiment.js';
import { sampleRun } from '../helpers/records.js';

const run = (
  name: 'cifar10' | 'cifar100' | 'cifar10-dvs' | 'shapes10',
  train: number,
  more: ExperimentInput = {},
) => {
  const made = sampleRun({ settings: { ...more, data: { name } } });
  return { ...made, data: { ...made.data, split: { ...made.data.split, train, test: 7 } } };
};

test('trainingSet and trainingSetting: images or recordings of the training part; several are listed once each', (t) => {
  const resnet = { network: { architecture: 'resnet19', width: 0.25 } } as const;
  const runs = [run('cifar10', 9000), run('cifar10', 9000, { seed: 1 }), run('cifar10-dvs', 900, resnet)];
  t.is(trainingSet(runs), '9,000 CIFAR-10 training images; 900 CIFAR10-DVS training recordings');
  t.is(
    trainingSetting(runs),
    'convNet, 9,000 CIFAR-10 training images; resnet19 × 0.25, 900 CIFAR10-DVS training recordings',
  );
});

test('trainingNote: the text as it is, above the upper right corner', (t) => {
  t.like(trainingNote('a < b'), {
    ...{ text: 'a &lt; b', xref: 'paper', yref: 'paper', x: 1, y: 1, xanchor: 'right', yanchor: 'bottom' },
  });
});
