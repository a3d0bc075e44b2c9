// Networks on event data: shapes10-dvs and CIFAR10-DVS beside each other, each with its own confusion.
import test from 'ava';
import type { ExperimentInput } from '../../../src/experiment/experiment.js';
import type { EvaluationRecord } from '../../../src/records/record.js';
import { eventNetworks } from '../../../src/studies/events/networks.js';
import { confusionHeatmap } from '../../../src/studies/first-results/curves.js';
import { sampleEvaluation, sampleRows, sampleRun } from '../../helpers/records.js';

const trained = (
  name: 'cifar10-dvs' | 'shapes10-dvs' | 'shapes10',
  accuracy: number,
  settings: ExperimentInput = {},
) => {
  const rows = sampleRows(3, false);
  rows[2].testAccuracy = accuracy;
  return sampleRun({
    settings: {
      network: { architecture: 'vggsnn', width: 0.125 },
      steps: 10,
      ...settings,
      data: { name, ...settings.data },
    },
    rows,
  });
};
const real = trained('cifar10-dvs', 0.25, { data: { name: 'cifar10-dvs', pipeline: 'tet' } });
const simulated = trained('shapes10-dvs', 0.75, { data: { name: 'shapes10-dvs', pipeline: 'tet-plain' } });
const confusionOf = (of: string, actual: string): EvaluationRecord => ({
  ...sampleEvaluation({ kind: 'confusion' }),
  of,
  results: [{ actual, predicted: actual, count: 7 }],
});

test('eventNetworks: both sets with accuracy and chance, shapes10-dvs first; images and unfinished runs are left out', (t) => {
  const unfinished = sampleRun({
    settings: { data: { name: 'cifar10-dvs' } },
    status: 'interrupted',
    stop: { step: 1 },
  });
  const list = eventNetworks([real, trained('shapes10', 0.9), unfinished, simulated], []);
  t.deepEqual(
    list.map(({ data, network, steps, pipeline, trained: n, tested, accuracy, chance, run }) => [
      data,
      network,
      steps,
      pipeline,
      n,
      tested,
      accuracy,
      chance,
      run.id,
    ]),
    [
      ['shapes10-dvs', 'vggsnn × 0.125', 10, 'tet-plain', 100, 20, 75, 10, simulated.id],
      ['CIFAR10-DVS', 'vggsnn × 0.125', 10, 'tet', 100, 20, 25, 10, real.id],
    ],
  );
});

test('eventNetworks: each has its own confusion matrix, which says what the network was trained on', (t) => {
  const evaluations = [
    { ...sampleEvaluation(), of: real.id },
    confusionOf(real.id, 'airplane'),
    confusionOf(simulated.id, 'disc'),
  ];
  const [first, second] = eventNetworks([real, simulated], evaluations);
  t.is(first.confusion?.results[0].actual, 'disc');
  t.is(second.confusion?.results[0].actual, 'airplane');
  t.is(eventNetworks([real], [])[0].confusion, undefined);
  const { layout } = confusionHeatmap(second.confusion!, ['airplane'], second.run);
  t.regex(JSON.stringify(layout.annotations), /100 CIFAR10-DVS training recordings/);
});
