import test from 'ava';
import { networkLabel } from '../../src/network/architectures.js';
import { compareRuns, flatten, summariseEvaluations, summariseRuns } from '../../src/statistics/summary.js';
import { sampleEvaluation, sampleRows, sampleRun } from '../helpers/records.js';

test('summariseRuns: one row a run with the headline, the best beside it', (t) => {
  const done = sampleRun({
    settings: { name: '__proto__', network: { architecture: 'resnet19', width: 0.25 } },
  });
  const failed = sampleRun({ settings: { seed: 1 }, status: 'failed', rows: [] });
  t.deepEqual(summariseRuns([done, sampleEvaluation(), failed]), [
    {
      id: done.id,
      name: '__proto__',
      status: 'done',
      epochs: '3/3',
      data: 'shapes10',
      network: 'resnet19 × 0.25',
      steps: 2,
      seed: 2022,
      testAccuracy: 0.52,
      bestTestAccuracy: 0.52,
      validationAccuracy: 0.26,
      seconds: 38.25,
    },
    {
      id: failed.id,
      name: 'sample',
      status: 'failed',
      epochs: '0/3',
      data: 'shapes10',
      network: 'convNet',
      steps: 2,
      seed: 1,
      testAccuracy: null,
      bestTestAccuracy: null,
      validationAccuracy: null,
      seconds: 38.25,
    },
  ]);
});

test('summariseRuns: the best epoch of the test part is not the last', (t) => {
  const rows = sampleRows(3, true);
  [0.6, 0.7, 0.65].forEach((testAccuracy, i) =>
    Object.assign(rows[i], { testAccuracy, validationAccuracy: 0.1 * i }),
  );
  const [{ testAccuracy, bestTestAccuracy, validationAccuracy }] = summariseRuns([sampleRun({ rows })]);
  t.deepEqual([testAccuracy, bestTestAccuracy, validationAccuracy], [0.65, 0.7, 0.2]);
});

test('networkLabel: nets that differ in width, convolutions or kind of neuron have different names', (t) => {
  const labels = [
    networkLabel({ architecture: 'convNet' }),
    networkLabel({ architecture: 'convNet', width: 0.5, convolutions: 3 }),
    networkLabel({ architecture: 'convNet', width: 0.5, convolutions: 5 }),
    networkLabel({ architecture: 'convNet', convolutions: 1, twin: 'ann' }),
    networkLabel({ architecture: 'resnet19', width: 1 }),
  ];
  t.deepEqual(labels, ['convNet', 'convNet × 0.5', 'convNet-5 × 0.5', 'convNet-1 (ANN)', 'resnet19']);
});

test('summariseEvaluations: one row an evaluation', (t) => {
  const record = sampleEvaluation();
  t.deepEqual(summariseEvaluations([sampleRun(), record]), [
    { id: record.id, of: record.of, kind: 'noise', rows: 2, seconds: 1.5 },
  ]);
});

test('compareRuns: shows what differs and nothing else, and every result', (t) => {
  const a = sampleRun({ settings: { name: 'a' } });
  const b = sampleRun({
    settings: { name: 'b', neuron: { delta: 0 }, network: { architecture: 'convNet', width: 2 } },
    weights: 1,
  });
  const { differences, results } = compareRuns([a, b]);
  t.deepEqual(differences, [
    { field: 'name', [a.id]: 'a', [b.id]: 'b' },
    { field: 'neuron.delta', [a.id]: 1e-4, [b.id]: 0 },
    { field: 'network.width', [a.id]: null, [b.id]: 2 },
  ]);
  t.deepEqual(results[0], { field: 'status', [a.id]: 'done', [b.id]: 'done' });
  t.truthy(results.find(({ field }) => field === 'weightsDigest'));
  t.deepEqual(compareRuns([a, a]).differences, []);
});

test('flatten: the terms of a loss have paths by which a sweep sets them', (t) => {
  t.deepEqual(
    [...flatten({ loss: [{ kind: 'mean' }, { kind: 'spikeRate', weight: 2 }] })],
    [
      ['loss.0.kind', 'mean'],
      ['loss.1.kind', 'spikeRate'],
      ['loss.1.weight', 2],
    ],
  );
});

test('flatten: lists of plain values are one text, lists with objects their length, what is undefined is left out', (t) => {
  t.deepEqual(
    [...flatten({ a: ['x', 1], b: [1, { c: 2 }], d: { e: null, f: undefined }, g: [] })],
    [
      ['a', 'x, 1'],
      ['b', '2 rows'],
      ['d.e', null],
      ['g', ''],
    ],
  );
});
