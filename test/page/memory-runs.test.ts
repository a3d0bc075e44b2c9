// Records in memory: what training asks of a folder.
import test from 'ava';
import { shapes10 } from '../../src/data/sets/shapes10.js';
import { createPlainEngine } from '../../src/engines/plain/engine.js';
import { DataError, UnsupportedError } from '../../src/errors.js';
import { experiment } from '../../src/experiment/experiment.js';
import { memoryRuns } from '../../src/page/memory-runs.js';
import { weightsDigest } from '../../src/records/safetensors.js';
import { formatRecord, parseRecord } from '../../src/records/text.js';
import { train } from '../../src/training/train.js';

test('a training keeps record and weights: the record is a valid file, its digest that of the weights', async (t) => {
  const runs = memoryRuns();
  const settings = experiment({
    network: { architecture: 'convNet', width: 0.0625 },
    data: { name: 'shapes10', trainLimit: 10, testLimit: 10 },
    ...{ epochs: 1, batchSize: 5, steps: 1 },
  });
  const dataset = shapes10({ train: 10, test: 10 });
  const record = await train(settings, {
    ...{ engine: createPlainEngine(), dataset, runs, onNote: () => undefined },
  });
  t.is(record.outcome.status, 'done');
  t.true(runs.has(record.id) && runs.hasWeights(record.id));
  t.is(record.weightsDigest, weightsDigest(runs.readWeights(record.id)));
  t.deepEqual(runs.list().records, [record]);
  t.deepEqual(parseRecord(formatRecord(record), 'a file'), record);
});

test('what is not there is named; checkpoints are none', (t) => {
  const runs = memoryRuns();
  t.throws(() => runs.get('run-0'), {
    instanceOf: DataError,
    message: /memory\/run-0: no record of this run/,
  });
  t.throws(() => runs.readWeights('run-0'), { instanceOf: DataError, message: /no weights/ });
  t.false(runs.hasCheckpoint('run-0'));
  const numerics = { engine: 'plain', backend: 'js', build: 'plain', version: 1, deterministic: true };
  t.throws(() => runs.readCheckpoint('run-0', numerics), {
    instanceOf: UnsupportedError,
    message: /keeps no checkpoints; train it again/,
  });
});
