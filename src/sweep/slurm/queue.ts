// Asks Slurm for the tasks of a sweep: squeue for those that wait or run, sacct, where it keeps books, for the rest. Tests:
// test/sweep/slurm.test.ts.
import { execFile } from 'node:child_process';
import os from 'node:os';
import { promisify } from 'node:util';
import { UnsupportedError } from '../../errors.js';

/** One task of an array job. */
export interface QueuedTask {
  /** Slurm's number of the array job. */
  job: number;
  /** Number in the array. */
  task: number;
  /** As Slurm says it: `PENDING`, `RUNNING`, `COMPLETING`, `FAILED`, `TIMEOUT` … */
  state: string;
  /** Why it waits, or its exit code. */
  reason: string;
}

const run = promisify(execFile);

/**
 * Runs a command of Slurm, without a shell.
 *
 * @throws UnsupportedError when it is not installed, or refuses, with what it said
 */
export async function slurm(
  command: string,
  words: readonly string[],
  env: NodeJS.ProcessEnv = process.env,
): Promise<string> {
  try {
    const { stdout } = await run(command, words, { env, maxBuffer: 2 ** 26 });
    return stdout;
  } catch (error) {
    const { code, stderr, message } = error as Error & { code?: string | number; stderr?: string };
    if (code === 'ENOENT')
      throw new UnsupportedError(
        `${command} is not found: Slurm is not installed on this machine; leave --slurm out to work here, or go to a cluster's login node`,
      );
    throw new UnsupportedError(`${command}: ${(stderr || message).trim().slice(0, 2000)}`);
  }
}

/** The tasks of this user's array jobs that wait or run. @throws UnsupportedError when Slurm does not answer */
export async function queuedTasks(): Promise<QueuedTask[]> {
  const words = ['--noheader', '--array', `--user=${os.userInfo().username}`, '--format=%F|%K|%T|%r'];
  return parseQueue(await slurm('squeue', words));
}

/** Reads what `squeue --array --format=%F|%K|%T|%r` writes; jobs that are no arrays are left out. */
export function parseQueue(text: string): QueuedTask[] {
  return text.split('\n').flatMap((line) => {
    const [job, task, state, reason = ''] = line.split('|').map((word) => word.trim());
    if (!/^\d+$/.test(job) || !/^\d+$/.test(task ?? '') || !state) return [];
    return [{ job: Number(job), task: Number(task), state, reason }];
  });
}

/** States of tasks that have left the queue; none where the cluster keeps no books. */
export async function endedTasks(jobs: readonly number[]): Promise<QueuedTask[]> {
  if (jobs.length === 0) return [];
  const words = [
    '--noheader',
    '--parsable2',
    '--allocations',
    '--array',
    `--jobs=${jobs.join(',')}`,
    '--format=JobID,State,ExitCode',
  ];
  try {
    return parseAccounts(await slurm('sacct', words));
  } catch (error) {
    if (error instanceof UnsupportedError) return [];
    throw error;
  }
}

/** Reads what `sacct --parsable2 --format=JobID,State,ExitCode` writes. */
export function parseAccounts(text: string): QueuedTask[] {
  return text.split('\n').flatMap((line) => {
    const [id = '', state = '', code = ''] = line.split('|');
    const [, job, task] = /^(\d+)_(\d+)$/.exec(id) ?? [];
    // `CANCELLED by 1000` is CANCELLED.
    return job
      ? [{ job: Number(job), task: Number(task), state: state.split(' ')[0], reason: `exit code ${code}` }]
      : [];
  });
}
