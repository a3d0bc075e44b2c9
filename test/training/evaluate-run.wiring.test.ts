// Evaluations on an engine that computes nothing: which examples are looked at, which record is made, what is refused.
import { rmSync } from 'node:fs';
import test from 'ava';
import type { Engine } from '../../src/engines/engine.js';
import { SettingsError } from '../../src/errors.js';
import { evaluateRun, evaluationIdOf, type EvaluateRunOptions } from '../../src/training/evaluate-run.js';
import { train } from '../../src/training/train.js';
import { smallDataset } from '../helpers/dataset.js';
import { smallExperiment, withRuns } from '../helpers/runs.js';
import { type Script, scriptedEngine } from '../helpers/scripted-engine.js';

const dataset = smallDataset({ train: 40, test: 130, shape: [8, 8, 3], classes: 10 });

/** A trained run in a folder of its own, and an engine that counts the models it disposes of. */
function withRun(
  use: (run: {
    options: EvaluateRunOptions;
    id: string;
    asked: ReturnType<typeof scriptedEngine>['asked'];
    open: () => number;
  }) => Promise<void>,
  script: Script = {},
): Promise<void> {
  return withRuns(async (runs) => {
    const settings = smallExperiment({ data: { name: 'shapes10' }, epochs: 1 });
    const { id } = await train(settings, { engine: scriptedEngine(script).engine, dataset, runs });
    const { engine, asked } = scriptedEngine();
    let models = 0;
    const counting: Engine = {
      ...engine,
      createModel: (...given) => {
        models += 1;
        return { ...engine.createModel(...given), dispose: () => void (models -= 1) };
      },
    };
    await use({ options: { engine: counting, dataset, runs }, id, asked, open: () => models });
  });
}

test('the record: its id is known before, seconds are seconds, and the model is gone afterwards', (t) =>
  withRun(async ({ options, id, open }) => {
    const run = options.runs.get(id);
    const began = performance.now();
    const record = await evaluateRun(id, { kind: 'test', limit: 30 }, options);
    t.true(1000 * record.seconds <= performance.now() - began);
    t.is(run.kind === 'run' && evaluationIdOf(run, { kind: 'test', limit: 30 }), record.id);
    t.like(record, { of: id, evaluation: { kind: 'test', limit: 30 }, results: [{ examples: 30 }] });
    t.true(record.seconds >= 0 && record.seconds < 600);
    t.is(open(), 0);
  }));

test('a run without weights has ids of evaluations too: other than those of any weights', (t) =>
  withRun(
    async ({ options, id }) => {
      const run = options.runs.get(id);
      if (run.kind !== 'run') throw new Error('no run');
      t.is(run.outcome.status, 'diverged');
      const none = evaluationIdOf({ ...run, weightsDigest: null }, { kind: 'test' });
      t.regex(none, /^eval-[0-9a-f]{16}$/);
      t.is(none, evaluationIdOf({ ...run, weightsDigest: '' }, { kind: 'test' }));
      t.not(none, evaluationIdOf(run, { kind: 'test' }));
      await t.throwsAsync(evaluateRun(id, { kind: 'test' }, options), { message: /weights/ });
    },
    { step: () => ({ loss: NaN }) },
  ));

test('without a limit every test example is looked at, and 100 of them by a probe', (t) =>
  withRun(async ({ options, id, asked }) => {
    const [{ examples }] = (await evaluateRun(id, { kind: 'test' }, options)).results;
    t.is(examples, 130);
    t.deepEqual(
      asked.evaluations.map(({ batch }) => batch.labels.length),
      [100, 30],
    );
    let looked = 0;
    const { createModel } = options.engine;
    const probing: Engine = {
      ...options.engine,
      createModel: (...given) => ({
        ...createModel(...given),
        probe: ({ labels }) => ((looked = labels.length), Promise.resolve([])),
      }),
    };
    await evaluateRun(id, { kind: 'probe' }, { ...options, engine: probing });
    t.is(looked, 100);
  }));

test('an evaluation of an evaluation and a limit of 0 are refused, and leave no model', (t) =>
  withRun(async ({ options, id, open }) => {
    const { id: evaluation } = await evaluateRun(id, { kind: 'test' }, options);
    await t.throwsAsync(evaluateRun(evaluation, { kind: 'test' }, options), {
      instanceOf: SettingsError,
      message: `${evaluation} is an evaluation; give the id of a run`,
    });
    for (const limit of [0, 1.5])
      await t.throwsAsync(evaluateRun(id, { kind: 'test', limit }, options), {
        message: `evaluation: limit must be a positive integer, got ${limit}`,
      });
    t.is(open(), 0);
  }));

test('what has been evaluated is not evaluated again, and needs neither data nor weights; what has not needs both', (t) =>
  withRun(async ({ options, id, asked }) => {
    const first = await evaluateRun(id, { kind: 'test' }, options);
    const looked = asked.evaluations.length;
    t.deepEqual(await evaluateRun(id, { kind: 'test' }, options), first);
    const { runs } = options;
    rmSync(runs.weightsPath(id));
    t.deepEqual(await evaluateRun(id, { kind: 'test' }, { ...options, dataset: undefined }), first);
    t.is(asked.evaluations.length, looked);
    await t.throwsAsync(evaluateRun(id, { kind: 'confusion' }, { ...options, dataset: undefined }), {
      instanceOf: SettingsError,
      message: `no evaluation confusion of ${id} in ${runs.folder}: to make it, load shapes10 and pass it as dataset`,
    });
    await t.throwsAsync(evaluateRun(id, { kind: 'confusion' }, options), {
      message: /weights of this run are not/,
    });
  }));

test('other arrays of the same name, and another name, are refused, with what tells them apart', (t) =>
  withRun(async ({ options, id }) => {
    const other = smallDataset({ train: 41, test: 130, shape: [8, 8, 3], classes: 10 });
    const { message } = (await t.throwsAsync(
      evaluateRun(id, { kind: 'test' }, { ...options, dataset: other }),
      { instanceOf: SettingsError },
    ))!;
    const [, there, given] =
      /^run-\S+ was trained on arrays named shapes10 \(fingerprint (\w{12})…\), got others of that name \((\w{12})…\): give the same$/.exec(
        message,
      ) ?? [];
    const run = options.runs.get(id);
    t.is(there, run.kind === 'run' ? run.data.fingerprint.slice(0, 12) : '', message);
    t.not(given, there);
    await t.throwsAsync(
      evaluateRun(id, { kind: 'test' }, { ...options, dataset: { ...dataset, name: 'mine' } }),
      {
        instanceOf: SettingsError,
        message: `${id} was trained on shapes10, got mine; load that data set`,
      },
    );
  }));
