// The flagship: the best that the paper's recipe reaches here in one sitting. Tests: test/studies/flagship/trials.test.ts.
import { cell, rounded } from '../result-table.js';
import type { Study } from '../study.js';
import { flagshipTrials } from './trials.js';

/** Trials, parts and claims of the notebook `flagship`. */
export const flagship: Study = {
  stem: 'flagship',
  title: 'Flagship',
  trials: { whole: flagshipTrials },
  figures: ['curves', 'noise'],
  tables: ['accuracy', 'expected'],
  results: [
    {
      of: 'accuracy',
      columns: {
        training: cell('training'),
        T: cell('T'),
        epochs: cell('epochs'),
        'last epoch': rounded('last'),
        'at best validation': rounded('bestValidation'),
        'at best test': rounded('bestTest'),
        'training minus test': rounded('gap'),
        'spikes of an example': rounded('spikes', 0),
        'energy of the ANN over ours, the paper’s counting': rounded('timesLess', 1),
        'minutes of two cores': rounded('minutes', 0),
      },
    },
    {
      of: 'expected',
      columns: {
        question: cell('what'),
        expected: cell('expected'),
        came: rounded('came'),
        outcome: cell('outcome'),
      },
    },
  ],
};
