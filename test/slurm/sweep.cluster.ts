// Sweeps on a real Slurm; run.sh starts it. Needs dist (npm run build).
import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { promisify } from 'node:util';
import test, { type ExecutionContext } from 'ava';
import type { RunRecord } from '../../src/records/record.js';
import { highestTokens, leasesFolder } from '../../src/records/lease/file.js';
import { openRuns } from '../../src/records/folder.js';
import { readJobs } from '../../src/sweep/slurm/submitted.js';
import { parseQueue } from '../../src/sweep/slurm/queue.js';
import { temporaryFolder } from '../helpers/folder.js';

const run = promisify(execFile);

interface Said {
  code: number;
  stdout: string;
  stderr: string;
}

/** Runs the built command line. */
async function sgs(words: string[], env: NodeJS.ProcessEnv = process.env): Promise<Said> {
  try {
    return { code: 0, ...(await run(process.execPath, ['scripts/sgs.mjs', ...words], { env })) };
  } catch (error) {
    const { code, stdout, stderr } = error as Said;
    return { code, stdout, stderr };
  }
}

/** A sweep's file and a folder of records, both with names that a shell would trip over. */
function prepare(
  t: ExecutionContext,
  name: string,
  more: object,
): { file: string; runs: string; folder: string } {
  const root = join(temporaryFolder(t), `it's "a" $(touch gone) & folder`);
  mkdirSync(root);
  const file = join(root, 'the sweep.json');
  const base = {
    data: { name: 'shapes10', trainLimit: 100, testLimit: 40 },
    network: { architecture: 'convNet', width: 0.125 },
    epochs: 2,
    batchSize: 20,
  };
  writeFileSync(file, JSON.stringify({ name, base, axes: { 'neuron.delta': [0, 0.01] }, ...more }));
  return { file, runs: join(root, 'runs'), folder: join(root, 'runs', 'sweeps', name) };
}

const records = (folder: string): RunRecord[] =>
  openRuns(folder)
    .list()
    .records.filter((record): record is RunRecord => record.kind === 'run');

const log = (folder: string, job: number, task: number): string => {
  const file = join(folder, 'logs', `${job}_${task}.txt`);
  return existsSync(file) ? readFileSync(file, 'utf8') : '';
};

/** Whether a task of the first job has the lease of its run. */
const isClaimed = (runs: string, folder: string, task: number): boolean =>
  highestTokens(leasesFolder(runs)).has(readJobs(folder)[0].tasks[task]);

/** Waits until something is so, at least twenty minutes: that only ends what would hang. */
async function until(what: string, holds: () => boolean | Promise<boolean>): Promise<void> {
  for (let i = 0; i < 12_000; i++) {
    if (await holds()) return;
    await wait(100);
  }
  throw new Error(`it never came: ${what}`);
}

const queue = async (): Promise<ReturnType<typeof parseQueue>> =>
  parseQueue((await run('squeue', ['--noheader', '--array', '--format=%F|%K|%T|%r'])).stdout);

const isIdle = async (): Promise<boolean> => (await queue()).length === 0;

/** Whether no process is left that watches over a task and tells Slurm of its end. */
const hasNoStep = async (): Promise<boolean> =>
  !(await run('ps', ['-eo', 'comm'])).stdout.includes('slurmstepd');

/** Slurm lets a requeued job wait two minutes; the test does not. */
const hurry = (job: number, task: number): Promise<unknown> =>
  run('scontrol', ['update', `jobid=${job}_${task}`, 'StartTime=now']).catch(() => undefined);

