// The paper's setting, and that of a training of ours: where they differ, effects agree or disagree in direction only.
// Tests: test/studies/views.test.ts.
import type { RunRecord } from '../records/record.js';
import type { Setting } from '../statistics/verdict.js';

/** What the paper's README says of the training that its claims are about. */
export const PAPER_SETTING: Setting = {
  network: 'resnet19 width 1',
  data: 'cifar10 50000',
  steps: 2,
  epochs: 150,
};

/** The setting of a run of ours. */
export const settingOf = ({ experiment, data }: RunRecord): Setting => ({
  network: JSON.stringify(experiment.network),
  data: `${data.name} ${data.split.train}`,
  steps: experiment.steps,
  epochs: experiment.epochs,
});

/** A setting in a few words. */
export const settingInWords = ({ data, epochs, steps }: Setting): string =>
  `${data} training images, ${epochs} epochs, T = ${steps}`;
