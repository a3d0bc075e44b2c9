// Sweeps of real trainings that are killed, interrupted, out of memory and out of disk. Needs dist (npm run build).
import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import test, { type ExecutionContext } from 'ava';
import { DataError } from '../../src/errors.js';
import type { RunRecord } from '../../src/records/record.js';
import { highestTokens, leasesFolder } from '../../src/records/lease/file.js';
import { openRuns } from '../../src/records/folder.js';
import { planned, type SweepInput } from '../../src/sweep/sweep.js';
import { Executor, type ExecutorOptions } from '../../src/sweep/executor.js';
import { lastWordsFile } from '../../src/sweep/failed.js';
import { temporaryFolder } from '../helpers/folder.js';
import { testWithDisk } from '../helpers/needs.js';

const small = (epochs: number, seeds: number): SweepInput => ({
  name: 'small',
  base: {
    network: { architecture: 'convNet', width: 0.125 },
    data: { name: 'shapes10', trainLimit: 200, testLimit: 40 },
    epochs,
    batchSize: 20,
  },
  seeds,
});

interface Worked {
  executor: Executor;
  notes: string[];
}

/** Works on a sweep in this process; `onChange` may interfere. */
async function work(
  given: SweepInput,
  runsFolder: string,
  more: Partial<ExecutorOptions> = {},
): Promise<Worked> {
  const notes: string[] = [];
  const plan = await planned(given, {});
  const executor = new Executor(plan, {
    runsFolder,
    threads: 1,
    jobs: 2,
    onNote: (line) => void notes.push(line),
    ...more,
  });
  await executor.run();
  return { executor, notes };
}

const records = (folder: string): RunRecord[] =>
  openRuns(folder)
    .list()
    .records.filter((record): record is RunRecord => record.kind === 'run');

test.serial(
  'a trial killed once is tried again and done; one killed each time is recorded as failed; the sweep goes on',
  async (t) => {
    const folder = temporaryFolder(t);
    const killed = new Map<string, number>();
    const slow = small(40, 3); // the executor looks every second: a trial must not be done by then
    const { executor, notes } = await work(slow, folder, {
      onChange({ running }) {
        for (const { trial, process: trialProcess, message } of running.values()) {
          const times = trial.index === 0 ? 1 : trial.index === 1 ? 9 : 0;
          const key = `${trial.id} ${trialProcess.pid}`;
          if (message === undefined || killed.has(key)) continue;
          if ([...killed.keys()].filter((each) => each.startsWith(trial.id)).length >= times) continue;
          killed.set(key, 1);
          trialProcess.kill();
        }
      },
    });
    const status = (index: number) => executor.states.get(executor.plan.trials[index].id)!;
    t.deepEqual(
      [0, 1, 2].map((index) => status(index).status),
      ['done', 'failed', 'done'],
    );
    t.is(killed.size, 3);
    t.regex(status(1).reason!, /^killed by SIGKILL.* \(tried 2 times\)$/);
    t.is(notes.filter((line) => line.includes('trying once more')).length, 2);
    t.is(notes.filter((line) => line.includes(' failed: killed by SIGKILL')).length, 1);
    t.regex(
      readFileSync(lastWordsFile(folder, executor.plan.trials[1].id), 'utf8'),
      /^killed by SIGKILL[^]*engine event/,
    );
    t.deepEqual((await work(slow, folder)).notes, [], 'what was given up stays so');
    await work(slow, folder, { retryFailed: true });
    t.deepEqual(
      records(folder).map(({ outcome }) => outcome.status),
      ['done', 'done', 'done'],
    );
  },
);

test.serial(
  'a run whose weights are not here is trained once more for an evaluation that is new: same weights, its record stays',
  async (t) => {
    const folder = temporaryFolder(t);
    await work(small(1, 2), folder);
    const [kept, lost] = records(folder);
    const weights = openRuns(folder).readWeights(lost.id);
    rmSync(openRuns(folder).weightsPath(lost.id));
    const evaluations = [{ kind: 'energy' as const }];
    const { executor } = await work({ ...small(1, 2), evaluations }, folder);
    for (const { id } of [kept, lost]) t.is(executor.states.get(id)!.status, 'done');
    t.is(executor.unevaluated.size, 0);
    t.deepEqual(records(folder), [kept, lost]);
    t.deepEqual(openRuns(folder).readWeights(lost.id), weights);
  },
);

