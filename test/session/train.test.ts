import test from 'ava';
import { openEngine } from '../../src/engines/open.js';
import { DataError, SettingsError } from '../../src/errors.js';
import { openRuns } from '../../src/records/folder.js';
import { weightsDigest } from '../../src/records/safetensors.js';
import { loadTrained } from '../../src/records/trained.js';
import { evaluate } from '../../src/session/evaluate.js';
import { diagnoseRun } from '../../src/session/diagnose-run.js';
import { loadModel } from '../../src/session/load-model.js';
import { train } from '../../src/session/train.js';
import { trialsOf } from '../../src/studies/trials.js';
import { recordOf } from '../../src/sweep/presets/found.js';
import { loadDataset } from '../../src/data/sets/load.js';
import { makeBatch } from '../../src/data/batches.js';
import { temporaryFolder } from '../helpers/folder.js';

const SMALL = {
  network: { architecture: 'convNet', width: 0.0625 },
  data: { name: 'shapes10', trainLimit: 20, testLimit: 20 },
  epochs: 1,
  batchSize: 10,
} as const;

test.serial('train, evaluate and loadModel need settings or an id and nothing else, and agree', async (t) => {
  const runs = temporaryFolder(t);
  const steps: number[] = [];
  const options = { runs, quiet: true, onProgress: ({ done }: { done: number }) => void steps.push(done) };
  const run = await train(SMALL, options);
  t.is(run.outcome.status, 'done');
  t.deepEqual([...new Set(steps)], [10, 20]);
  t.deepEqual(openRuns(runs).get(run.id), run);
  t.is((await train(SMALL, options)).id, run.id, 'the record of what is done');

  const tested = await evaluate(run.id, undefined, { runs, quiet: true });
  t.is((tested.results[0] as { accuracy?: number }).accuracy, run.outcome.testAccuracy);

  await t.throwsAsync(evaluate(run, { kind: 'noise', levels: [0.1] } as never, { runs, quiet: true }), {
    instanceOf: SettingsError,
    message: /evaluate: not valid\n {2}evaluations\.0\.definition/,
  });

  const { model, record, weights, batch, dispose } = await loadModel(run, { runs, threads: 1 });
  const { correct } = await model.evaluate(await batch(20));
  t.is(correct / 20, record.outcome.testAccuracy!);
  const dataset = await loadDataset({ name: 'shapes10' });
  const first = Int32Array.from({ length: 7 }, (_, i) => i);
  const { x } = makeBatch(dataset, 'train', first, { steps: run.experiment.steps });
  t.deepEqual([...(await batch(7, 'train')).x.subarray(0, 99)], [...x.subarray(0, 99)]);
  t.is(weightsDigest(weights), record.weightsDigest!);
  dispose();

  const found = await diagnoseRun(run.id, { runs, quiet: true, probes: 0, limit: 12 });
  t.deepEqual([found.run, found.facts.examples, found.facts.batchSize], [run.id, 12, 10]);
  t.true(found.findings.some(({ check }) => check === 'dead'));
});

test.serial('loadModel takes names of the gallery', async (t) => {
  const { model, record, batch, dispose } = await loadModel('convnet-shapes10', { threads: 1 });
  t.teardown(dispose);
  t.is(record.id, loadTrained('convnet-shapes10').record.id);
  const { correct } = await model.evaluate(await batch(20));
  t.true(correct >= 16, `${correct} of 20`);
});

test.serial('an engine that is given stays open; what cannot run is refused by name', async (t) => {
  const engine = await openEngine({ threads: 1 });
  const runs = temporaryFolder(t);
  const { numerics } = await train(SMALL, { engine, runs, quiet: true });
  t.deepEqual(numerics, engine.numerics);
  const { id } = await train({ ...SMALL, seed: 1 }, { engine, runs, quiet: true });
  t.regex(id, /^run-/);
  engine.dispose();
  await t.throwsAsync(train({ epochs: 0 }, { runs, quiet: true }), {
    instanceOf: SettingsError,
    message: /epochs: Too small/,
  });
});

test('an evaluation that has been made needs no data; one that has not names what is missing', async (t) => {
  const missing = { dataDir: temporaryFolder(t), quiet: true };
  const runs = openRuns('data/runs');
  const run = recordOf(runs, trialsOf('desk', 'first-results')[0].experiment)!;
  const made = await evaluate(run, { kind: 'confusion' }, { ...missing, runs });
  t.is(made.of, run.id);
  await t.throwsAsync(evaluate(run, { kind: 'test' }, { ...missing, runs }), { instanceOf: DataError });
});
