// Energy ratios under every counting, and what those of the abstract imply. Tests: test/studies/trials.test.ts.
import { desk } from '../../sweep/presets/desk.js';
import { paper } from '../../sweep/presets/paper.js';
import { EVALUATIONS, sweepTrials } from '../../sweep/presets/plan.js';
import { quick } from '../../sweep/presets/quick.js';
import { cell, rounded, spread } from '../result-table.js';
import type { Study } from '../study.js';

const { energy: counted, probe } = EVALUATIONS;

/** Trials, parts and claims of the notebook `energy`. */
export const energy: Study = {
  stem: 'energy',
  title: 'Energy',
  trials: {
    quick: sweepTrials(quick.base, { seed: [0] }, [counted, probe]),
    desk: sweepTrials(desk.resnet, { delta: [1e-4], beta: [1e-4], seed: [0] }, [counted, probe]),
    paper: sweepTrials(paper.base, { seed: [2022] }, [counted, probe]),
  },
  figures: ['spike-rates', 'operations', 'ratios', 'implied', 'memory', 'dead'],
  tables: ['measured'],
  results: [
    {
      of: 'measured',
      columns: {
        network: cell('network'),
        data: cell('data'),
        'training examples': cell('trainedOn'),
        T: cell('T'),
        'δ of SGS': cell('delta'),
        'β of LR': cell('beta'),
        epochs: cell('epochs'),
        seeds: cell('seeds'),
        'test accuracy in %': rounded('testAccuracy'),
        'energy of the ANN over ours, the paper’s counting': spread('timesLess', 'sd', 1),
      },
    },
    {
      of: 'ratios',
      where: ({ cost }) => cost === 'int32',
      columns: {
        'network, first training': cell('network'),
        T: cell('T'),
        'counting, 32-bit integers': cell('counting'),
        'energy of the ANN over ours': rounded('ratio'),
      },
    },
  ],
  claims: 'argued',
};
