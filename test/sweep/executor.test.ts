// Executors whose trials fail at once; those of real trainings are in executor.slow.ts. Needs dist (npm run build).
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import test, { type ExecutionContext } from 'ava';
import { DataError } from '../../src/errors.js';
import { openRuns } from '../../src/records/folder.js';
import { Executor, type ExecutorOptions } from '../../src/sweep/executor.js';
import { lastWordsFile } from '../../src/sweep/failed.js';
import type { SweepPlan } from '../../src/sweep/plan.js';
import { sweepTable } from '../../src/sweep/rows.js';
import { Photographer } from '../../src/sweep/snapshot.js';
import { temporaryFolder } from '../helpers/folder.js';
import { samplePlan, trialRecord } from '../helpers/sweeps.js';

/** An executor with a folder for its temporary files of its own, and what it notes. */
function executorOf(
  t: ExecutionContext,
  plan: SweepPlan,
  options: Omit<ExecutorOptions, 'threads' | 'jobs'>,
): { executor: Executor; notes: string[]; temporary: string } {
  const root = temporaryFolder(t);
  const { TMPDIR } = process.env;
  const notes: string[] = [];
  try {
    process.env.TMPDIR = root;
    const onNote = (line: string): void => void notes.push(line);
    const executor = new Executor(plan, { threads: 1, jobs: 1, onNote, ...options });
    return { executor, notes, temporary: join(root, readdirSync(root)[0]) };
  } finally {
    if (TMPDIR === undefined) delete process.env.TMPDIR;
    else process.env.TMPDIR = TMPDIR;
  }
}

test.serial('a run that cannot be evaluated is tried twice, noted and left; the sweep ends', async (t) => {
  const runsFolder = temporaryFolder(t);
  // Its data is not there, so every process fails before it computes anything.
  const plan = samplePlan({
    base: { data: { name: 'cifar10' }, epochs: 2 },
    seeds: 1,
    evaluations: [{ kind: 'energy' }],
  });
  const [trial] = plan.trials;
  openRuns(runsFolder).put(trialRecord(trial, [0.1, 0.2]));
  const pids = new Set<number | undefined>();
  const abort = new AbortController();
  const { executor, notes } = executorOf(t, plan, {
    runsFolder,
    dataDir: temporaryFolder(t),
    signal: abort.signal,
    onChange({ running }) {
      for (const { process: started } of running.values()) pids.add(started.pid);
      if (pids.size > 2) abort.abort(); // it would never end
    },
  });
  await executor.run();
  t.is(pids.size, 2);
  t.true(executor.isSettled(trial));
  t.deepEqual(
    notes.map((line) => line.replace(/exit code 1: .*?(; trying| \(tried)/, '…$1')),
    [
      `${trial.id} (${trial.experiment.name}): …; trying once more`,
      `${trial.id} (${trial.experiment.name}) is trained and could not be evaluated: … (tried 2 times)`,
    ],
  );
  t.is(executor.states.get(trial.id)!.status, 'trained');
  const reason = executor.unevaluated.get(trial.id)!;
  t.regex(reason, /^exit code 1: .*cifar10.* \(tried 2 times\)$/);
  t.deepEqual(sweepTable(plan, executor.states).array('reason'), [reason]);
  t.true(readFileSync(lastWordsFile(runsFolder, trial.id), 'utf8').startsWith(reason));
  t.is(new Photographer(executor).take().counts, '1 not evaluated');
  t.is(openRuns(runsFolder).list().records.length, 1, 'the record of the training stays as it was');
});

test.serial(
  'a record that is deleted while the sweep runs is not counted as done: its trial is started again',
  async (t) => {
    const runsFolder = temporaryFolder(t);
    // Its data is not there: what is started fails.
    const plan = samplePlan({ base: { data: { name: 'cifar10' }, epochs: 2 }, seeds: 2 });
    const [first] = plan.trials;
    openRuns(runsFolder).put(trialRecord(first, [0.1, 0.2]));
    const { executor } = executorOf(t, plan, {
      runsFolder,
      dataDir: temporaryFolder(t),
      onChange: ({ running }) =>
        running.size > 0 && rmSync(join(runsFolder, `${first.id}.json`), { force: true }),
    });
    await executor.run();
    t.is(new Photographer(executor).take().counts, '2 failed');
  },
);

test.serial('a temporary folder that was tidied away is made again', async (t) => {
  const runsFolder = temporaryFolder(t);
  const plan = samplePlan({ base: { data: { name: 'cifar10' } }, seeds: 1 });
  const { executor, temporary } = executorOf(t, plan, { runsFolder, dataDir: temporaryFolder(t) });
  rmSync(temporary, { recursive: true });
  await executor.run();
  t.regex(executor.states.get(plan.trials[0].id)!.reason!, /^exit code 1: .*cifar10/, 'it was started');
});

test.serial('a folder of records that takes nothing ends the sweep before anything is started', async (t) => {
  const place = join(temporaryFolder(t), 'runs');
  writeFileSync(place, '');
  const { executor } = executorOf(t, samplePlan({ seeds: 2 }), {
    runsFolder: place,
    onChange: () => t.fail('it was looked for work'),
  });
  const error = await t.throwsAsync(executor.run(), { instanceOf: DataError });
  t.regex(error.message, /runs: cannot write it \(EEXIST\): a file, expected a folder/);
});

test.serial('a trial that cannot be started ends the sweep with the reason', async (t) => {
  const plan = samplePlan({ seeds: 2 });
  const { executor, temporary } = executorOf(t, plan, { runsFolder: temporaryFolder(t) });
  rmSync(temporary, { recursive: true });
  writeFileSync(temporary, '');
  const error = await t.throwsAsync(executor.run(), { instanceOf: DataError });
  t.regex(error.message, /sgs-sweep\..*: cannot write it \((ENOTDIR|EEXIST)\)/);
  t.is(executor.running.size, 0);
});
