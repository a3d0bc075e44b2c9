// Accuracy under noise: what LR gains, and which definition falls off as the paper's curves do.
import test from 'ava';
import type { EvaluationRecord, RunRecord } from '../../src/records/record.js';
import { noiseFigure, noiseKind, paperNoise } from '../../src/studies/noise-robustness/accuracy.js';
import { gainFigure } from '../../src/studies/noise-robustness/gain.js';
import {
  noiseGains,
  noisePoints,
  noiseRows,
  noiseSetting,
} from '../../src/studies/noise-robustness/points.js';
import { shapeFigure } from '../../src/studies/noise-robustness/shape-figure.js';
import { keptCurves, noiseShapes } from '../../src/studies/noise-robustness/shapes.js';
import { sampleEvaluation, sampleRun } from '../helpers/records.js';

const run = (seed: number, beta: number): RunRecord => sampleRun({ settings: { seed, lipschitz: { beta } } });

/** Accuracy of a run under a definition: `clean` at level 0, else `at(level)`, in [0, 1]. */
const noisy = (
  of: RunRecord,
  definition: string,
  clean: number,
  at: (level: number) => number,
): EvaluationRecord => ({
  ...sampleEvaluation({ kind: 'energy' }),
  evaluation: { kind: 'noise', definition },
  of: of.id,
  id: `eval-${of.id}-${definition}`,
  results: [0, 0.02, 0.06, 0.1].map((level) => ({ level, accuracy: level === 0 ? clean : at(level) })),
});

test('gains are paired by seed; the figure has a panel each kind of noise and the paper in both', (t) => {
  const runs = [run(0, 0), run(1, 0), run(0, 1e-4), run(1, 1e-4)];
  const accuracy = [0.5, 0.6, 0.53, 0.65];
  const rows = noiseRows(
    runs,
    runs.map((of, i) => noisy(of, 'gaussian-pixel-sigma', accuracy[i], () => accuracy[i] / 2)),
  );
  t.is(rows[0].trainedOn, '100 shapes10 training images');
  const gains = noiseGains(rows);
  t.deepEqual(
    gains.map(({ level, n, mean }) => [level, n, Math.round(100 * mean) / 100]),
    [
      [0, 2, 4],
      [0.02, 2, 2],
      [0.06, 2, 2],
      [0.1, 2, 2],
    ],
  );
  const { data } = gainFigure(gains);
  const drawn = data.filter(({ fill }) => !fill);
  t.deepEqual(
    drawn.map(({ name, xaxis }) => [name, xaxis]),
    [
      ['gaussian-pixel-sigma', undefined],
      ['the paper, Fig. 7', undefined],
      ['the paper, Fig. 7', 'x2'],
    ],
  );
  t.deepEqual((drawn[1].y as number[]).at(-1), 5.33);
  t.deepEqual((drawn[2].y as number[]).at(-1), 11.15);
  const lines = noiseFigure(noisePoints(rows), 'gaussian-pixel-sigma').data.filter(({ fill }) => !fill);
  t.deepEqual(
    lines.map(({ name }) => name),
    ['ours, without LR', 'ours, LR β = 0.0001', 'paper, without LR', 'paper, with LR'],
  );
});

