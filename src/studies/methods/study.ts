// Methods on equal footing: gradients, neurons, norms and losses that others published, each on the same network, images and seeds.
// Tests: test/studies/methods/trials.test.ts.
import { desk } from '../../sweep/presets/desk.js';
import { cell, effect, pValue, rounded, spread } from '../result-table.js';
import type { Study } from '../study.js';
import { methodTrials } from './trials.js';

/** Trials, parts and claims of the notebook `methods`. */
export const methodsStudy: Study = {
  stem: 'methods',
  title: 'Methods on equal footing',
  trials: { whole: methodTrials(desk.small, desk.threeSeeds) },
  figures: ['effects', 'energy'],
  tables: ['table', 'expected', 'energies', 'advantages'],
  results: [
    {
      of: 'table',
      columns: {
        method: cell('method'),
        recipe: cell('as'),
        T: cell('T'),
        seeds: cell('n'),
        'last epoch': spread('last', 'lastSd'),
        'against the baseline': rounded('effect'),
        'at best validation': rounded('bestValidation'),
        'at best test': rounded('bestTest'),
        'seconds an epoch': rounded('seconds', 0),
        'spikes of an example': rounded('spikes', 0),
        'nJ, the paper’s counting': rounded('energy', 0),
        'nJ, multiplications counted': rounded('energyMultiplied', 0),
      },
    },
    {
      of: 'effects',
      columns: {
        method: cell('method'),
        recipe: cell('as'),
        seeds: cell('n'),
        'against the baseline [95 % interval]': effect(),
        p: pValue('p'),
        'p, corrected': pValue('pHolm'),
      },
    },
    {
      of: 'expected',
      columns: {
        method: cell('method'),
        'expected, points': cell('expected'),
        seeds: cell('n'),
        'came [95 % interval]': effect(),
        outcome: cell('outcome'),
      },
    },
  ],
  claims: 'argued',
};
