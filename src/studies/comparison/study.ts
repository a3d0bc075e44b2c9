// Published accuracies beside ours. It reads every record there is; its own trainings are those on the paper's data sets.
// Tests: test/studies/trials.test.ts.
import { desk } from '../../sweep/presets/desk.js';
import { paper } from '../../sweep/presets/paper.js';
import { EVALUATIONS, variant } from '../../sweep/presets/plan.js';
import { deskCifar10Dvs, paperCifar10Dvs } from '../events/study.js';
import { resnetAblation } from '../sgs-ablation/study.js';
import type { Study } from '../study.js';

const { energy } = EVALUATIONS;

/** Trials, parts and claims of the notebook `comparison`. */
export const comparison: Study = {
  stem: 'comparison',
  title: 'Comparison',
  trials: {
    desk: [
      ...resnetAblation,
      {
        settings: {
          ...desk.resnet,
          name: 'cifar100, resnet19, seed 0',
          data: { name: 'cifar100', validation: 0.1 },
          seed: 0,
        },
        evaluations: [energy],
      },
      deskCifar10Dvs,
    ],
    paper: [
      ...[2, 4, 6].map((steps) => ({
        settings: {
          ...variant(paper.base, { seed: 2022, steps }),
          name: `cifar100, T = ${steps}`,
          data: { name: 'cifar100' as const },
        },
        evaluations: [energy],
      })),
      paperCifar10Dvs,
    ],
  },
  figures: ['cifar10', 'cifar100', 'cifar10-dvs'],
  tables: [],
  claims: 'argued',
};
