// Do the effects of SGS and LR change with the number of training images? The same trainings on a fifth of CIFAR-10 and on all of it.
// Tests: test/studies/trials.test.ts.
import type { ExperimentInput } from '../../experiment/experiment.js';
import type { Evaluation } from '../../measures/index.js';
import { desk } from '../../sweep/presets/desk.js';
import { paper } from '../../sweep/presets/paper.js';
import { EVALUATIONS, FIGURE_7_LEVELS, type PlannedTrial, sweepTrials } from '../../sweep/presets/plan.js';
import { quick } from '../../sweep/presets/quick.js';
import { CHOSEN_NOISE, noiseEvaluations } from '../noise-robustness/study.js';
import { cell, effect, pValue, rounded, spread } from '../result-table.js';
import type { Study } from '../study.js';

/** So many seeds have their energy counted: as many as the study of latency counts. */
const COUNTED_SEEDS = 3;

/** Neither, SGS, LR and both with the paper's surrogate; noise where SGS is on, as in Fig. 7, and energy of both. */
const fourCells = (
  base: ExperimentInput,
  seeds: readonly number[],
  noise: readonly Evaluation[],
): PlannedTrial[] =>
  sweepTrials(
    base,
    { surrogate: ['rectangle'], seed: seeds, delta: [0, 1e-4], beta: [0, 1e-4] },
    ({ seed, delta = 0, beta = 0 }) => [
      ...(delta > 0 ? noise : []),
      ...(delta * beta > 0 && seeds.indexOf(seed) < COUNTED_SEEDS ? [EVALUATIONS.energy] : []),
    ],
  );

/** Trials, parts and claims of the notebook `training-set-size`. */
export const trainingSetSize: Study = {
  stem: 'training-set-size',
  title: 'Training-set size',
  trials: {
    quick: fourCells(quick.base, quick.seeds, []),
    desk: fourCells(desk.small, desk.fiveSeeds, noiseEvaluations(CHOSEN_NOISE, FIGURE_7_LEVELS, 2000)),
    paper: fourCells(paper.base, paper.seeds, []),
  },
  figures: ['curves', 'effects', 'noise'],
  tables: ['accuracy', 'contrasts', 'change'],
  results: [
    {
      of: 'accuracy',
      columns: {
        'training images': cell('images'),
        'δ of SGS': cell('delta'),
        'β of LR': cell('beta'),
        seeds: cell('n'),
        'last epoch': spread('last', 'lastSd'),
        'best validation': rounded('bestValidation'),
        'best test': rounded('bestTest'),
        'training minus test': spread('gap', 'gapSd'),
        'energy of the ANN over ours, the paper’s counting': rounded('timesLess', 1),
      },
    },
    {
      of: 'effects',
      columns: {
        'training images': cell('images'),
        effect: cell('effect'),
        seeds: cell('n'),
        'ours [95 % interval]': effect(),
        p: pValue('p'),
        'p, corrected': pValue('pHolm'),
      },
    },
    {
      of: 'change',
      columns: {
        effect: cell('effect'),
        from: cell('from'),
        to: cell('to'),
        seeds: cell('n'),
        'change of the effect [95 % interval]': effect(),
      },
    },
  ],
  claims: 'argued',
};
