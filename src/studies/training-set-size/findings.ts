// Findings in sentences: accuracy, effects at the largest training set and how they changed. Tests: test/studies/views.test.ts.
import { noiseTitle } from '../../data/images/noise-definitions.js';
import { pText } from '../../statistics/p-text.js';
import { effectSentence } from '../../statistics/wording.js';
import type { AccuracyRow } from './accuracy.js';
import type { Judged } from './claims.js';
import type { EffectChange } from './effects.js';

const thousands = (images: number): string => images.toLocaleString('en-US');

/** Sentences: both methods on the largest training set first, then each effect, what more images changed, noise, accuracy. */
export function sizeFindings(
  { sizes, effects, contrasts, gains, growths }: Judged,
  rows: readonly AccuracyRow[],
  changes: readonly EffectChange[],
): string[] {
  if (sizes.length === 0) return [];
  const { images } = sizes[sizes.length - 1];
  const here = `${thousands(images)} images`;
  const highest = Math.max(...gains.map(({ level }) => level));
  return [
    ...contrasts
      .filter(
        ({ images: of, measure, contrast }) =>
          of === images &&
          (measure === 'test accuracy' ||
            (measure === 'training minus test accuracy' && contrast.startsWith('LR'))),
      )
      .map((row) => effectSentence(`${here}: ${row.measure}, ${row.contrast}`, row)),
    ...effects
      .filter((effect) => effect.images === images)
      .map((effect) => {
        const corrected =
          effect.p === null || effect.pHolm === null
            ? ''
            : ` (${pText(effect.p)}, corrected for the ${effects.filter(({ p }) => p !== null).length} effects shown ${pText(effect.pHolm)})`;
        return `${effectSentence(`${here}: test accuracy, ${effect.effect}`, effect)}${corrected}`;
      }),
    ...changes.map((change) =>
      effectSentence(
        `${change.effect}: effect with ${thousands(change.to)} images minus that with ${thousands(change.from)}`,
        change,
      ),
    ),
    ...gains
      .filter(({ images: of, level }) => of === images && level === highest)
      .map((gain) =>
        effectSentence(
          `${here}, ${noiseTitle(gain.definition)}, level ${gain.level}: accuracy with LR minus without`,
          gain,
        ),
      ),
    ...growths
      .filter(({ images: of }) => of === images)
      .map((growth) =>
        effectSentence(
          `${here}, ${noiseTitle(growth.definition)}: gain of LR at level ${growth.to} minus that at ${growth.from}`,
          growth,
        ),
      ),
    ...sizes.map((size) => {
      const own = rows.filter((row) => row.images === size.images);
      const [least, most] = [Math.min, Math.max].map((of) => of(...own.map(({ last }) => last)).toFixed(2));
      const [chosen, optimism] = [own.map(({ last }) => last), own.map(({ bestTest }) => bestTest)];
      const gained = optimism.reduce((sum, best, i) => sum + best - chosen[i], 0) / own.length;
      return `${size.network}, ${size.title}: the means of the ${own.length} cells lie between ${least} and ${most} %; choosing the best epoch by the test images would add ${gained.toFixed(2)} points.`;
    }),
  ];
}
