// Accuracies by setting: one row for what differs in its seed alone, and the machines that trained.
import test from 'ava';
import { accuracyRows, machineLines } from '../../src/report/accuracies.js';
import type { RunRecord } from '../../src/records/record.js';
import { sampleRun } from '../helpers/records.js';

const run = (settings: Parameters<typeof sampleRun>[0], testAccuracy: number): RunRecord => {
  const made = sampleRun(settings);
  return { ...made, outcome: { ...made.outcome, testAccuracy } };
};

test('accuracyRows: mean ± sd over seeds, one seed without a spread; other settings and other data stand apart', (t) => {
  const two = [1, 2].map((seed) => run({ settings: { seed, name: `seed ${seed}` } }, 0.4 + 0.02 * seed));
  const other = run({ settings: { seed: 1, epochs: 77 } }, 0.9);
  const elsewhere = { ...two[0], data: { ...two[0].data, fingerprint: 'e'.repeat(64) } };
  const rows = accuracyRows([other, ...two, elsewhere]);
  t.deepEqual(
    rows.map((row) => [row.epochs, row.seeds, row['test accuracy in %']]),
    [
      [two[0].experiment.epochs, 2, '43.00 ± 1.41'],
      [two[0].experiment.epochs, 1, '42.00'],
      [77, 1, '90.00'],
    ],
  );
  t.is(rows[0]['training examples'], two[0].data.split.train.toLocaleString('en-US'));
  t.deepEqual(accuracyRows([...two, other, elsewhere].reverse()), rows, 'whatever the order they come in');
});

test('accuracyRows: another neuron, norm or loss has a column, which is there only where one has', (t) => {
  const plain = run({ settings: { seed: 1 } }, 0.5);
  const other = run({ settings: { seed: 1, batchNorm: { kind: 'tebn' } } }, 0.6);
  const column = 'neuron, norm, loss';
  t.false(column in accuracyRows([plain])[0]);
  t.deepEqual(
    accuracyRows([plain, other])
      .map((row) => [row[column], row['test accuracy in %']])
      .sort(),
    [
      ['', '50.00'],
      ['batchNorm.kind = tebn', '60.00'],
    ],
  );
});

test('accuracyRows: a training that did not finish is left out', (t) => {
  const made = sampleRun();
  t.deepEqual(accuracyRows([{ ...made, outcome: { ...made.outcome, status: 'diverged' } }]), []);
});

test('machineLines: each machine and Node with its trainings, most first', (t) => {
  const [a, b, c] = [1, 2, 3].map((seed) => sampleRun({ settings: { seed } }));
  const here = { cpu: 'X', cores: 2, memory: 8, platform: 'linux x64' };
  const records = [
    { ...a, machine: { ...here, cpu: 'Y' } },
    { ...b, machine: here },
    { ...c, machine: here },
  ].map((record) => ({ ...record, versions: { ...record.versions, node: '20.0.0' } }));
  t.deepEqual(machineLines(records), [
    'X, 2 cores, linux x64, Node 20.0.0: 2 trainings',
    'Y, 2 cores, linux x64, Node 20.0.0: 1 training',
  ]);
});
