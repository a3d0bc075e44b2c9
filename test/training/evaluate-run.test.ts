import { rmSync } from 'node:fs';
import test from 'ava';
import { NOISE_DEFINITIONS } from '../../src/data/images/noise-definitions.js';
import { openEngine } from '../../src/engines/open.js';
import { DataError, SettingsError } from '../../src/errors.js';
import { evaluateRun } from '../../src/training/evaluate-run.js';
import { train } from '../../src/training/train.js';
import { smallExperiment, smallShapes, withRuns } from '../helpers/runs.js';

const dataset = smallShapes;
const engine = await openEngine({ backend: 'wasm' });

test.serial(
  'evaluations are records: accuracy, confusion and noise agree with the run, are made once, and then need no weights',
  (t) =>
    withRuns(async (runs) => {
      const options = { engine, dataset, runs };
      const run = await train(smallExperiment(), options);
      const accuracy = run.outcome.testAccuracy!;
      const [tested] = (await evaluateRun(run.id, { kind: 'test' }, options)).results;
      t.deepEqual([tested.accuracy, tested.examples], [accuracy, 50]);
      const { results } = await evaluateRun(run.id, { kind: 'confusion' }, options);
      const count = (rows: typeof results): number => rows.reduce((sum, row) => sum + Number(row.count), 0);
      t.is(count(results), 50);
      t.is(count(results.filter(({ actual, predicted }) => actual === predicted)) / 50, accuracy);
      const noise = {
        kind: 'noise' as const,
        definition: NOISE_DEFINITIONS[0].name,
        levels: [0, 0.05],
        seed: 1,
      };
      const first = await evaluateRun(run.id, noise, options);
      t.is(first.results[0].accuracy, accuracy);
      t.deepEqual(await evaluateRun(run.id, noise, options), first);
      t.not((await evaluateRun(run.id, { ...noise, seed: 2 }, options)).id, first.id);
      rmSync(runs.weightsPath(run.id));
      t.deepEqual(await evaluateRun(run.id, noise, { ...options, dataset: undefined }), first);
      await t.throwsAsync(evaluateRun(run.id, { ...noise, seed: 3 }, { ...options, dataset: undefined }), {
        instanceOf: SettingsError,
        message: /no evaluation noise of run-.*load shapes10 and pass it as dataset/,
      });
    }),
);

test.serial(
  'energy: rates are those of the run, every counting is there; probe: a row for each layer and step',
  (t) =>
    withRuns(async (runs) => {
      const options = { engine, dataset, runs };
      const run = await train(smallExperiment(), options);
      const { results } = await evaluateRun(run.id, { kind: 'energy' }, options);
      const rates = results
        .filter(({ row }) => row === 'rate')
        .map(({ layer, step, rate }) => [layer, step, rate]);
      t.deepEqual(
        rates,
        run.spikeRates.flatMap(({ layer, rates }) => rates.map((rate, i) => [layer, i + 1, rate])),
      );
      t.is(results.filter(({ row }) => row === 'total').length, 12);
      t.is(results.filter(({ row }) => row === 'layer').length, 4);
      const probe = await evaluateRun(run.id, { kind: 'probe', limit: 20 }, options);
      t.is(probe.results.length, 6);
      t.true(probe.results.every(({ gradientNorm }) => Number(gradientNorm) >= 0));
    }),
);

test.serial(
  'spectra, sensitivity and gradients: rows for every layer, size and δ; an unperturbed input moves nothing',
  (t) =>
    withRuns(async (runs) => {
      const options = { engine, dataset, runs };
      const run = await train(smallExperiment(), options);
      const spectra = (await evaluateRun(run.id, { kind: 'spectra' }, options)).results;
      t.deepEqual(
        spectra.map(({ row, layer }) => layer ?? row),
        ['conv1.conv', 'conv2.conv', 'conv3.conv', 'fc', 'index'],
      );
      t.true(spectra.every(({ operatorNorm }) => Number(operatorNorm) > 0));
      const moved = (
        await evaluateRun(run.id, { kind: 'sensitivity', sizes: [0, 0.1], seed: 0, limit: 3 }, options)
      ).results;
      t.is(moved.length, 8);
      t.true(
        moved.every(
          ({ rms, row, rate, logitChange }) => rms !== 0 || (row === 'flips' ? rate : logitChange) === 0,
        ),
      );
      t.true(moved.some(({ rms, rate }) => rms === 0.1 && Number(rate) > 0));
      const changes = (await evaluateRun(run.id, { kind: 'gradients', deltas: [0, 0.1], limit: 10 }, options))
        .results;
      const whole = changes.filter(({ parameter }) => parameter === 'all');
      t.is(whole[0].relative, 0);
      t.true(Number(whole[1].relative) > 1e-4);
    }),
);

test.serial('evaluateRun: a folder that takes nothing is found out before anything is computed', (t) =>
  withRuns(async (runs) => {
    const run = await train(smallExperiment({ epochs: 1 }), { engine, dataset, runs });
    const checkWritable = (): void => {
      throw new DataError(runs.folder, 'cannot write it', 'name another folder');
    };
    const idle = { ...engine, createModel: () => t.fail('a model was made') as never };
    await t.throwsAsync(
      evaluateRun(run.id, { kind: 'test' }, { engine: idle, dataset, runs: { ...runs, checkWritable } }),
      { instanceOf: DataError, message: /cannot write it/ },
    );
  }),
);

test.serial('evaluateRun refuses unknown runs, missing weights and other data by name', (t) =>
  withRuns(async (runs) => {
    const options = { engine, dataset, runs };
    await t.throwsAsync(() => evaluateRun('run-0000000000000000', { kind: 'test' }, options), {
      instanceOf: DataError,
    });
    const run = await train(smallExperiment(), options);
    const other = { ...dataset, name: 'cifar10' as const };
    await t.throwsAsync(() => evaluateRun(run.id, { kind: 'test' }, { ...options, dataset: other }), {
      instanceOf: SettingsError,
      message: /was trained on shapes10, got cifar10/,
    });
    await t.throwsAsync(() => evaluateRun(run.id, { kind: 'test', limit: -3 }, options), {
      instanceOf: SettingsError,
      message: /limit must be a positive integer, got -3/,
    });
  }),
);
