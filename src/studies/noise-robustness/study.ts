// Fig. 7: accuracy under noise with and without LR, under each definition of noise. Tests: test/studies/trials.test.ts.
import { NOISE_DEFINITIONS } from '../../data/images/noise-definitions.js';
import type { Evaluation } from '../../measures/index.js';
import { desk } from '../../sweep/presets/desk.js';
import { paper } from '../../sweep/presets/paper.js';
import { FIGURE_7_LEVELS, sweepTrials } from '../../sweep/presets/plan.js';
import { quick } from '../../sweep/presets/quick.js';
import { cell, effect } from '../result-table.js';
import type { Study } from '../study.js';

/** Definitions of noise that every network is tested under: the plainest two of each kind. */
export const CHOSEN_NOISE: readonly string[] = [
  'gaussian-pixel-sigma-clip',
  'gaussian-normalised-sigma',
  'salt-pepper-pixels',
  'salt-pepper-values',
];

/** Accuracy under noise at these levels, for each definition. */
export const noiseEvaluations = (
  definitions: readonly string[],
  levels: readonly number[],
  limit: number,
): Evaluation[] =>
  definitions.map((definition) => ({ kind: 'noise', definition, levels: [0, ...levels], seed: 0, limit }));

/** Levels that RESULTS.md prints: none, and the ends of the paper's range. */
const PRINTED_LEVELS: readonly string[] = ['0', '0.02', '0.1'];

/** Trials, parts and claims of the notebook `noise-robustness`. */
export const noiseRobustness: Study = {
  stem: 'noise-robustness',
  title: 'Noise robustness',
  trials: {
    quick: sweepTrials(
      quick.base,
      { seed: quick.seeds, beta: [0, 1e-4] },
      noiseEvaluations(['gaussian-pixel-sigma-clip', 'salt-pepper-pixels'], [0.02, 0.06, 0.1], 500),
    ),
    desk: [
      // All definitions of noise for one network, the chosen ones for all.
      ...sweepTrials(desk.small, { seed: desk.fiveSeeds, beta: [0, 1e-4] }, ({ seed, beta = 0 }) =>
        noiseEvaluations(
          seed === 0 && beta > 0 ? NOISE_DEFINITIONS.map(({ name }) => name) : CHOSEN_NOISE,
          FIGURE_7_LEVELS,
          2000,
        ),
      ),
      // The paper's Fig. 7 is of this topology, with SGS.
      ...sweepTrials(
        desk.resnet,
        { delta: [1e-4], beta: [0, 1e-4], seed: desk.threeSeeds },
        noiseEvaluations(CHOSEN_NOISE, FIGURE_7_LEVELS, 2000),
      ).map(({ settings, ...trial }) => ({
        ...trial,
        settings: { ...settings, name: `resnet19, ${settings.name}` },
      })),
    ],
    paper: sweepTrials(
      paper.base,
      { seed: paper.seeds, beta: [0, 1e-4] },
      noiseEvaluations(CHOSEN_NOISE, FIGURE_7_LEVELS, 10_000),
    ),
  },
  figures: [...CHOSEN_NOISE, 'gains', 'shapes'],
  tables: [],
  results: [
    {
      of: 'gains',
      where: ({ level }) => PRINTED_LEVELS.includes(level),
      columns: {
        definition: cell('definition'),
        level: cell('level'),
        'β of LR': cell('beta'),
        seeds: cell('n'),
        'gain of LR [95 % interval]': effect(),
      },
    },
  ],
  claims: 'argued',
};