test('networks are not mixed: each has its own points and gains, and is named in its figures', (t) => {
  const networks = [{ architecture: 'convNet' }, { architecture: 'resnet19', width: 0.25 }] as const;
  const runs = networks.flatMap((network) =>
    [0, 1e-4].map((beta) => sampleRun({ settings: { network, seed: 0, lipschitz: { beta } } })),
  );
  const accuracy = [0.5, 0.6, 0.7, 0.75];
  const rows = noiseRows(
    runs,
    runs.map((of, i) => noisy(of, 'gaussian-pixel-sigma', accuracy[i], () => accuracy[i] / 2)),
  );
  const points = noisePoints(rows);
  t.deepEqual(
    points.filter(({ level }) => level === 0).map(({ network, beta, n, mean }) => [network, beta, n, mean]),
    [
      ['convNet', 0, 1, 50],
      ['convNet', 1e-4, 1, 60],
      ['resnet19 × 0.25', 0, 1, 70],
      ['resnet19 × 0.25', 1e-4, 1, 75],
    ],
  );
  t.deepEqual(
    noiseGains(rows)
      .filter(({ level }) => level === 0.1)
      .map(({ network, n, mean }) => [network, n, mean]),
    [
      ['convNet', 1, 5],
      ['resnet19 × 0.25', 1, 2.5],
    ],
  );
  const own = points.filter(({ network }) => network === 'convNet');
  t.is(noiseSetting(own), 'convNet, 100 shapes10 training images');
  t.regex(JSON.stringify(noiseFigure(own, 'gaussian-pixel-sigma').layout), /convNet, 100 shapes10/);
  t.regex(JSON.stringify(gainFigure(noiseGains(rows)).layout), /convNet, .*; resnet19 × 0.25, /);
});

test('shapes: a curve that keeps what the paper keeps has distance 0, however low it lies; the nearest stands first', (t) => {
  const of = run(0, 1e-4);
  const paper = paperNoise('salt-pepper');
  const keptBy = (level: number): number =>
    (paper.reduce((best, row) => (Math.abs(row.level - level) < Math.abs(best.level - level) ? row : best))
      .with -
      10) /
    (94 - 10);
  const levels = paper.map(({ level }) => level);
  const same: EvaluationRecord = {
    ...noisy(of, 'salt-pepper-values', 0.5, () => 0),
    results: [
      { level: 0, accuracy: 0.5 },
      ...levels.map((level) => ({ level, accuracy: 0.1 + 0.4 * keptBy(level) })),
    ],
  };
  const points = noisePoints(
    noiseRows(
      [of],
      [
        same,
        noisy(of, 'salt-pepper-pixels', 0.5, () => 0.1),
        noisy(of, 'gaussian-pixel-sigma', 0.5, () => 0.5),
      ],
    ),
  );
  const shapes = noiseShapes(points);
  t.deepEqual(
    shapes.map(({ definition, kind }) => [definition, kind]),
    [
      ['gaussian-pixel-sigma', 'gaussian'],
      ['salt-pepper-values', 'salt-pepper'],
      ['salt-pepper-pixels', 'salt-pepper'],
    ],
  );
  t.true(shapes[1].distance < 1e-9 && shapes[1].largest < 1e-9);
  t.is(shapes[0].keptAtLargest, 100);
  t.true(Math.abs(shapes[2].keptAtSmallest) < 1e-9 && shapes[2].distance > 75);
  t.true(Math.abs(shapes[1].paperAtLargest - (100 * (77.09 - 10)) / 84) < 1e-9);
  t.is(shapeFigure(points).data.length, 6);
});

test('shapes: our levels are joined by lines where the paper has others; without a clean accuracy there is no shape', (t) => {
  const of = run(0, 1e-4);
  const points = noisePoints(
    noiseRows([of], [noisy(of, 'gaussian-pixel-sigma', 0.9, (level) => 0.9 - level)]),
  );
  const { ours, paper } = keptCurves(points, { definition: 'gaussian-pixel-sigma', beta: 1e-4 });
  t.is(paper.length, 10);
  t.deepEqual(ours[0], [0, 100]);
  const expected = paper.map(([level, value]) => 100 - (100 * level) / 0.8 - value);
  const rms = Math.sqrt(expected.reduce((sum, value) => sum + value ** 2, 0) / 10);
  t.true(Math.abs(noiseShapes(points)[0].distance - rms) < 1e-9);
  t.true(Math.abs(noiseShapes(points)[0].largest - Math.max(...expected.map(Math.abs))) < 1e-9);
  t.deepEqual(noiseShapes(points.filter(({ level }) => level > 0)), []);
});

test('kinds of noise by the name of the definition', (t) => {
  t.is(noiseKind('gaussian-normalised-variance'), 'gaussian');
  t.is(noiseKind('salt-pepper-share'), 'salt-pepper');
});
