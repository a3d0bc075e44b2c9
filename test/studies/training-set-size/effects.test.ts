// Effects at each number of training images, and how they change: signs, pairs, intervals, places in the figure.
import test from 'ava';
import {
  effectChanges,
  sizedContrasts,
  sizedEffectFigure,
  sizedEffects,
} from '../../../src/studies/training-set-size/effects.js';
import { axisTitles, drawn, notes, rounded } from '../../helpers/drawn.js';
import { madeSizes } from '../../helpers/training-sizes.js';
import { isAsKept } from '../../helpers/whole-figure.js';

const sizes = madeSizes();
const effects = sizedEffects(sizes);

test('sizedEffects: each effect at each number of images, p corrected over all of them together', (t) => {
  t.deepEqual(
    effects.map(({ images, effect, mean }) => [images, effect, rounded(mean)]),
    [
      [9000, 'LR β = 0.0001 (plain)', 10],
      [9000, 'SGS δ = 0.0001 (no LR)', 3],
      [9000, 'SGS δ = 0.0001 (β = 0.0001)', -4],
      [9000, 'LR β = 0.0001 (δ = 0.0001)', 3],
      [45_000, 'LR β = 0.0001 (plain)', 2],
      [45_000, 'SGS δ = 0.0001 (no LR)', 2],
      [45_000, 'SGS δ = 0.0001 (β = 0.0001)', 0],
      [45_000, 'LR β = 0.0001 (δ = 0.0001)', 0],
    ],
  );
  // 1, 1, 4: mean 2, sd √3; t = 2 with two degrees of freedom: p = 1 − 2/√6. Holm counts all that stand beside it.
  const [, , , , , sgs] = effects;
  t.true(Math.abs(sgs.p! - (1 - 2 / Math.sqrt(6))) < 1e-8);
  t.true(sgs.pHolm! >= 4 * sgs.p! || sgs.pHolm === 1);
});

test('effectChanges: the later effect minus the earlier one, seed by seed', (t) => {
  // SGS without LR: (1, 1, 4) − (1, 2, 6) = 0, −1, −2: mean −1, sd 1; t(0.975, 2) = 4.30265, half width 2.484.
  const changes = effectChanges(sizes, effects);
  t.deepEqual(
    changes.map(({ effect, from, to, n, mean }) => [effect, from, to, n, rounded(mean)]),
    [
      ['LR β = 0.0001 (plain)', 9000, 45_000, 3, -8],
      ['SGS δ = 0.0001 (no LR)', 9000, 45_000, 3, -1],
      ['SGS δ = 0.0001 (β = 0.0001)', 9000, 45_000, 3, 4],
      ['LR β = 0.0001 (δ = 0.0001)', 9000, 45_000, 3, -3],
    ],
  );
  t.deepEqual(
    [changes[1].sd, changes[1].lower, changes[1].upper].map((value) => Number(value!.toFixed(3))),
    [1, -3.484, 1.484],
  );
  t.deepEqual(effectChanges([sizes[1]], effects), []);
});

test('effectChanges: only seeds that both sizes have', (t) => {
  const [fewer, more] = madeSizes();
  const first = {
    ...fewer,
    runs: fewer.runs.filter(({ experiment }) => experiment.seed < 2),
  };
  const sgs = effectChanges([first, more], effects).find(({ effect }) =>
    effect.startsWith('SGS δ = 0.0001 (no'),
  )!;
  t.is(sgs.n, 2);
  t.is(rounded(sgs.mean), -0.5);
  t.deepEqual([sgs.lower, sgs.upper], [null, null]);
});

test('sizedContrasts: main effects and other measures of each size, single effects on test accuracy not repeated', (t) => {
  const contrasts = sizedContrasts(sizes);
  t.deepEqual(
    contrasts
      .filter(({ measure }) => measure === 'test accuracy')
      .map(({ images, contrast, mean }) => [images, contrast, rounded(mean)]),
    [
      [9000, 'main effect of SGS', -0.5],
      [9000, 'main effect of LR', 6.5],
      [9000, 'interaction: SGS with LR minus SGS without', -7],
      [45_000, 'main effect of SGS', 1],
      [45_000, 'main effect of LR', 1],
      [45_000, 'interaction: SGS with LR minus SGS without', -2],
    ],
  );
  t.true(contrasts.some(({ measure }) => measure === 'training minus test accuracy'));
});

test('sizedEffectFigure: one mark a size above the other at each effect, with half the length of its interval', (t) => {
  const figure = sizedEffectFigure(sizes, effects);
  isAsKept(t, 'training-set-size/effects', figure);
  const [fewer, more] = drawn(figure);
  t.is(fewer.name, '9,000 images, 95 % interval');
  t.deepEqual(rounded(fewer.x), [10, 3, -4, 3]);
  t.deepEqual(rounded(more.x), [2, 2, 0, 0]);
  // Four effects, the first uppermost at 3; the smaller size 0.11 above, the larger 0.11 below.
  t.deepEqual(rounded(fewer.y), [3.11, 2.11, 1.11, 0.11]);
  t.deepEqual(rounded(more.y), [2.89, 1.89, 0.89, -0.11]);
  t.deepEqual(
    (more.errorX as number[]).map((value) => Number(value.toFixed(3))),
    [0, 4.303, 0, 4.303],
  );
  t.deepEqual(axisTitles(figure), { xaxis: 'effect on test accuracy (points)', yaxis: 'effect' });
  t.deepEqual(notes(figure), ['convNet, 9,000 and 45,000 shapes10 training images']);
});
