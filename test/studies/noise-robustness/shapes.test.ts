// Which definition of noise falls off as the paper's curves do: shares of the accuracy above chance that are left.
import test from 'ava';
import { paperNoise } from '../../../src/studies/noise-robustness/accuracy.js';
import type { NoisePoint } from '../../../src/studies/noise-robustness/points.js';
import { keptCurves, noiseShapes } from '../../../src/studies/noise-robustness/shapes.js';
import { rounded } from '../../helpers/drawn.js';

/** Points of one definition with LR from its accuracies in % by level. */
const points = (definition: string, curve: [level: number, mean: number][], beta = 1e-4): NoisePoint[] =>
  curve.map(([level, mean]) => ({
    ...{ network: 'convNet', definition, beta, level, n: 2, mean, sd: 1, trainedOn: '', runs: ['run-1'] },
  }));

/** What the paper's network with LR keeps of the 94 − 10 points that it has above chance, in %. */
const PAPER = { gaussian: (93.32 - 10) / 0.84, gaussianLast: (85.3 - 10) / 0.84, salt: (77.09 - 10) / 0.84 };

test('keptCurves: accuracy above chance as a share of that without noise, ours and the paper’s with LR', (t) => {
  const own = points('gaussian-pixel-sigma', [
    [0.1, 30],
    [0, 50],
  ]);
  const { ours, paper } = keptCurves(own, { definition: 'gaussian-pixel-sigma', beta: 1e-4 });
  t.deepEqual(rounded(ours), [
    [0, 100],
    [0.1, 50], // (30 − 10)/(50 − 10)
  ]);
  t.deepEqual(
    rounded([paper[0], paper[9]]),
    rounded([
      [0.02, PAPER.gaussian],
      [0.1, PAPER.gaussianLast],
    ]),
  );
  const other = keptCurves(own, { definition: 'gaussian-pixel-sigma', beta: 1e-4 }, 0);
  t.deepEqual(rounded(other.ours[1]), [0.1, 60]);
  t.deepEqual(keptCurves(own.slice(0, 1), { definition: 'gaussian-pixel-sigma', beta: 1e-4 }).ours, []);
});

test('noiseShapes: a curve that keeps what the paper keeps has distance 0, however low it lies; the nearest stands first', (t) => {
  const same = points('salt-pepper-values', [
    [0, 50],
    ...paperNoise('salt-pepper').map((row): [number, number] => [
      row.level,
      10 + (40 * (row.with - 10)) / 84,
    ]),
  ]);
  const nothing = points('salt-pepper-pixels', [
    [0, 50],
    [0.02, 10],
    [0.1, 10],
  ]);
  const everything = points('gaussian-pixel-sigma', [
    [0, 50],
    [0.1, 50],
  ]);
  const shapes = noiseShapes([...nothing, ...same, ...everything]);
  t.deepEqual(
    shapes.map((shape) => [shape.definition, shape.kind, shape.beta, shape.n]),
    [
      ['gaussian-pixel-sigma', 'gaussian', 1e-4, 2],
      ['salt-pepper-values', 'salt-pepper', 1e-4, 2],
      ['salt-pepper-pixels', 'salt-pepper', 1e-4, 2],
    ],
  );
  const [all, equal, none] = shapes;
  t.deepEqual(rounded([equal.distance, equal.largest]), [0, 0]);
  t.deepEqual(rounded([all.keptAtSmallest, all.keptAtLargest]), [100, 100]);
  t.deepEqual(
    rounded([all.paperAtSmallest, all.paperAtLargest]),
    rounded([PAPER.gaussian, PAPER.gaussianLast]),
  );
  t.deepEqual(
    rounded([all.largest, none.keptAtSmallest, none.keptAtLargest]),
    rounded([100 - PAPER.gaussianLast, 0, 0]),
  );
  t.deepEqual(rounded(none.paperAtLargest), rounded(PAPER.salt));
  const squares = paperNoise('salt-pepper').map((row) => ((row.with - 10) / 0.84) ** 2);
  t.deepEqual(rounded(none.distance), rounded(Math.sqrt(squares.reduce((a, b) => a + b) / 10)));
});

test('noiseShapes: our levels are joined by lines where the paper has others; the largest β counts; without level 0 there is no shape', (t) => {
  const own = points('gaussian-pixel-sigma', [
    [0, 90],
    [0.02, 88],
    [0.1, 80],
  ]);
  // On the line 100 − 100·level/0.8 of what is left.
  const differences = paperNoise('gaussian').map(
    (row) => 100 - (100 * row.level) / 0.8 - (row.with - 10) / 0.84,
  );
  const [shape] = noiseShapes([
    ...points(
      'gaussian-pixel-sigma',
      [
        [0, 90],
        [0.1, 10],
      ],
      0,
    ),
    ...own,
  ]);
  t.is(shape.beta, 1e-4);
  t.deepEqual(
    rounded([shape.distance, shape.largest]),
    rounded([
      Math.sqrt(differences.reduce((sum, value) => sum + value ** 2, 0) / 10),
      Math.max(...differences.map(Math.abs)),
    ]),
  );
  t.deepEqual(noiseShapes(own.slice(1)), []);
});
