// The comparison: every published number has a source, and ours say their setting.
import test from 'ava';
import { readPaper } from '../../../src/figures/paper.js';
import { ourRows, publishedRows } from '../../../src/studies/comparison/rows.js';
import type { ExperimentInput } from '../../../src/experiment/experiment.js';
import { rounded } from '../../helpers/drawn.js';
import { sampleRows, sampleRun } from '../../helpers/records.js';

test('every published accuracy has a method, a known kind, a source and lies between chance and 100 %', (t) => {
  const rows = readPaper('comparison').objects() as Record<string, string | number | null>[];
  t.true(rows.length > 80);
  for (const row of rows) {
    t.truthy(row.method && row.source, JSON.stringify(row));
    t.true(['direct', 'hybrid', 'conversion', 'ANN', 'paper'].includes(String(row.kind)), String(row.kind));
    t.true(Number(row.accuracy) > 30 && Number(row.accuracy) < 100, JSON.stringify(row));
    t.true(['yes', 'no'].includes(String(row.checked)), JSON.stringify(row));
    t.true(row.steps === null || Number(row.steps) >= 1);
  }
  const keys = rows.map(({ dataset, method, architecture, steps, note }) =>
    JSON.stringify([dataset, method, architecture, steps, note]),
  );
  t.is(new Set(keys).size, rows.length, 'no row twice');
});

test('publishedRows: those of the data set, best first', (t) => {
  const rows = publishedRows('cifar10-dvs');
  const [best] = (readPaper('comparison').objects() as Record<string, number>[])
    .filter(({ dataset }) => (dataset as unknown) === 'cifar10-dvs')
    .sort((a, b) => b.accuracy - a.accuracy);
  const { dataset: _, ...published } = best;
  t.deepEqual(rows[0] as object, { ...published, sd: null, n: null, runs: [] });
  t.is(rows[0].accuracy, 83.17);
  t.deepEqual(
    rows.map(({ accuracy }) => accuracy),
    rows.map(({ accuracy }) => accuracy).sort((a, b) => b - a),
  );
});

test('ourRows: seeds of one setting are one row with their mean; other data and unfinished runs are left out', (t) => {
  const settings = (seed: number, delta = 0) => ({
    data: { name: 'cifar10' as const },
    seed,
    neuron: { delta },
  });
  const runs = [
    ...[0, 1, 2].map((seed) => sampleRun({ settings: settings(seed) })),
    sampleRun({ settings: settings(0, 1) }),
    sampleRun({ settings: { ...settings(0), batchNorm: { kind: 'tebn' } } }), // another method
    sampleRun({ settings: { data: { name: 'shapes10' } } }),
    sampleRun({ settings: settings(5), status: 'interrupted', stop: { step: 1 } }),
  ];
  const rows = ourRows(runs, 'cifar10');
  t.deepEqual(
    rows.map(({ n, method }) => [n, method]),
    [
      [3, 'ours, 100 images: δ = 0, β = 0.0001'],
      // δ = 1 belongs to the sweep's notebook
    ],
  );
  t.is(rows[0].runs.length, 3);
  t.regex(rows[0].source, /100 training images, 3 epochs/);
  t.deepEqual(ourRows(runs, 'cifar100'), []);
});

test('ourRows: every cell, mean and standard deviation in % over seeds; the ANN twin has no T', (t) => {
  const run = (accuracy: number, seed: number, twin?: 'ann') => {
    const rows = sampleRows(2, false);
    rows[1].testAccuracy = accuracy / 100;
    const network = { architecture: 'convNet', width: 0.5, ...(twin && { twin }) } as const;
    return sampleRun({ settings: { data: { name: 'cifar10' }, epochs: 2, seed, network }, rows });
  };
  const runs = [...[50, 52, 57].map((accuracy, seed) => run(accuracy, seed)), run(70, 0, 'ann')];
  const shared = {
    method: 'ours, 100 images: δ = 0.0001, β = 0.0001',
    source: '100 training images, 2 epochs, rectangle, engine tfjs',
    checked: null,
    note: 'smaller than the published settings',
  };
  t.deepEqual(
    ourRows(runs, 'cifar10').map((row) => ({ ...row, accuracy: rounded(row.accuracy), sd: rounded(row.sd) })),
    [
      {
        ...shared,
        ...{ architecture: 'convNet × 0.5', kind: 'ours', steps: 2, n: 3 },
        ...{ accuracy: 53, sd: rounded(Math.sqrt(13)), runs: runs.slice(0, 3).map(({ id }) => id) },
      },
      {
        ...shared,
        ...{ architecture: 'convNet × 0.5 (ANN)', kind: 'ANN, ours', steps: null, n: 1 },
        ...{ accuracy: 70, sd: null, runs: [runs[3].id] },
      },
    ],
  );
});

test('ourRows: the setting nearest to the paper’s comes first, whatever its accuracy', (t) => {
  const run = (accuracy: number, settings: ExperimentInput, train = 100) => {
    const rows = sampleRows(2, false);
    rows[1].testAccuracy = accuracy;
    const record = sampleRun({ settings: { data: { name: 'cifar10' }, ...settings }, rows });
    const { split } = record.data;
    return { ...record, data: { ...record.data, split: { ...split, train } } };
  };
  const narrow = { architecture: 'resnet19', width: 0.25 } as const;
  const both = { neuron: { delta: 1e-4 }, lipschitz: { beta: 1e-4 } };
  const rows = ourRows(
    [
      run(0.9, { network: { architecture: 'convNet' }, ...both }),
      run(0.8, { network: narrow, neuron: { delta: 0 } }),
      run(0.7, { network: narrow, ...both, steps: 4 }),
      ...[0, 1, 2].map((seed) => run(0.5, { network: narrow, ...both, seed })),
      run(0.4, { network: narrow, ...both, epochs: 4 }, 500), // one seed, but more images
      run(0.3, { network: narrow, ...both, epochs: 2 }, 500),
    ],
    'cifar10',
  );
  t.deepEqual(
    rows.map(({ accuracy, steps }) => [Math.round(accuracy), steps]),
    [
      [40, 2],
      [30, 2],
      [50, 2],
      [70, 4],
      [80, 2],
      [90, 2],
    ],
  );
});
