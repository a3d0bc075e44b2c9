// The abstract's claims on the largest training set, beside ours. The smaller ones are judged where their studies are.
import { noiseTitle } from '../../data/images/noise-definitions.js';
import type { SummaryRow } from '../../figures/summary.js';
import { tTestOf } from '../../statistics/significance.js';
import { verdict } from '../../statistics/verdict.js';
import { effectInBrief } from '../../statistics/wording.js';
import { noiseKind, paperNoise } from '../noise-robustness/accuracy.js';
import { PAPER_SETTING, settingInWords, settingOf } from '../paper-setting.js';
import type { SizedContrast, SizedEffect } from './effects.js';
import type { SizedGain } from './noise.js';
import type { TrainingSize } from './sizes.js';

/** What is judged. */
export interface Judged {
  sizes: readonly TrainingSize[];
  effects: readonly SizedEffect[];
  contrasts: readonly SizedContrast[];
  gains: readonly SizedGain[];
}

/** The paper's highest level of noise, at which its gain is largest. */
const JUDGED_LEVEL = 0.1;

/** Rows about SGS, LR, the gap and the gain under noise; none where there is one number of images. */
export function sizeClaims({ sizes, effects, contrasts, gains }: Judged): SummaryRow[] {
  if (sizes.length < 2) return [];
  const { images, network, runs } = sizes[sizes.length - 1];
  const ours = settingOf(runs[0]);
  const setting = { paper: PAPER_SETTING, ours };
  const note = `${network}, ${settingInWords(ours)}`;
  const isLargest = (row: { images: number; lower: number | null }): boolean =>
    row.images === images && row.lower !== null;
  const accuracies = (['SGS', 'LR'] as const).flatMap((kind) =>
    effects
      .filter((effect) => isLargest(effect) && effect.of === kind)
      .map((effect): SummaryRow => ({
        claim: `${kind} raises accuracy: ${effect.effect}, rectangle, ${network}, ${images.toLocaleString('en-US')} images`,
        paper: 'higher',
        paperSource: 'abstract',
        ours: effectInBrief(effect),
        n: effect.n,
        p: effect.p,
        verdict: verdict({ kind: 'effect', paper: 1, ours: effect, setting, unit: 'points' }),
        note,
        stem: 'training-set-size-effects',
      })),
  );
  const gaps = contrasts
    .filter(
      (row) =>
        isLargest(row) && row.measure === 'training minus test accuracy' && row.contrast === 'LR with SGS',
    )
    .map((row): SummaryRow => ({
      claim: `LR (β = 0.0001) improves generalisation: training minus test accuracy, ${images.toLocaleString('en-US')} images`,
      paper: 'better generalisation (our reading: a smaller gap)',
      paperSource: 'abstract',
      ours: effectInBrief(row),
      n: row.n,
      p: row.p,
      verdict: verdict({ kind: 'effect', paper: -1, ours: row, setting, unit: 'points' }),
      note,
      stem: 'training-set-size-contrasts',
    }));
  const noise = gains
    .filter((gain) => isLargest(gain) && gain.level === JUDGED_LEVEL)
    .map((gain): SummaryRow => {
      const last = paperNoise(noiseKind(gain.definition)).at(-1)!;
      const paper = last.with - last.without;
      return {
        claim: `LR raises accuracy at noise level 0.10 (${network}, ${noiseTitle(gain.definition)}, β = ${gain.beta}, ${images.toLocaleString('en-US')} images)`,
        paper: `${paper.toFixed(2)} points`,
        paperSource: 'Fig. 7',
        ours: effectInBrief(gain),
        n: gain.n,
        p: tTestOf(gain).p,
        verdict: verdict({ kind: 'effect', paper, ours: gain, setting, unit: 'points' }),
        note,
        stem: 'training-set-size-noise',
      };
    });
  return [...accuracies, ...gaps, ...noise];
}
