// Does SGS help? Surrogate × SGS × LR over seeds for each network, and how strong SGS must be to be seen.
// Tests: test/studies/trials.test.ts.
import { desk } from '../../sweep/presets/desk.js';
import { paper } from '../../sweep/presets/paper.js';
import {
  EVALUATIONS,
  type PlannedTrial,
  sweepTrials,
  variant,
  type Variant,
} from '../../sweep/presets/plan.js';
import { quick } from '../../sweep/presets/quick.js';
import { cell, effect, pValue, spread } from '../result-table.js';
import type { Study } from '../study.js';

const { energy, probe, gradients } = EVALUATIONS;

/** Whether both SGS and LR are on. */
const isBoth = ({ delta = 0, beta = 0 }: Variant): boolean => delta * beta > 0;

/** The four cells of the paper on its topology. */
export const resnetAblation: PlannedTrial[] = sweepTrials(
  desk.resnet,
  { delta: [0, 1e-4], beta: [0, 1e-4], seed: desk.threeSeeds },
  ({ seed }) => (seed === 0 ? [energy, probe] : []),
).map(({ settings, ...trial }) => ({
  ...trial,
  settings: { ...settings, name: `resnet19, ${settings.name}` },
}));

/** Trials, parts and claims of the notebook `sgs-ablation`. */
export const sgsAblation: Study = {
  stem: 'sgs-ablation',
  title: 'SGS ablation',
  trials: {
    // The rectangle in every cell and seed; the triangle in two cells of one seed: more does not fit into the preset.
    quick: [
      ...sweepTrials(quick.base, { seed: quick.seeds, delta: [0, 1e-4], beta: [0, 1e-4] }, (chosen) => [
        ...(chosen.seed === 0 ? [probe] : []),
        ...(isBoth(chosen) ? [gradients] : []),
      ]),
      ...sweepTrials(quick.base, { delta: [0, 1e-4], seed: [0], surrogate: ['triangle'], beta: [1e-4] }, [
        probe,
      ]),
      ...[
        { seed: 0, delta: 0.1 },
        { seed: 0, delta: 1 },
        { seed: 1, delta: 1 },
        { seed: 2, delta: 1 },
      ].map((chosen) => ({ settings: variant(quick.base, { ...chosen, beta: 1e-4 }), evaluations: [] })),
    ],
    desk: [
      ...sweepTrials(
        desk.small,
        {
          surrogate: ['rectangle', 'triangle', 'atan'],
          delta: [0, 1e-4],
          beta: [0, 1e-4],
          seed: desk.fiveSeeds,
        },
        (chosen) => [
          ...(chosen.seed === 0 ? [probe] : []),
          ...(chosen.surrogate === 'rectangle' && isBoth(chosen) ? [gradients] : []),
        ],
      ),
      ...sweepTrials(
        desk.small,
        { delta: [0, 1e-4, 1e-3, 1e-2, 1e-1, 1], seed: desk.fiveSeeds, beta: [1e-4] },
        [],
      ),
      ...resnetAblation,
    ],
    // Seed by seed, so that whole pairs are there at any time.
    whole: [
      ...(['rectangle', 'triangle'] as const).flatMap((surrogate) =>
        sweepTrials(
          desk.small,
          { surrogate: [surrogate], seed: desk.fiveSeeds, delta: [0, 1e-4], beta: [0, 1e-4] },
          (chosen) => [
            ...(chosen.seed === 0 ? [probe] : []),
            ...(surrogate === 'rectangle' && isBoth(chosen) ? [gradients] : []),
          ],
        ),
      ),
      ...sweepTrials(desk.small, { seed: desk.fiveSeeds, delta: [0, 1e-4, 1e-2, 1e-1, 1], beta: [1e-4] }, []),
      ...resnetAblation.filter(({ settings: { seed = 0 } }) => seed < 2),
    ],
    paper: sweepTrials(
      paper.base,
      { surrogate: ['rectangle', 'triangle'], delta: [0, 1e-4], beta: [0, 1e-4], seed: paper.seeds },
      (chosen) => [probe, ...(isBoth(chosen) ? [gradients] : [])],
    ),
  },
  figures: ['accuracy', 'effects', 'curves', 'gradients', 'delta'],
  tables: ['contrasts', 'change'],
  results: [
    {
      of: 'accuracy',
      columns: {
        surrogate: cell('surrogate'),
        'δ of SGS': cell('delta'),
        'β of LR': cell('beta'),
        seeds: cell('n'),
        'test accuracy in %': spread('mean', 'sd'),
      },
    },
    {
      of: 'effects',
      columns: {
        surrogate: cell('surrogate'),
        effect: cell('effect'),
        seeds: cell('n'),
        'ours [95 % interval]': effect(),
        p: pValue('p'),
        'p, corrected': pValue('pHolm'),
      },
    },
    {
      of: 'contrasts',
      where: ({ measure }) => measure === 'test accuracy',
      columns: {
        surrogate: cell('surrogate'),
        'test accuracy': cell('contrast'),
        seeds: cell('n'),
        'ours [95 % interval]': effect(),
        p: pValue('p'),
        'p, corrected': pValue('pHolm'),
      },
    },
    {
      of: 'delta',
      columns: {
        'δ of SGS': cell('delta'),
        seeds: cell('n'),
        'test accuracy in %': spread('mean', 'sd'),
        'against δ = 0 [95 % interval]': effect('effect'),
        'relative change of the gradient': ({ changeMeasured }) =>
          changeMeasured === '' ? '' : Number(changeMeasured).toExponential(1),
      },
    },
  ],
  claims: 'argued',
};
