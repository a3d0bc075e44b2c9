import test from 'ava';
import type { RunRecord } from '../../src/records/record.js';
import { PAPER_SETTING, settingInWords, settingOf } from '../../src/studies/paper-setting.js';
import { verdict } from '../../src/statistics/verdict.js';
import { presetTrials } from '../../src/studies/trials.js';
import { sampleRun } from '../helpers/records.js';

/** A run of an experiment on 50,000 images. */
const runOf = (experiment: RunRecord['experiment']): RunRecord => {
  const run = sampleRun();
  return {
    ...run,
    experiment,
    data: { ...run.data, name: experiment.data.name, split: { ...run.data.split, train: 50000 } },
  };
};
const onCifar10 = presetTrials('paper').find(
  ({ experiment }) => experiment.data.name === 'cifar10' && experiment.steps === 2,
)!.experiment;

test('settingOf: a training of preset paper is in the paper’s setting, and is judged by its number', (t) => {
  const ours = settingOf(runOf(onCifar10));
  t.deepEqual(ours, PAPER_SETTING);
  const claim = { kind: 'value', paper: 94, tolerance: 1, rounding: 0.5 } as const;
  t.is(verdict({ ...claim, ours: 94.2, setting: { paper: PAPER_SETTING, ours } }), 'reproduced');
  t.is(settingInWords(ours), 'cifar10 50000 training images, 150 epochs, T = 2');
});

test('settingOf: any other network is another setting, a narrower one and a twin too', (t) => {
  const named = (network: object): string =>
    settingOf(runOf({ ...onCifar10, network: { architecture: 'resnet19', ...network } })).network;
  t.is(named({ width: 0.25 }), 'resnet19 width 0.25');
  t.is(named({ width: 1 }), PAPER_SETTING.network);
  t.is(named({ architecture: 'vggsnn' }), 'vggsnn width 1');
  t.is(named({ twin: 'ann' }), 'resnet19 width 1 {"twin":"ann"}');
  const own = { ...onCifar10, network: { layers: [] } };
  t.is(settingOf(runOf(own)).network, 'own width 1 {"layers":[]}');
});
