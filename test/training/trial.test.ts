// One trial as one of many processes: what it does, what it leaves, whom it tells, on an engine that computes nothing.
import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import test from 'ava';
import type { Engine } from '../../src/engines/engine.js';
import { LeaseError } from '../../src/errors.js';
import { openRuns, type Runs } from '../../src/records/folder.js';
import { leaseFile, leasesFolder, parseLease, readLease } from '../../src/records/lease/file.js';
import { claimLease, type Lease } from '../../src/records/lease/lease.js';
import type { Evaluation } from '../../src/training/evaluate-run.js';
import { prepareRun } from '../../src/training/prepare.js';
import { train } from '../../src/training/train.js';
import { missingEvaluations, runTrial, type TrialOptions } from '../../src/training/trial.js';
import { smallDataset } from '../helpers/dataset.js';
import { smallExperiment, withRuns } from '../helpers/runs.js';
import { type Script, scriptedEngine } from '../helpers/scripted-engine.js';

const dataset = smallDataset({ train: 40, test: 20, shape: [8, 8, 3], classes: 10 });
const experiment = smallExperiment({ data: { name: 'shapes10' }, batchSize: 20, epochs: 3 });
const evaluations: Evaluation[] = [
  { kind: 'test' },
  { kind: 'noise', definition: 'gaussian-pixel-sigma', levels: [0, 0.1], seed: 0 },
];
const task = { experiment, evaluations };

/** What a trial told, in order, and what its engine was asked. */
async function tried(runs: Runs, more: Partial<TrialOptions> = {}, script: Script = {}, of = task) {
  const { engine, asked } = scriptedEngine(script);
  const told: string[] = [];
  const shares: number[] = [];
  const record = await runTrial(of, {
    ...{ engine, dataset, runsFolder: runs.folder, onNote: () => undefined },
    onClaim(lease) {
      told.push('claim');
      const { progress } = lease;
      (lease as { progress: Lease['progress'] }).progress = (done) => {
        shares.push(done);
        progress.call(lease, done);
      };
    },
    onAgain: () => told.push('again'),
    onProgress: ({ row }) => row && told.push(`epoch ${row.epoch}`),
    onEvaluation: ({ done, total, label }) => told.push(`${label} ${done}/${total}`),
    ...more,
  });
  return { record, asked, told, shares };
}
const evaluationsOf = (runs: Runs): string[] =>
  runs
    .list()
    .records.flatMap((record) => (record.kind === 'evaluation' ? [record.evaluation.kind] : []))
    .sort();
const TOLD = ['claim', 'epoch 1', 'epoch 2', 'epoch 3', 'test 20/20'];
const NOISE = ['gaussian-pixel-sigma 20/40', 'gaussian-pixel-sigma 40/40'];

test('a trial trains, evaluates and tells; once all is there it does nothing and claims nothing', (t) =>
  withRuns(async (runs) => {
    const first = await tried(runs);
    t.is(first.record.outcome.status, 'done');
    t.deepEqual(first.told, [...TOLD, ...NOISE]);
    t.deepEqual(first.shares, [1 / 6, 2 / 6, 2 / 6, 3 / 6, 4 / 6, 4 / 6, 5 / 6, 1, 1]);
    t.deepEqual(evaluationsOf(runs), ['noise', 'test']);
    const again = await tried(runs);
    t.deepEqual([again.record, again.told], [first.record, []]);
    t.is(again.asked.steps.length + again.asked.evaluations.length, 0);
  }));

test('only what is missing is evaluated, without training', (t) =>
  withRuns(async (runs) => {
    await tried(runs, {}, {}, { experiment, evaluations: [evaluations[0]] });
    const more = await tried(runs);
    t.deepEqual(more.told, ['claim', ...NOISE]);
    t.is(more.asked.steps.length, 0);
  }));

test('weights that are gone: made again where an evaluation needs them or they are asked for, else not missed', (t) =>
  withRuns(async (runs) => {
    const { record } = await tried(runs);
    rmSync(runs.weightsPath(record.id));
    t.deepEqual((await tried(runs)).told, []);
    const again = await tried(runs, { again: true });
    t.deepEqual(again.told, ['claim', 'again', 'epoch 1', 'epoch 2', 'epoch 3']);
    t.deepEqual(again.record, record);
    t.true(runs.hasWeights(record.id));
    t.deepEqual((await tried(runs, { again: true })).told, []);
    rmSync(runs.weightsPath(record.id));
    const wider = { experiment, evaluations: [...evaluations, { kind: 'confusion' } as const] };
    const needed = await tried(runs, {}, {}, wider);
    t.deepEqual(needed.told, ['claim', 'again', 'epoch 1', 'epoch 2', 'epoch 3', 'confusion 20/20']);
  }));