test.serial('a trial that is short of memory is recognised, and fewer run at a time', async (t) => {
  const folder = temporaryFolder(t);
  const plan = await planned(small(1, 2), {});
  const notes: string[] = [];
  const executor = new Executor(plan, {
    runsFolder: folder,
    threads: 1,
    jobs: 2,
    onNote: (line) => void notes.push(line),
  });
  const { NODE_OPTIONS } = process.env;
  process.env.NODE_OPTIONS = '--max-old-space-size=12';
  t.teardown(() => {
    if (NODE_OPTIONS === undefined) delete process.env.NODE_OPTIONS;
    else process.env.NODE_OPTIONS = NODE_OPTIONS;
  });
  await executor.run();
  t.is(executor.jobs, 1);
  const reasons = records(folder).map(({ outcome }) => `${outcome.status}: ${outcome.reason}`);
  t.is(reasons.length, 2);
  for (const reason of reasons)
    t.regex(reason, /^failed: out of memory: .*heap out of memory.* \(tried 2 times\)$/);
  t.true(notes.includes('out of memory: from now on 1 at a time'));
});

/** Starts the built command line in a process group of its own, as a terminal does. */
function command(
  file: string,
  folder: string,
): { child: ChildProcess; said: () => string; ended: Promise<unknown[]> } {
  const child = spawn(process.execPath, ['scripts/sgs.mjs', 'sweep', file, '--runs', folder, '--jobs', '2'], {
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
  let text = '';
  for (const pipe of [child.stdout!, child.stderr!])
    pipe.on('data', (more: Buffer) => (text += more.toString()));
  return { child, said: () => text, ended: once(child, 'close') };
}

function sweepFile(t: ExecutionContext, given: SweepInput): string {
  const file = join(temporaryFolder(t), 'sweep.json');
  writeFileSync(file, JSON.stringify(given));
  return file;
}

/** Processes of trials on a folder. */
const trialsOn = (folder: string): number[] =>
  execFileSync('ps', ['-eo', 'pid,args'], { encoding: 'utf8' })
    .split('\n')
    .filter((line) => line.includes(' trial ') && line.includes(folder))
    .map((line) => Number.parseInt(line, 10));

/** Looks for ten minutes: a loaded machine is slow, and this only ends what would hang. */
async function until(what: string, holds: () => boolean): Promise<void> {
  for (let i = 0; i < 12_000; i++) {
    if (holds()) return;
    await wait(50);
  }
  throw new Error(`it never came: ${what}`);
}

/** Stops all trials on a folder where they stand, one at least: none of them can stop gracefully then. */
async function freeze(folder: string): Promise<void> {
  const frozen = new Set<number>();
  await until('trials that stand still', () => {
    const trials = trialsOn(folder);
    for (const pid of trials)
      try {
        process.kill(pid, 'SIGSTOP');
        frozen.add(pid);
      } catch {
        return false; // it ended a moment ago, and another may have begun
      }
    // Looked at again: who was named a moment ago and begun meanwhile was not stopped.
    return trials.length > 0 && trialsOn(folder).every((pid) => frozen.has(pid));
  });
}

const long = small(12, 3);

test.serial(
  'Ctrl-C, the death of the leading process, and Ctrl-C twice: continued each time, same bits in the end',
  async (t) => {
    const file = sweepFile(t, long);
    const [folder, alone] = [temporaryFolder(t), temporaryFolder(t)];
    // Both have claimed their run, and one has something to go on from: who is still loading leaves no record.
    const atWork = (): boolean =>
      trialsOn(folder).length === 2 &&
      highestTokens(leasesFolder(folder)).size === 2 &&
      names(join(folder, 'checkpoints')) > 0;
    let current = command(file, folder);
    await until('trials at work', atWork);
    process.kill(-current.child.pid!, 'SIGINT'); // as a terminal: to the whole group
    t.deepEqual(await current.ended, [130, null], current.said());
    t.regex(current.said(), /stopped with [123] of 3 trials to do; the same command goes on/);
    t.deepEqual(trialsOn(folder), []);
    t.true(records(folder).length >= 2);
    t.false(records(folder).some(({ outcome }) => outcome.status === 'failed'));

    current = command(file, folder);
    await until('trials at work again', () => trialsOn(folder).length > 0); // the others may be done
    await wait(2000);
    current.child.kill('SIGKILL');
    await current.ended;
    await until('no trial outlives the process that led it', () => trialsOn(folder).length === 0);

    current = command(file, folder);
    await until('trials at work again', () => trialsOn(folder).length > 0); // the others may be done
    await wait(1000);
    await freeze(folder);
    current.child.kill('SIGINT');
    await until('the first was heard', () => /Stopping at the next safe point/.test(current.said()));
    await wait(1000);
    t.is(current.child.exitCode, null, 'it waits for its trials');
    current.child.kill('SIGINT');
    t.deepEqual(await current.ended, [130, null]);
    await until('no trial left', () => trialsOn(folder).length === 0);

    const [last, whole] = [command(file, folder), command(file, alone)];
    t.deepEqual(
      [await last.ended, await whole.ended],
      [
        [0, null],
        [0, null],
      ],
      last.said() + whole.said(),
    );
    const digests = (where: string): unknown =>
      records(where).map(({ id, weightsDigest }) => [id, weightsDigest]);
    t.deepEqual(digests(folder), digests(alone));
    t.deepEqual(
      records(folder).map(({ outcome }) => outcome.status),
      ['done', 'done', 'done'],
    );
    t.log(
      `resumed ${records(folder)
        .map(({ resumed }) => resumed)
        .join(', ')} times`,
    );
  },
);

/** How many files there are. */
const names = (folder: string): number => (existsSync(folder) ? readdirSync(folder).length : 0);

test.serial('two sweeps on one folder that share trials: every trial is done once', async (t) => {
  const folder = temporaryFolder(t);
  const [a, b] = [
    command(sweepFile(t, small(4, 3)), folder),
    command(sweepFile(t, { ...small(4, 3), name: 'other', seeds: [1, 2, 3] }), folder),
  ];
  t.deepEqual(
    [await a.ended, await b.ended],
    [
      [0, null],
      [0, null],
    ],
    a.said() + b.said(),
  );
  const done = records(folder);
  t.deepEqual(
    done.map(({ outcome, resumed }) => [outcome.status, resumed]),
    Array.from({ length: 4 }, () => ['done', 0]),
  );
});

testWithDisk(
  'a full disk ends the sweep with a clear error and fails no trial; with space it goes on',
  async (t) => {
    const disk = join(temporaryFolder(t), 'disk');
    mkdirSync(disk);
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=96k', 'none', disk], { stdio: 'ignore' });
    t.teardown(() => execFileSync('umount', [disk]));
    const folder = join(disk, 'runs');
    const error = await t.throwsAsync(work(small(1, 6), folder), { instanceOf: DataError });
    t.regex(
      error.message,
      /nothing more can be kept: .*cannot write it \(ENOSPC\): the disk is full; free some space; then run the sweep again/,
    );
    t.deepEqual(openRuns(folder).list().corrupt, []);
    t.false(records(folder).some(({ outcome }) => outcome.reason?.includes('tried')));
    execFileSync('mount', ['-o', 'remount,size=8m', disk]);
    await work(small(1, 6), folder);
    t.deepEqual(
      records(folder).map(({ outcome }) => outcome.status),
      Array<string>(6).fill('done'),
    );
  },
);

test.serial('halving trains the best to the end and leaves the rest resumable', async (t) => {
  const folder = temporaryFolder(t);
  const { executor } = await work(
    {
      ...small(4, 1),
      axes: { 'optimizer.learningRate': [0.00001, 0.0001, 0.001, 0.005] },
      search: { kind: 'halving', rungs: [1, 2], reduction: 2 },
    },
    folder,
  );
  const epochs = executor.plan.trials.map(({ id }) => executor.states.get(id)!.epochs);
  t.deepEqual([...epochs].sort(), [1, 1, 2, 4]);
  for (const { id, index } of executor.plan.trials)
    t.is(openRuns(folder).hasCheckpoint(id), epochs[index] < 4);
  const at = (epoch: number) =>
    executor.plan.trials.map(
      ({ id }) => executor.states.get(id)!.record!.rows[epoch - 1]?.validationAccuracy,
    );
  const winner = epochs.indexOf(4);
  t.true(
    at(1).every((value) => value! <= 1) &&
      at(2)[winner]! >= Math.max(...at(2).filter((value) => value !== undefined)),
  );
});
