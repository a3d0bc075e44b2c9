// Claims and sentences about the largest training set.
import test from 'ava';
import { accuracyRows } from '../../../src/studies/training-set-size/accuracy.js';
import { sizeClaims } from '../../../src/studies/training-set-size/claims.js';
import {
  effectChanges,
  sizedContrasts,
  sizedEffects,
} from '../../../src/studies/training-set-size/effects.js';
import { sizeFindings } from '../../../src/studies/training-set-size/findings.js';
import { sizedGains } from '../../../src/studies/training-set-size/noise.js';
import type { TrainingSize } from '../../../src/studies/training-set-size/sizes.js';
import { madeSizes } from '../../helpers/training-sizes.js';

const judgedOf = (sizes: readonly TrainingSize[]) => ({
  sizes,
  effects: sizedEffects(sizes),
  contrasts: sizedContrasts(sizes),
  gains: sizedGains(sizes),
});

test('sizeClaims: SGS, then LR, then the gap, on the largest number of images only; none with one number', (t) => {
  const claims = sizeClaims(judgedOf(madeSizes()));
  t.deepEqual(
    claims.map(({ claim, ours }) => [claim.slice(0, claim.indexOf(':')), ours]),
    [
      ['SGS raises accuracy', '+2.00 points [−2.30, 6.30]'],
      ['SGS raises accuracy', '+0.00 points [0.00, 0.00]'],
      ['LR raises accuracy', '+2.00 points [2.00, 2.00]'],
      ['LR raises accuracy', '+0.00 points [−4.30, 4.30]'],
      ['LR (β = 0.0001) improves generalisation', '−0.00 points [−4.30, 4.30]'],
    ],
  );
  for (const { claim } of claims) t.regex(claim, /45,000 images$/);
  t.regex(claims[2].verdict, /^different setting: trend agrees/);
  t.deepEqual(sizeClaims(judgedOf(madeSizes().slice(1))), []);
});

test('sizeFindings: both methods on the largest size first, their change, at the end what each size reaches', (t) => {
  const sizes = madeSizes();
  const judged = judgedOf(sizes);
  const said = sizeFindings(judged, accuracyRows(sizes), effectChanges(sizes, judged.effects));
  t.regex(said[0], /^45,000 images: test accuracy, main effect of SGS: \+1\.00 points/);
  // Two runs, 50 and 51 %, were at 52 % an epoch before: 3 points over twelve runs.
  t.is(
    said.at(-2),
    'convNet, 9,000 images: the means of the four cells lie between 53.00 and 63.00 %; choosing the best epoch by the test images would add 0.25 points.',
  );
  t.true(
    said.some((line) =>
      line.startsWith('45,000 images: test accuracy, SGS δ = 0.0001 (no LR): +2.00 points'),
    ),
  );
  t.true(
    said.some((line) =>
      line.startsWith(
        'SGS δ = 0.0001 (no LR): effect with 45,000 images minus that with 9,000: −1.00 points',
      ),
    ),
  );
  t.deepEqual(sizeFindings(judgedOf([]), [], []), []);
});
