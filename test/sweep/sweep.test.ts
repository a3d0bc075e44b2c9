// Needs dist (npm run build): trials are processes of the built command line.
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import test from 'ava';
import { SettingsError } from '../../src/errors.js';
import { claimLease } from '../../src/records/lease/lease.js';
import { openRuns } from '../../src/records/folder.js';
import { planned, sharesOf, sweep, sweepResults, type SweepInput } from '../../src/sweep/sweep.js';
import type { SweepView } from '../../src/sweep/view.js';
import { temporaryFolder } from '../helpers/folder.js';
import { sampleCheckpoint } from '../helpers/records.js';
import { samplePlan } from '../helpers/sweeps.js';

const tiny: SweepInput = {
  name: 'tiny',
  base: {
    network: { architecture: 'convNet', width: 0.125 },
    data: { name: 'shapes10', trainLimit: 50, testLimit: 20 },
    epochs: 1,
    batchSize: 20,
  },
  axes: { 'neuron.delta': [0, 0.01] },
};

/** A view that keeps what it was told. */
function silent(): SweepView & { lines: string[]; most: number } {
  const view = {
    lines: [] as string[],
    most: 0,
    show: ({ running }: Parameters<SweepView['show']>[0]) =>
      void (view.most = Math.max(view.most, running.length)),
    note: (line: string) => void view.lines.push(line),
    stop: () => undefined,
  };
  return view;
}

test.serial(
  'sweep: trains what is missing, returns table, records and best, and does nothing twice',
  async (t) => {
    const runs = join(temporaryFolder(t), 'runs');
    const { signal } = new AbortController();
    const view = silent();
    const none = await sweepResults(tiny, { runs });
    t.deepEqual([none.complete, none.records.length, none.best], [false, 0, undefined]);
    const { table, records, best, complete } = await sweep(tiny, { runs, signal, view, jobs: 2 });
    t.true(complete);
    t.is(view.most, 2, 'two at a time');
    t.deepEqual(view.lines, ['2 trials, 2 at a time × 1 thread']);
    t.deepEqual(table.columnNames().slice(0, 5), [
      'trial',
      'neuron.delta',
      'status',
      'epochs',
      'validationAccuracy',
    ]);
    t.deepEqual(table.array('status'), ['done', 'done']);
    t.deepEqual(
      table.array('id'),
      records.map(({ id }) => id),
    );
    t.deepEqual(
      records.map(({ experiment }) => experiment.neuron.delta),
      [0, 0.01],
    );
    t.is(records[0].data.split.validation, 5, 'a tenth is held out');
    const accuracies = records.map(({ outcome }) => outcome.validationAccuracy!);
    t.is(best?.validationAccuracy, Math.max(...accuracies));
    t.deepEqual(readdirSync(join(runs, 'leases')), []);
    // As left by a process that was killed just after its record.
    openRuns(runs).writeCheckpoint({ ...sampleCheckpoint(), runId: records[0].id });
    await claimLease(runs, records[0].id);
    const again = silent();
    const reused = await sweep(
      { ...tiny, name: 'another', axes: { 'neuron.delta': [0.01, 0] } },
      { runs, signal, view: again },
    );
    t.is(again.most, 0, 'equal trainings of another sweep are reused');
    t.deepEqual(reused.records, [...records].reverse());
    t.deepEqual(
      ['leases', 'checkpoints'].map((part) => readdirSync(join(runs, part))),
      [[], []],
    );
  },
);

test.serial('sweep: what cannot run is refused by trial before anything is trained', async (t) => {
  const runs = join(temporaryFolder(t), 'runs');
  const options = { runs, signal: new AbortController().signal, view: silent() };
  await t.throwsAsync(sweep({ ...tiny, axes: { batchSize: [20, 46] } }, options), {
    instanceOf: SettingsError,
    message: /^tiny: batchSize = 46: batchSize 46 is larger than the training part \(45 examples\)/,
  });
  for (const [wrong, message] of [
    [{ jobs: 0 }, /jobs is 0/],
    [{ threads: 1.5 }, /threads is 1\.5/],
    [{ leaseSeconds: 0.05 }, /leaseSeconds is 0\.05, expected a number from 0\.1 to 86400/],
    [{ leaseSeconds: NaN }, /leaseSeconds is NaN/],
    [{ checkpointSeconds: -1 }, /checkpointSeconds is -1/],
  ] as const) {
    await t.throwsAsync(sweep(tiny, { ...options, ...wrong }), { instanceOf: SettingsError, message });
    await t.throwsAsync(planned(tiny, wrong), { message }, 'the command line too');
  }
  t.throws(() => readdirSync(runs), { code: 'ENOENT' });
});

test('sharesOf: one thread a trial and a trial a core, unless trials, memory or the caller say otherwise', (t) => {
  const plan = samplePlan({ axes: { steps: { from: 1, to: 900, count: 900 } } });
  const { jobs, threads } = sharesOf(plan, {});
  t.is(threads, 1);
  t.true(jobs >= 1);
  t.like(sharesOf(plan, { jobs: 1, threads: 3 }), { jobs: 1, threads: 3 });
  t.is(sharesOf({ ...plan, trials: plan.trials.slice(0, 1) }, {}).jobs, 1, 'one trial alone has all cores');
  const large = { ...plan, trials: plan.trials.map((trial) => ({ ...trial, peakBytes: 2 ** 50 })) };
  t.is(sharesOf(large, {}).jobs, 1);
});
