// Evaluations on an engine that computes nothing: which examples are looked at, which record is made, what is refused.
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
    const record = await evaluateRun(id, { kind: 'test', limit: 30 }, options);
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