test('until: the epoch asked for and no more, resumable and not evaluated; one that has been reached is not trained', (t) =>
  withRuns(async (runs) => {
    const first = await tried(runs, { until: 1 });
    t.like(first.record.outcome, { status: 'interrupted', epoch: 1 });
    t.deepEqual(first.told, ['claim', 'epoch 1']);
    t.is(first.asked.steps.length, 2);
    const same = await tried(runs, { until: 1 });
    t.deepEqual([same.record, same.told, same.asked.steps.length], [first.record, ['claim'], 0]);
    const next = await tried(runs, { until: 2 });
    t.like(next.record, { resumed: 1, outcome: { epoch: 2 } });
    t.deepEqual(next.told, ['claim', 'epoch 2']);
    t.deepEqual(evaluationsOf(runs), []);
    const end = await tried(runs, { until: 3 });
    t.is(end.record.outcome.status, 'done');
    t.deepEqual(evaluationsOf(runs), ['noise', 'test']);
  }));

test('until: a record that was not written before the kill follows from the checkpoint, without a step', (t) =>
  withRuns(async (runs) => {
    const first = await tried(runs, { until: 2 });
    rmSync(join(runs.folder, `${first.record.id}.json`));
    const { record, asked, told } = await tried(runs, { until: 2 });
    t.like(record.outcome, { status: 'interrupted', epoch: 2 });
    t.deepEqual([asked.steps.length, told], [0, ['claim']]);
    t.is((await tried(runs, { until: 1 })).asked.steps.length, 0);
  }));

test('until: a failed record does not stand for its epochs', (t) =>
  withRuns(async (runs) => {
    const broken = (engine: Engine): Engine => ({
      ...engine,
      createModel: (...given) => {
        const model = engine.createModel(...given);
        let steps = 0;
        return {
          ...model,
          trainStep: (...step) =>
            ++steps === 4 ? Promise.reject(new Error('broken')) : model.trainStep(...step),
        };
      },
    });
    const { engine } = scriptedEngine();
    await t.throwsAsync(tried(runs, { until: 2, engine: broken(engine) }), { message: 'broken' });
    const { record, told } = await tried(runs, { until: 1 });
    t.is(record.outcome.status, 'interrupted');
    t.deepEqual(told, ['claim']);
    t.deepEqual((await tried(runs, { until: 2 })).told, ['claim', 'epoch 2']);
  }));

test('a run that diverges is recorded, not evaluated, and final', (t) =>
  withRuns(async (runs) => {
    const first = await tried(runs, {}, { step: (i) => (i === 3 ? { loss: NaN } : {}) });
    t.is(first.record.outcome.status, 'diverged');
    t.deepEqual(first.told, ['claim', 'epoch 1']);
    t.deepEqual(evaluationsOf(runs), []);
    t.deepEqual(missingEvaluations(runs, first.record, evaluations), []);
    t.deepEqual((await tried(runs)).told, []);
  }));

test('the lease: held while the trial works, given back at its end and after an error; held by another it is refused', (t) =>
  withRuns(async (runs) => {
    const { engine } = scriptedEngine();
    const { id } = prepareRun(experiment, { engine, dataset, runs });
    const held = await claimLease(runs.folder, id);
    await t.throwsAsync(tried(runs), { instanceOf: LeaseError });
    await held.release();
    let during: unknown;
    await tried(runs, {
      onProgress: ({ done }) => {
        if (done === 20)
          during = claimLease(runs.folder, id).then(
            () => 'claimed',
            (error: unknown) => error,
          );
      },
    });
    t.true((await during) instanceof LeaseError);
    await (await claimLease(runs.folder, id)).release(); // free again
  }));

test('leases of a run that is done or diverged are removed; that of one to go on with is given back', async (t) => {
  for (const [script, more, state] of [
    [{}, {}, undefined],
    [{ step: () => ({ loss: NaN }) }, {}, undefined],
    [{}, { until: 1 }, 'released'],
  ] as [Script, Partial<TrialOptions>, string | undefined][])
    await withRuns(async (runs) => {
      const { record } = await tried(runs, more, script);
      const folder = leasesFolder(runs.folder);
      t.deepEqual(readdirSync(folder), state === undefined ? [] : [`${record.id}.1`]);
      if (state !== undefined) t.like(parseLease(readLease(leaseFile(folder, record.id, 1))!), { state });
    });
});

test('a request to stop ends the training or the evaluations; a lease that was lost ends both', (t) =>
  withRuns(async (runs) => {
    const early = AbortSignal.abort();
    t.like((await tried(runs, { signal: early })).record.outcome, { status: 'interrupted', epoch: 0 });
    const training = new AbortController();
    const stopped = await tried(runs, {
      signal: training.signal,
      onProgress: ({ row }) => row?.epoch === 1 && training.abort(),
    });
    t.like(stopped.record.outcome, { status: 'interrupted', epoch: 1 });
    const evaluating = new AbortController();
    await t.throwsAsync(
      tried(runs, { signal: evaluating.signal, onEvaluation: () => evaluating.abort(new Error('enough')) }),
      { message: 'enough' },
    );
    t.deepEqual(evaluationsOf(runs), ['test']);
  }));

test('missingEvaluations: those without a record', (t) =>
  withRuns(async (runs) => {
    const { engine } = scriptedEngine();
    const run = await train(experiment, { engine, dataset, runs });
    t.deepEqual(missingEvaluations(runs, run, evaluations), evaluations);
    await tried(runs, {}, {}, { experiment, evaluations: [evaluations[1]] });
    t.deepEqual(missingEvaluations(openRuns(runs.folder), run, evaluations), [evaluations[0]]);
  }));
