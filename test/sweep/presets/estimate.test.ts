// Estimates of training time: from throughput that is given or recorded. Nothing here is timed.
import test from 'ava';
import {
  officialSize,
  partsOf,
  recordedThroughput,
  trainingSeconds,
} from '../../../src/sweep/presets/estimate.js';
import { experiment } from '../../../src/experiment/experiment.js';
import type { Machine } from '../../../src/records/provenance.js';
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

const HERE = { cpu: 'a CPU', cores: 2 };

test('recordedThroughput: the median over runs of the same network, data, T and batch; others do not count', (t) => {
  const make = (speed: number, more = {}) => {
    const run = sampleRun({ settings: more });
    run.machine = { ...run.machine, threads: 2 };
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
  t.deepEqual(recordedThroughput(runs, experiment({ epochs: 99 }), HERE), {
    imagesPerSecond: 20,
    source: '3 records of this processor',
  });
  t.is(recordedThroughput(runs, experiment({ network: { architecture: 'resnet19' } }), HERE), undefined);
});

test('recordedThroughput: a run on one of two cores counts twice; other processors and unknown threads do not count', (t) => {
  const make = (machine: Partial<Machine>) => {
    const run = sampleRun();
    run.rows.at(-1)!.imagesPerSecond = 30;
    run.machine = { ...run.machine, ...machine };
    return run;
  };
  const of = (...machines: Partial<Machine>[]) =>
    recordedThroughput(machines.map(make), experiment(), HERE)?.imagesPerSecond;
  t.is(of({ threads: 1 }), 60);
  t.is(of({ threads: 2 }), 30);
  t.is(of({ threads: 4 }), 30, 'more threads than cores are no faster');
  t.is(of({ threads: 1, cpu: 'another' }), undefined);
  t.is(of({}), undefined);
});