test.serial(
  'an array job makes every record; submitted again, nothing is left; no name is read by a shell',
  async (t) => {
    const { file, runs, folder } = prepare(t, 'array', {
      seeds: 2,
      evaluations: [{ kind: 'energy', limit: 20 }],
    });
    const words = [
      'sweep',
      file,
      '--runs',
      runs,
      '--slurm',
      '--partition',
      'low',
      '--time',
      '10',
      '--cpus',
      '1',
    ];
    const { code, stdout, stderr } = await sgs([...words, '--sbatch=--comment=a b; $(touch gone)']);
    t.is(code, 0, stderr);
    t.regex(stdout, /^job \d+: 4 tasks\n0 of 4 trials have their record, 0 were in the queue already\n/);
    const again = await sgs(words);
    t.regex(again.stdout, /\d of 4 trials have their record, \d were in the queue already/);
    t.is(readJobs(folder).length, 1, 'what waits or runs is not submitted twice');
    await until('an empty queue', isIdle);
    t.deepEqual(
      records(runs).map(({ outcome }) => outcome.status),
      ['done', 'done', 'done', 'done'],
      log(folder, readJobs(folder)[0].job, 0),
    );
    t.is(openRuns(runs).list().records.length, 8, 'with their evaluations');
    t.regex((await sgs(words)).stdout, /^4 of 4 trials have their record/);
    const status = await sgs(['sweep', file, '--runs', runs, '--status']);
    t.is(status.stdout.match(/ done /g)?.length, 4, status.stdout);
    t.regex(status.stdout, /best of 2 by validation at epoch 2: .* \(mean of 2 seeds\)/);
    t.false(existsSync('gone'));
  },
);

test.serial(
  'a task whose time is nearly up, and one that is preempted, go on where they stopped, with the same bits',
  async (t) => {
    const long = {
      base: {
        data: { name: 'shapes10', trainLimit: 200, testLimit: 40 },
        network: { architecture: 'convNet', width: 0.125 },
        epochs: 90, // longer than all that is done to it here takes
        batchSize: 20,
      },
    };
    const { file, runs, folder } = prepare(t, 'long', { ...long, axes: {}, seeds: [0, 1] });
    t.is((await sgs(['sweep', file, '--runs', runs, '--slurm', '--partition', 'low'])).code, 0);
    const [{ job }] = readJobs(folder);
    const progress = (task: number): boolean => isClaimed(runs, folder, task);
    await until('both tasks at work', () => progress(0) && progress(1));
    const status = await sgs(['sweep', file, '--runs', runs, '--status']);
    t.is(status.stdout.match(/ \d+ % on \S+, RUNNING \d+_[01]/g)?.length, 2, status.stdout);
    // What --signal=B:USR1@90 sends when a minute and a half is left.
    await run('scancel', ['--signal=USR1', '--batch', `${job}_0`]);
    await until('the first task in the queue again', async () =>
      (await queue()).some(({ job: each, task, state }) => each === job && task === 0 && state === 'PENDING'),
    );
    t.regex(log(folder, job, 0), /ended with exit code 130/);
    // A job of a partition with priority takes all cores: Slurm itself stops and requeues the second task.
    const cores = (await run('nproc')).stdout.trim();
    await run('sbatch', [
      '--partition=high',
      `--cpus-per-task=${cores}`,
      '--output=/dev/null',
      '--wrap=true',
    ]);
    await until('the second task preempted', async () =>
      (await queue()).some(({ job: each, task, state }) => each === job && task === 1 && state === 'PENDING'),
    );
    // A task started again before the end of its first start was told would be taken for ended: hence Slurm's two minutes.
    await until('the end of all that was started', hasNoStep);
    await until('the end of both', async () => {
      await Promise.all([hurry(job, 0), hurry(job, 1)]);
      return isIdle();
    });
    for (const task of [0, 1]) t.regex(log(folder, job, task), /start 2/);
    const found = records(runs);
    t.deepEqual(
      found.map(({ outcome }) => outcome.status),
      ['done', 'done'],
      log(folder, job, 0) + log(folder, job, 1),
    );
    t.true(
      found.every(({ resumed }) => resumed >= 1),
      `resumed ${found.map(({ resumed }) => resumed)} times`,
    );
    const alone = temporaryFolder(t);
    t.is((await sgs(['sweep', file, '--runs', alone])).code, 0);
    const digests = (list: RunRecord[]): unknown => list.map(({ id, weightsDigest }) => [id, weightsDigest]);
    t.deepEqual(digests(found), digests(records(alone)), 'as trained without Slurm and without interruption');
    t.log(`2 tasks stopped by Slurm, continued, same bits as on their own`);
  },
);

