import test from 'ava';
import { epochRows, resultRows, runRows, spikeRows } from '../../src/statistics/rows.js';
import { headerOf, type RunHeader } from '../../src/records/header.js';
import { sampleEvaluation, sampleRun } from '../helpers/records.js';

const run = sampleRun();

test('runRows: settings under the names that compare takes, outcome and provenance', (t) => {
  const [row] = runRows([run]);
  t.like(row, {
    id: run.id,
    name: 'sample',
    'neuron.delta': 1e-4,
    'lipschitz.layers': 'all',
    'data.name': 'shapes10',
    'numerics.engine': 'tfjs',
    fingerprint: run.data.fingerprint,
    'split.train': 100,
    description: 'made for a test',
    'outcome.status': 'done',
    'outcome.testAccuracy': 0.52,
    parameters: 112,
    commit: 'a'.repeat(40),
  });
  t.false(Object.hasOwn(row, 'rows'));
  t.deepEqual(runRows([headerOf(run) as RunHeader]), [row]);
});

test('epochRows, spikeRows and resultRows: one row for each, with the ids that join them', (t) => {
  const epochs = epochRows([run]);
  t.is(epochs.length, 3);
  t.like(epochs[2], { id: run.id, epoch: 3, testAccuracy: 0.52 });
  t.deepEqual(spikeRows([run]), [
    { id: run.id, layer: 'conv1.lif', step: 1, rate: 0.25 },
    { id: run.id, layer: 'conv1.lif', step: 2, rate: 1 / 3 },
  ]);
  const evaluation = sampleEvaluation();
  const [first] = resultRows([evaluation]);
  t.like(first, {
    id: evaluation.id,
    of: run.id,
    'evaluation.kind': 'noise',
    'evaluation.levels': '0, 0.1',
    'result.level': 0,
    'result.accuracy': 0.9,
    'result.examples': 20,
  });
});
