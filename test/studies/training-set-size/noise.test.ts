// The gain of LR under noise at each number of training images.
import test from 'ava';
import type { EvaluationRecord } from '../../../src/records/record.js';
import { gainGrowth, sizedGainFigure, sizedGains } from '../../../src/studies/training-set-size/noise.js';
import type { TrainingSize } from '../../../src/studies/training-set-size/sizes.js';
import { drawn, rounded } from '../../helpers/drawn.js';
import { evaluationOf } from '../../helpers/records.js';
import { FEWER, madeSize, MORE } from '../../helpers/training-sizes.js';
import { isAsKept } from '../../helpers/whole-figure.js';

const PIXELS = 'salt-pepper-pixels';

/** LR adds `gain`, `gain` + 1, `gain` + 2 points by seed at level 0.1 where SGS is on. */
const noisy =
  (gain: number, definitions: readonly string[]) =>
  (runs: TrainingSize['runs']): EvaluationRecord[] =>
    runs
      .filter(({ experiment: { neuron } }) => neuron.delta !== 0)
      .flatMap((run) =>
        definitions.map((definition) => {
          const { seed, lipschitz } = run.experiment;
          const accuracy = (30 + (lipschitz.beta > 0 ? gain + seed : 0)) / 100;
          return evaluationOf(run, 'noise', [{ level: 0.1, accuracy }], { definition });
        }),
      );

const sizes = [
  madeSize(9000, FEWER, noisy(3, [PIXELS, 'gaussian-pixel-sigma'])),
  madeSize(45_000, MORE, noisy(-1, [PIXELS])),
];

test('sizedGains: paired by seed at each size, under definitions that every size was tested with', (t) => {
  t.deepEqual(
    sizedGains(sizes).map(({ images, definition, level, n, mean, sd }) => [
      ...[images, definition, level, n],
      ...(rounded([mean, sd]) as number[]),
    ]),
    [
      [9000, PIXELS, 0.1, 3, 4, 1],
      [45_000, PIXELS, 0.1, 3, 0, 1],
    ],
  );
  t.deepEqual(sizedGains([{ ...sizes[0], evaluations: [] }, sizes[1]]), []);
});

test('sizedGains: of two seeds no interval is given', (t) => {
  const two = sizes.map((size) => ({
    ...size,
    runs: size.runs.filter(({ experiment }) => experiment.seed < 2),
  }));
  t.deepEqual(
    sizedGains(two).map(({ n, lower, upper }) => [n, lower, upper]),
    [
      [2, null, null],
      [2, null, null],
    ],
  );
  t.true(sizedGains(sizes).every(({ lower }) => lower !== null));
});

test('gainGrowth: the gain at the second level minus that at the first, within seeds that have both', (t) => {
  // LR adds nothing at level 0.02, and 3, 4, 5 points at level 0.1 by seed.
  const low = (runs: TrainingSize['runs']): EvaluationRecord[] =>
    noisy(3, [PIXELS])(runs).map((record) => ({
      ...record,
      results: [{ level: 0.02, accuracy: 0.3 }, ...record.results],
    }));
  const [grown] = gainGrowth([madeSize(45_000, MORE, low)], 0.02, 0.1);
  t.like(grown, { images: 45_000, definition: PIXELS, beta: 1e-4, from: 0.02, to: 0.1, n: 3 });
  t.deepEqual(rounded([grown.mean, grown.sd]), [4, 1]);
  t.deepEqual(gainGrowth(sizes, 0.02, 0.1), []);
});

test('sizedGainFigure: a panel a definition, each size with its interval, the paper last', (t) => {
  const figure = sizedGainFigure(sizes, sizedGains(sizes));
  isAsKept(t, 'training-set-size/noise', figure);
  t.deepEqual(
    drawn(figure)
      .filter(({ band }) => !band)
      .map(({ name, y }) => [name, name!.includes('paper') ? (y as number[]).length : rounded(y)]),
    [
      ['9,000 images', [4]],
      ['45,000 images', [0]],
      ['the paper, Fig. 7', 10],
    ],
  );
});
