// Accuracy and energy against the number of time steps T. Tests: test/studies/trials.test.ts.
import { desk } from '../../sweep/presets/desk.js';
import { paper } from '../../sweep/presets/paper.js';
import { EVALUATIONS, sweepTrials } from '../../sweep/presets/plan.js';
import { quick } from '../../sweep/presets/quick.js';
import { cell, spread } from '../result-table.js';
import type { Study } from '../study.js';

const { energy } = EVALUATIONS;

/** Trials, parts and claims of the notebook `latency`. */
export const latency: Study = {
  stem: 'latency',
  title: 'Latency',
  trials: {
    quick: sweepTrials(quick.base, { steps: [1, 2, 4, 8], seed: [0] }, [energy]),
    desk: sweepTrials(desk.small, { steps: [1, 2, 4, 6, 8], seed: desk.threeSeeds }, [energy]),
    paper: sweepTrials(paper.base, { steps: [2, 4, 6], seed: [2022] }, [energy]),
  },
  figures: ['latency'],
  tables: [],
  results: [
    {
      of: 'latency',
      columns: {
        'time steps T': cell('steps'),
        seeds: cell('n'),
        'test accuracy in %': spread('accuracy', 'sd'),
        'energy of the ANN over ours, the paper’s counting': ({ nanojouleAnn, nanojoulePaper }) =>
          nanojoulePaper === '' ? '' : (Number(nanojouleAnn) / Number(nanojoulePaper)).toFixed(1),
      },
    },
  ],
  claims: 'argued',
};