test.serial('cancelled tasks stay cancelled, resumable, and are submitted again on request', async (t) => {
  const long = {
    data: { name: 'shapes10', trainLimit: 200, testLimit: 40 },
    network: { architecture: 'convNet', width: 0.125 },
    epochs: 30,
    batchSize: 20,
  };
  const { file, runs, folder } = prepare(t, 'cancelled', { base: long, axes: {}, seeds: [0] });
  const words = ['sweep', file, '--runs', runs, '--slurm'];
  t.is((await sgs(words)).code, 0);
  const [{ job }] = readJobs(folder);
  await until('the task at work', () => isClaimed(runs, folder, 0));
  await run('scancel', [String(job)]);
  await until('an empty queue', isIdle);
  await wait(1000);
  t.true(await isIdle());
  t.regex((await sgs(words)).stdout, /^job \d+: 1 tasks\n0 of 1 trials/);
  await until('an empty queue', isIdle);
  const [record] = records(runs);
  t.is(record.outcome.status, 'done');
});

test.serial('halving: workers of an array decide from the shared records', async (t) => {
  const { file, runs } = prepare(t, 'halving', {
    axes: { 'neuron.delta': [0, 0.01, 0.1] },
    search: { kind: 'halving', rungs: [1], reduction: 3 },
  });
  const { stdout } = await sgs(['sweep', file, '--runs', runs, '--slurm', '--at-most', '2']);
  t.regex(stdout, /^job \d+: 2 tasks\n/);
  await until('an empty queue', isIdle);
  t.deepEqual(
    records(runs)
      .map(({ outcome }) => outcome.epoch)
      .sort(),
    [1, 1, 2],
  );
});

test.serial(
  "--at-most holds over all arrays that the cluster's limit asks for, and over what is submitted later",
  async (t) => {
    const { file, runs, folder } = prepare(t, 'limited', { axes: {}, seeds: 8 });
    const words = ['sweep', file, '--runs', runs, '--slurm', '--at-most', '1'];
    const { stdout, code, stderr } = await sgs(words);
    t.is(code, 0, stderr);
    t.regex(stdout, /^job \d+: 5 tasks\njob \d+: 3 tasks\n/); // MaxArraySize of the test's Slurm is 5
    const [first] = readJobs(folder);
    await run('scancel', [`${first.job}_4`]);
    t.regex(
      (await sgs(words)).stdout,
      /^job \d+: 1 tasks\n\d of 8 trials have their record, [567] were in the queue/,
    );
    let most = 0;
    await until('an empty queue', async () => {
      const tasks = await queue();
      most = Math.max(most, tasks.filter(({ state }) => state === 'RUNNING').length);
      return tasks.length === 0;
    });
    t.is(most, 1, 'tasks that ran at the same time');
    t.deepEqual(
      records(runs).map(({ outcome }) => outcome.status),
      Array.from({ length: 8 }, () => 'done'),
    );
  },
);

test.serial('what Slurm refuses is told in its words, and its absence by name', async (t) => {
  const { file, runs } = prepare(t, 'refused', {});
  const words = ['sweep', file, '--runs', runs, '--slurm'];
  const partition = await sgs([...words, '--partition', 'nowhere']);
  t.is(partition.code, 1);
  t.regex(partition.stderr, /^sgs: sbatch: .*invalid partition specified: nowhere/m);
  const option = await sgs([...words, '--sbatch', 'job.sh']);
  t.regex(option.stderr, /--sbatch "job\.sh": expected an option of sbatch/);
  const absent = await sgs(words, { ...process.env, PATH: '/nowhere' });
  t.regex(absent.stderr, /sbatch is not found: Slurm is not installed on this machine/);
  t.is(records(runs).length, 0);
});
