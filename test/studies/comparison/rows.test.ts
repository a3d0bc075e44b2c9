// The comparison: every published number has a source, and ours say their setting.
import test from 'ava';
import { readPaper } from '../../../src/figures/paper.js';
import { comparisonFigure } from '../../../src/studies/comparison/figure.js';
import { ourRows, publishedRows } from '../../../src/studies/comparison/rows.js';
import type { ExperimentInput } from '../../../src/experiment/experiment.js';
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

test('ourRows: the setting nearest to the paper’s comes first, whatever its accuracy', (t) => {
  const run = (accuracy: number, settings: ExperimentInput) => {
    const rows = sampleRows(2, false);
    rows[1].testAccuracy = accuracy;
    return sampleRun({ settings: { data: { name: 'cifar10' }, ...settings }, rows });
  };
  const narrow = { architecture: 'resnet19', width: 0.25 } as const;
  const both = { neuron: { delta: 1e-4 }, lipschitz: { beta: 1e-4 } };
  const rows = ourRows(
    [
      run(0.9, { network: { architecture: 'convNet' }, ...both }),
      run(0.8, { network: narrow, neuron: { delta: 0 } }),
      run(0.7, { network: narrow, ...both, steps: 4 }),
      run(0.5, { network: narrow, ...both }),
    ],
    'cifar10',
  );
  t.deepEqual(
    rows.map(({ accuracy, steps }) => [Math.round(accuracy), steps]),
    [
      [50, 2],
      [70, 4],
      [80, 2],
      [90, 2],
    ],
  );
});

test('comparisonFigure: every row has a place of its own', (t) => {
  const rows = publishedRows('cifar10');
  const { data, layout } = comparisonFigure(rows, 'cifar10');
  const places = data.flatMap(({ y }) => y as string[]);
  t.is(places.length, rows.length);
  t.is(new Set(places).size, rows.length);
  t.is(
    places.filter((place) => place.includes('†')).length,
    rows.filter(({ checked }) => checked === 'no').length,
    'hearsay is marked',
  );
  t.regex(JSON.stringify(layout.yaxis), /†: by hearsay/);
  t.is((layout.yaxis as { categoryarray: string[] }).categoryarray.length, rows.length);
});
