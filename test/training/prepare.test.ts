// What follows from an experiment before anything is computed.
import test from 'ava';
import { splitExamples } from '../../src/data/split.js';
import { SettingsError } from '../../src/errors.js';
import type { ExperimentInput } from '../../src/experiment/experiment.js';
import { runId } from '../../src/records/record.js';
import { describeRun, prepareRun } from '../../src/training/prepare.js';
import { train } from '../../src/training/train.js';
import { smallDataset } from '../helpers/dataset.js';
import { smallExperiment, withRuns } from '../helpers/runs.js';
import { scriptedEngine } from '../helpers/scripted-engine.js';

const dataset = smallDataset({ train: 40, test: 20, shape: [8, 8, 3], classes: 10 });
const { engine } = scriptedEngine();
const settings = (more: ExperimentInput = {}) =>
  smallExperiment({ data: { name: 'shapes10', validation: 0.25 }, batchSize: 10, epochs: 1, ...more });

test('prepareRun: id, network and split; the record only once it is final', (t) =>
  withRuns(async (runs) => {
    const first = prepareRun(settings(), { engine, dataset, runs });
    t.is(first.id, runId(settings(), dataset.fingerprint, engine.numerics));
    t.deepEqual(first.split, splitExamples(dataset, settings().data));
    t.deepEqual([first.network.input, first.network.classes], [[8, 8, 3], 10]);
    t.false('finished' in first);
    const signal = AbortSignal.abort();
    await train(settings(), { engine, dataset, runs, signal });
    t.false('finished' in prepareRun(settings(), { engine, dataset, runs }), 'interrupted is not final');
    const record = await train(settings(), { engine, dataset, runs, onNote: () => undefined });
    t.deepEqual(prepareRun(settings(), { engine, dataset, runs }).finished, record);
  }));

test('prepareRun: a batch of the whole training part is allowed, one more is not; an ANN twin has one step', (t) =>
  withRuns((runs) => {
    const prepare = (more: ExperimentInput) => prepareRun(settings(more), { engine, dataset, runs });
    t.is(prepare({ batchSize: 30 }).split.train.length, 30);
    t.throws(() => prepare({ batchSize: 31 }), {
      instanceOf: SettingsError,
      message: 'batchSize 31 is larger than the training part (30 examples); choose a smaller one',
    });
    const twin = { architecture: 'convNet', width: 0.125, twin: 'ann' } as const;
    t.notThrows(() => prepare({ network: twin, steps: 1 }));
    t.throws(() => prepare({ network: twin, steps: 2 }), {
      message: 'an ANN twin runs for one step; got steps = 2, set steps to 1',
    });
  }));

test('describeRun: the data with the sizes of its parts, parameters and operations of one example and step', (t) =>
  withRuns((runs) => {
    const experiment = settings({ network: { architecture: 'convNet', width: 0.125 } });
    const prepared = prepareRun(experiment, { engine, dataset, runs });
    const { parameters, macs, ...rest } = describeRun(experiment, prepared, dataset, engine.numerics);
    t.deepEqual(rest, {
      ...{ schema: 1, kind: 'run', id: prepared.id, experiment, numerics: engine.numerics },
      data: {
        ...{ name: 'shapes10', description: 'made for a test', fingerprint: dataset.fingerprint },
        arrays: {
          ...{ kind: 'images', shape: dataset.shape, classes: dataset.classes },
          normalisation: { mean: [0.5, 0.5, 0.5], std: [0.25, 0.25, 0.25] },
        },
        split: { name: 'stratified-0.25', hash: prepared.split.hash, train: 30, validation: 10, test: 20 },
      },
    });
    // 3 → 4 → 8 → 16 channels, kernels of 3 × 3, the image halved three times; two numbers a channel of batch norm.
    t.is(parameters, 9 * (3 * 4 + 4 * 8 + 8 * 16) + 2 * (4 + 8 + 16) + 16 * 10 + 10);
    t.is(macs, 9 * (64 * 3 * 4 + 16 * 4 * 8 + 4 * 8 * 16) + 16 * 10);
  }));

test('prepareRun: an update whose activations cannot be in memory is refused before anything is made', (t) =>
  withRuns((runs) => {
    const large = smallDataset({ train: 200, test: 20, shape: [32, 32, 3], classes: 10 });
    const experiment = smallExperiment({
      network: { architecture: 'convNet', width: 50 },
      data: { name: 'shapes10' },
      steps: 1000,
      batchSize: 100,
    });
    const prepare = (name: string): unknown =>
      prepareRun(experiment, {
        engine: { ...engine, numerics: { ...engine.numerics, engine: name } },
        dataset: large,
        runs,
      });
    // (1600 · 32² + 3200 · 16² + 6400 · 8²) neurons, four bytes each for 100 examples and 1,000 steps.
    t.throws(() => prepare('tfjs'), {
      instanceOf: SettingsError,
      message:
        /one update of 100 examples and 1000 steps keeps more than 1068\.1 GiB, this machine has [\d.]+; take/,
    });
    t.notThrows(() => prepare('event'), 'which says itself what fits');
  }));

test('prepareRun: arrays of a name of one’s own are a data set like any other', (t) =>
  withRuns((runs) => {
    const own = { ...dataset, name: 'mine' };
    const { id } = prepareRun(settings({ data: { name: 'mine' } }), { engine, dataset: own, runs });
    t.not(id, prepareRun(settings({ data: { name: 'shapes10' } }), { engine, dataset, runs }).id);
  }));
