// Accuracy under noise as rows: by run, over seeds, and what LR gains, networks apart.
import test from 'ava';
import type { ExperimentInput } from '../../../src/experiment/experiment.js';
import type { EvaluationRecord, RunRecord } from '../../../src/records/record.js';
import {
  noiseGains,
  noisePoints,
  noiseRows,
  noiseSetting,
} from '../../../src/studies/noise-robustness/points.js';
import { rounded } from '../../helpers/drawn.js';
import { evaluationOf, sampleRun } from '../../helpers/records.js';

const run = (seed: number, beta: number, more: ExperimentInput = {}): RunRecord =>
  sampleRun({ settings: { ...more, seed, lipschitz: { beta } } });

/** Accuracies in % at levels 0 and 0.1. */
const noisy = (
  of: RunRecord,
  clean: number,
  at: number,
  definition = 'gaussian-pixel-sigma',
): EvaluationRecord =>
  evaluationOf(
    of,
    'noise',
    [
      { level: 0, accuracy: clean / 100 },
      { level: 0.1, accuracy: at / 100 },
    ],
    { definition },
  );

const runs = [run(0, 0), run(1, 0), run(2, 0), run(0, 1e-4), run(1, 1e-4), run(3, 1e-4)];
const records = [
  noisy(runs[0], 50, 20),
  noisy(runs[1], 52, 22),
  noisy(runs[2], 57, 30),
  noisy(runs[3], 53, 30),
  noisy(runs[4], 59, 36),
  noisy(runs[5], 80, 70), // no run without LR has its seed
];

test('noiseRows: cell by cell, in order of definition, β, level and seed; other evaluations and unknown runs are left out', (t) => {
  const rows = noiseRows(
    [runs[3], runs[0]],
    [records[3], evaluationOf(runs[0], 'energy', []), records[0], records[1]],
  );
  const shared = { network: 'convNet', definition: 'gaussian-pixel-sigma' };
  const of = (at: number) => ({
    trainedOn: '100 shapes10 training images',
    run: runs[at].id,
    evaluation: records[at].id,
  });
  t.deepEqual(
    rows.map((row) => ({ ...row, accuracy: rounded(row.accuracy) })),
    [
      { ...shared, beta: 0, level: 0, seed: 0, accuracy: 50, ...of(0) },
      { ...shared, beta: 0, level: 0.1, seed: 0, accuracy: 20, ...of(0) },
      { ...shared, beta: 1e-4, level: 0, seed: 0, accuracy: 53, ...of(3) },
      { ...shared, beta: 1e-4, level: 0.1, seed: 0, accuracy: 30, ...of(3) },
    ],
  );
});

test('noisePoints: mean and standard deviation over seeds at each level; one seed has no spread', (t) => {
  const cells = noisePoints(noiseRows(runs, records)).map(({ beta, level, n, mean, sd }) =>
    rounded([beta, level, n, mean, sd]),
  );
  // 50, 52, 57: mean 53, squares 9 + 1 + 16 = 26 over 2; 20, 22, 30: mean 24, squares 16 + 4 + 36 = 56 over 2.
  t.deepEqual(cells.slice(0, 2), [
    rounded([0, 0, 3, 53, Math.sqrt(13)]),
    rounded([0, 0.1, 3, 24, Math.sqrt(28)]),
  ]);
  t.deepEqual(rounded(cells[2]), rounded([1e-4, 0, 3, 64, Math.sqrt((121 + 25 + 256) / 2)]));
  const [one] = noisePoints(noiseRows([runs[0]], [records[0]]));
  t.deepEqual(
    [one.n, one.sd, one.runs, one.trainedOn],
    [1, null, [runs[0].id], '100 shapes10 training images'],
  );
});

test('noiseGains: with LR minus without, paired by seed, with the interval of the pairs', (t) => {
  const gains = noiseGains(noiseRows(runs, records));
  // Seeds 0 and 1: 3 and 7 at level 0 (mean 5, sd √8), 10 and 14 at level 0.1; t(0.975, 1) = 12.7062, half width 12.7062·√8/√2.
  t.deepEqual(
    gains.map(({ level, beta, n, mean, sd, lower, upper }) =>
      rounded([level, beta, n, mean, sd, Number(lower!.toFixed(3)), Number(upper!.toFixed(3))]),
    ),
    [
      rounded([0, 1e-4, 2, 5, Math.sqrt(8), -20.412, 30.412]),
      rounded([0.1, 1e-4, 2, 12, Math.sqrt(8), -13.412, 37.412]),
    ],
  );
});

test('networks are not mixed: each has its own points and gains', (t) => {
  const networks = [{ architecture: 'convNet' }, { architecture: 'resnet19', width: 0.25 }] as const;
  const two = networks.flatMap((network) => [run(0, 0, { network }), run(0, 1e-4, { network })]);
  const rows = noiseRows(
    two,
    two.map((of, i) => noisy(of, [50, 60, 70, 75][i], [25, 30, 35, 37.5][i])),
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
  t.is(noiseSetting(points.slice(0, 4)), 'convNet, 100 shapes10 training images');
  t.is(
    noiseSetting(points),
    'convNet, 100 shapes10 training images; resnet19 × 0.25, 100 shapes10 training images',
  );
});
