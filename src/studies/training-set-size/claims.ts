// The abstract's claims on the largest training set, beside ours. The smaller ones are judged where their studies are.
import { noiseTitle } from '../../data/images/noise-definitions.js';
import type { SummaryRow } from '../../figures/summary.js';
import type { Interval } from '../../statistics/interval.js';
import { tTestOf } from '../../statistics/significance.js';
import { verdict } from '../../statistics/verdict.js';
import { effectInBrief } from '../../statistics/wording.js';
import { noiseKind, paperNoise } from '../noise-robustness/accuracy.js';
import { PAPER_SETTING, settingInWords, settingOf } from '../paper-setting.js';
import type { SizedContrast, SizedEffect } from './effects.js';
import type { GainGrowth, SizedGain } from './noise.js';
import type { TrainingSize } from './sizes.js';

/** What is judged. */
export interface Judged {
  sizes: readonly TrainingSize[];
  effects: readonly SizedEffect[];
  contrasts: readonly SizedContrast[];
  gains: readonly SizedGain[];
  growths: readonly GainGrowth[];
}

/** The paper's levels of noise at which its gain is smallest and largest. */
export const JUDGED_LEVELS = { from: 0.02, to: 0.1 } as const;

/** Rows about SGS, LR, the gap, the gain under noise and its growth; none where there is one number of images. */
export function sizeClaims({ sizes, effects, contrasts, gains, growths }: Judged): SummaryRow[] {
  if (sizes.length < 2) return [];
  const { images, network, runs } = sizes[sizes.length - 1];
  const here = `${images.toLocaleString('en-US')} images`;
  const ours = settingOf(runs[0]);
  const isLargest = (row: { images: number; lower: number | null }): boolean =>
    row.images === images && row.lower !== null;
  const judge = (
    claim: string,
    effect: Interval,
    paper: { value: number; text: string; source: string; of: string },
    judged: Interval = effect,
  ): SummaryRow => ({
    claim,
    paper: paper.text,
    paperSource: paper.source,
    ours: effectInBrief(effect),
    n: effect.n,
    p: tTestOf(effect).p,
    verdict: verdict({
      ...{ kind: 'effect', paper: paper.value, ours: judged, unit: 'points' },
      setting: { paper: PAPER_SETTING, ours },
    }),
    note: `${network}, ${settingInWords(ours)}`,
    stem: `training-set-size-${paper.of}`,
  });
  const inFigure7 = (value: number) => ({
    ...{ value, text: `${value.toFixed(2)} points`, source: 'Fig. 7', of: 'noise' },
  });
  const gainAt = ({ definition, to }: GainGrowth): Interval =>
    gains.find((gain) => isLargest(gain) && gain.definition === definition && gain.level === to)!;
  const where = ({ definition, beta }: SizedGain | GainGrowth): string =>
    `(${network}, ${noiseTitle(definition)}, β = ${beta}, ${here})`;
  return [
    ...(['SGS', 'LR'] as const).flatMap((kind) =>
      effects
        .filter((effect) => isLargest(effect) && effect.of === kind)
        .map((effect) =>
          judge(`${kind} raises accuracy: ${effect.effect}, rectangle, ${network}, ${here}`, effect, {
            ...{ value: 1, text: 'higher', source: 'abstract', of: 'effects' },
          }),
        ),
    ),
    ...contrasts
      .filter(
        (row) =>
          isLargest(row) && row.measure === 'training minus test accuracy' && row.contrast === 'LR with SGS',
      )
      .map((row) =>
        judge(`LR (β = 0.0001) improves generalisation: training minus test accuracy, ${here}`, row, {
          ...{ value: -1, text: 'better generalisation (our reading: a smaller gap)' },
          ...{ source: 'abstract', of: 'contrasts' },
        }),
      ),
    ...gains
      .filter((gain) => isLargest(gain) && gain.level === JUDGED_LEVELS.to)
      .map((gain) =>
        judge(
          `LR raises accuracy at noise level 0.10 ${where(gain)}`,
          gain,
          inFigure7(paperGain(gain.definition, JUDGED_LEVELS.to)),
        ),
      ),
    ...growths
      .filter(isLargest)
      .map((growth) =>
        judge(
          `LR gains more at noise level 0.10 than at 0.02 ${where(growth)}`,
          growth,
          inFigure7(paperGain(growth.definition, growth.to) - paperGain(growth.definition, growth.from)),
          growthAsPlanned(growth, gainAt(growth)),
        ),
      ),
  ];
}

/**
 * The interval whose sign is the verdict on growth, as planned before the trainings (data/whole-cifar10.md): it agrees where the gain at
 * the higher level and its growth both lie above 0, disagrees where that gain lies below 0, and is undecided else. Edges are there.
 */
export function growthAsPlanned(growth: Interval, gain: Interval): Interval {
  const [grows, loses] = [growth.lower! > 0, gain.upper! < 0];
  if (grows || loses) return gain;
  return { ...growth, lower: Math.min(growth.lower!, 0), upper: Math.max(growth.upper!, 0) };
}

/** Gain of LR in the paper's Fig. 7 at a level of noise, in points. */
function paperGain(definition: string, level: number): number {
  const row = paperNoise(noiseKind(definition)).find((each) => each.level === level)!;
  return row.with - row.without;
}
