// The paper's setting, and that of a training of ours: where they differ, effects agree or disagree in direction only.
import type { Experiment } from '../experiment/experiment.js';
import { canonicalJson } from '../hash.js';
import type { RunRecord } from '../records/record.js';
import type { Setting } from '../statistics/verdict.js';

/** What the paper's README says of the training that its claims are about. */
export const PAPER_SETTING: Setting = {
  network: 'resnet19 width 1',
  data: 'cifar10 50000',
  steps: 2,
  epochs: 150,
};

/** A network in the paper's words, with all that it has besides its width: only one of the paper's size and kind is equal to it. */
function networkText({ architecture, width = 1, ...others }: Experiment['network']): string {
  const besides = Object.keys(others).length === 0 ? '' : ` ${canonicalJson(others)}`;
  return `${architecture ?? 'own'} width ${width}${besides}`;
}

/** The setting of a run of ours. */
export const settingOf = ({ experiment, data }: RunRecord): Setting => ({
  network: networkText(experiment.network),
  data: `${data.name} ${data.split.train}`,
  steps: experiment.steps,
  epochs: experiment.epochs,
});

/** A setting in a few words. */
export const settingInWords = ({ data, epochs, steps }: Setting): string =>
  `${data} training images, ${epochs} epochs, T = ${steps}`;
