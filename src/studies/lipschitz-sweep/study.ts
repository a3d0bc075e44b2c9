// The sweep over β of LR: accuracy, generalisation, norms and sensitivity over β.
import type { Evaluation } from '../../measures/index.js';
import { desk } from '../../sweep/presets/desk.js';
import { paper } from '../../sweep/presets/paper.js';
import { EVALUATIONS, sweepTrials } from '../../sweep/presets/plan.js';
import { quick } from '../../sweep/presets/quick.js';
import { cell, rounded, spread } from '../result-table.js';
import type { Study } from '../study.js';

const evaluations: Evaluation[] = [EVALUATIONS.spectra, EVALUATIONS.sensitivity];

/** Trials, parts and claims of the notebook `lipschitz-sweep`. */
export const lipschitzSweep: Study = {
  stem: 'lipschitz-sweep',
  title: 'Lipschitz sweep',
  trials: {
    quick: [
      ...sweepTrials(quick.base, { seed: quick.seeds, beta: [0, 1e-4] }, evaluations),
      ...sweepTrials(quick.base, { beta: [1e-2, 1e-1], seed: [0] }, evaluations),
    ],
    desk: sweepTrials(desk.small, { beta: [0, 1e-5, 1e-4, 1e-3, 1e-2], seed: desk.fiveSeeds }, evaluations),
    paper: sweepTrials(paper.base, { beta: [0, 1e-4], seed: paper.seeds }, evaluations),
  },
  figures: ['beta', 'norms', 'sensitivity'],
  tables: ['index'],
  results: [
    {
      of: 'beta',
      columns: {
        'β of LR': cell('beta'),
        seeds: cell('n'),
        'test accuracy in %': spread('accuracy', 'accuracySd'),
        'training minus test accuracy': spread('gap', 'gapSd'),
        orthogonality: spread('orthogonality', 'orthogonalitySd', 3),
        'product of norms': rounded('normIndex', 0),
      },
    },
  ],
  claims: 'argued',
};
