// Findings of the ablation and of the sweep over δ, in sentences. Tests: test/studies/views.test.ts.
import { hasInterval } from '../../statistics/few.js';
import { pText } from '../../statistics/p-text.js';
import type { Tested } from '../../statistics/tested.js';
import { effectInBrief, effectSentence } from '../../statistics/wording.js';
import { SURROGATE_NAMES } from '../../surrogates/index.js';
import { type Ablation, PAPER_STRENGTH, testedOf } from './ablations.js';
import type { Contrast } from './contrasts.js';
import type { Effect } from './effects.js';
import type { MainNetwork } from './main-network.js';

/** Sentences about one network: effects with the paper's surrogate, contrasts, effects with the others. */
export function ablationFindings(ablation: Ablation): string[] {
  const { network, effects } = ablation;
  const rectangle = effects.filter(({ surrogate }) => surrogate === 'rectangle');
  return [
    ...rectangle.map((effect) =>
      tested(`${network}: test accuracy, ${effect.effect}, rectangle`, effect, effects, 'effects'),
    ),
    ...rectangle
      .filter(({ upper }) => upper !== null && upper < 0)
      .map((effect) => againstSentence(ablation, effect)),
    ...contrastSentences(ablation, 'test accuracy', 'main effect of SGS'),
    ...contrastSentences(ablation, 'test accuracy', 'main effect of LR'),
    ...contrastSentences(ablation, 'training minus test accuracy', 'LR without SGS'),
    ...contrastSentences(ablation, 'training minus test accuracy', 'LR with SGS'),
    ...SURROGATE_NAMES.filter((surrogate) => surrogate !== 'rectangle').flatMap((surrogate) => {
      const own = effects.filter((effect) => effect.surrogate === surrogate);
      if (own.length === 0) return [];
      return [`${network}, ${surrogate}: test accuracy, ${own.map(inBrief).join('; ')}.`];
    }),
  ];
}

/** Sentences about the strength of SGS: accuracy at each δ above the paper's, and the change of the gradient. */
export const strengthFindings = ({ network, byDelta, changes, atPaper }: MainNetwork): string[] => [
  ...byDelta.flatMap(({ delta, effect }) =>
    delta > PAPER_STRENGTH && effect !== null
      ? [effectSentence(`${network}: test accuracy, SGS δ = ${delta} against 0, β = 0.0001`, effect)]
      : [],
  ),
  ...(atPaper
    ? [
        `At the paper's δ = 0.0001 the gradient changes by a relative ${atPaper.measured.toExponential(1)}, at δ = 1 by ${(changes.find(({ delta }) => delta === 1)?.measured ?? NaN).toFixed(2)}.`,
      ]
    : []),
];

const contrastOf = (
  { contrasts }: Ablation,
  measure: string,
  contrast: string,
): (Contrast & Tested) | undefined =>
  contrasts.find(
    (row) => row.surrogate === 'rectangle' && row.measure === measure && row.contrast === contrast,
  );

function contrastSentences(ablation: Ablation, measure: string, contrast: string): string[] {
  const row = contrastOf(ablation, measure, contrast);
  if (row === undefined) return [];
  const what = `${ablation.network}: ${measure}, ${contrast}, rectangle`;
  return [tested(what, row, ablation.contrasts, 'contrasts')];
}

/** An effect that lies on the side of zero that the paper does not have. */
function againstSentence(ablation: Ablation, { of, effect, p, pHolm }: Effect & Tested): string {
  const other = `${/\((no LR|plain)\)/.test(effect) ? 'without' : 'with'} ${of === 'SGS' ? 'LR' : 'SGS'}`;
  const validation = contrastOf(ablation, 'validation accuracy', `${of} ${other}`);
  const interaction = contrastOf(ablation, 'test accuracy', 'interaction: SGS with LR minus SGS without');
  const held = validation ? ` On the validation images the same effect is ${effectInBrief(validation)}.` : '';
  const together =
    of === 'SGS' && interaction && hasInterval(interaction)
      ? ` Whether SGS does this only together with LR is ${interaction.lower <= 0 && interaction.upper >= 0 ? 'open' : 'decided'}: the interaction is ${effectInBrief(interaction)}.`
      : '';
  return `${ablation.network}: ${effect} lies below 0 where the paper says higher: ${pText(p!)}, corrected for the ${testedOf(ablation.effects)} effects of the table ${pText(pHolm!)}.${held}${together} All of this is over seeds, on one subset of training images.`;
}

/** An effect in a sentence, with its p beside that of all that stand in its table. */
function tested(
  what: string,
  effect: (Effect | Contrast) & Tested,
  all: readonly Pick<Tested, 'p'>[],
  name: 'effects' | 'contrasts',
): string {
  const { p, pHolm } = effect;
  const corrected =
    p === null || pHolm === null
      ? ''
      : ` (${pText(p)}, corrected for ${testedOf(all)} ${name} ${pText(pHolm)})`;
  return `${effectSentence(what, effect)}${corrected}`;
}

const inBrief = (effect: Effect & Tested): string => {
  const corrected = effect.pHolm === null ? '' : ` (n = ${effect.n}, corrected ${pText(effect.pHolm)})`;
  return `${effect.effect} ${effectInBrief(effect)}${corrected}`;
};
