// Estimates of training time: from throughput that is given or recorded. Nothing here is timed.
import test from 'ava';
import {
  officialSize,
  partsOf,
  recordedThroughput,
  trainingSeconds,
} from '../../../src/sweep/presets/estimate.js';
import { experiment } from '../../../src/experiment/experiment.js';
import { sampleRun } from '../../helpers/records.js';

test('partsOf: limits and the validation share; the data that is here, else the official size', (t) => {
  const settings = experiment({ data: { name: 'cifar10', validation: 0.1, testLimit: 2000 } });
  t.deepEqual(partsOf(settings), { train: 45_000, test: 7000 });
  t.deepEqual(partsOf(settings, { train: 10_000, test: 10_000 }), { train: 9000, test: 3000 });
  const limited = experiment({ data: { name: 'shapes10', trainLimit: 2000, testLimit: 500 } });
  t.deepEqual(partsOf(limited), { train: 2000, test: 500 });
  t.deepEqual(officialSize('cifar10-dvs'), { train: 9000, test: 1000 });
});

test('trainingSeconds: epochs times training examples and a third of the tested ones', (t) => {
  const settings = experiment({ epochs: 10 });
  const seconds = trainingSeconds(settings, { train: 900, test: 300 }, { imagesPerSecond: 100, source: '' });
  t.is(seconds, 100);
});

test('recordedThroughput: the median over runs of the same network, data, T and batch; others do not count', (t) => {
  const make = (speed: number, more = {}) => {
    const run = sampleRun({ settings: more });
    run.rows.at(-1)!.imagesPerSecond = speed;
    return run;
  };
  const runs = [
    make(10, { seed: 1, neuron: { delta: 1 } }),
    make(30, { lipschitz: { beta: 0 } }),
    make(20, { epochs: 3, seed: 5 }),
    make(1000, { steps: 4 }),
    make(1000, { batchSize: 7 }),
    sampleRun({ status: 'interrupted' }),
  ];
  t.deepEqual(recordedThroughput(runs, experiment({ epochs: 99 })), {
    imagesPerSecond: 20,
    source: '3 records',
  });
  t.is(recordedThroughput(runs, experiment({ network: { architecture: 'resnet19' } })), undefined);
});
