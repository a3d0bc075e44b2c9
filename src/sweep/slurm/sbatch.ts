// `sbatch`: one array job with what is asked of the cluster. Tests: test/sweep/slurm/submit.test.ts.
import { join } from 'node:path';
import { DataError, SettingsError } from '../../errors.js';
import { numericsOf, type SweepPlan } from '../plan.js';
import { minutesOf } from './notation.js';
import { slurm } from './queue.js';

/** Requests to the cluster; missing ones take the cluster's default, or the script's. */
export interface SlurmOptions {
  partition?: string;
  /** As Slurm takes it, for instance `4:00:00`. */
  time?: string;
  /** For each task. */
  gpus?: number;
  /** Cores, which are the threads of a trial. Default 1. */
  cpus?: number;
  /** As Slurm takes it, for instance `4G`. */
  memory?: string;
  account?: string;
  /** Tasks of the sweep at the same time, at most. Halving: how many workers; default 8. */
  atMost?: number;
  /** Tasks of one array, at most; default what the cluster says. */
  arraySize?: number;
  /** Any other options of `sbatch`, such as `--qos=low`. */
  more?: string[];
}

/** A task with less time is stopped before it has done anything, again and again. Minutes. */
const SHORTEST = 5;

/**
 * Submits an array job; its number. Every word is an argument of its own: no shell reads any of them.
 *
 * @param array - numbers of its tasks, as `ranges` writes them
 * @param options - `after`: jobs that must have ended, however, before a task of this one begins
 * @param words - what the script is given
 * @throws SettingsError when an option cannot be right; UnsupportedError with sbatch's words when it refuses
 */
export async function sbatch(
  folder: string,
  script: string,
  plan: SweepPlan,
  array: string,
  options: SlurmOptions & { after?: readonly number[] },
  words: string[],
): Promise<number> {
  const { partition, time, gpus, cpus = 1, memory, account, atMost, after = [], more = [] } = options;
  const minutes = time === undefined ? Infinity : minutesOf(time);
  if (minutes < SHORTEST)
    throw new SettingsError(
      `--time ${time}: tasks get a signal 90 to 150 seconds before their time is up, so give at least ${SHORTEST} minutes, such as --time 1:00:00`,
    );
  const strange = more.find((option) => !/^--?[a-zA-Z]/.test(option));
  if (strange !== undefined)
    throw new SettingsError(
      `--sbatch ${JSON.stringify(strange)}: expected an option of sbatch, such as --sbatch=--qos=low`,
    );
  // sbatch takes one, and the last one given.
  if (after.length > 0 && more.some((option) => /^(--dependency|-d)/.test(option)))
    throw new SettingsError(
      `--at-most ${atMost}: this array has to wait for ${after.join(', ')}, and --sbatch names another dependency; leave one of the two out`,
    );
  const output = await slurm(
    'sbatch',
    [
      '--parsable',
      `--job-name=${plan.sweep.name}`,
      `--array=${array}${atMost === undefined ? '' : `%${atMost}`}`,
      ...(after.length === 0 ? [] : [`--dependency=afterany:${after.join(':')}`]),
      `--output=${join(folder, 'logs', '%A_%a.txt')}`,
      `--cpus-per-task=${cpus}`,
      ...(partition === undefined ? [] : [`--partition=${partition}`]),
      ...(time === undefined ? [] : [`--time=${time}`]),
      ...(gpus === undefined ? [] : [`--gpus=${gpus}`]),
      ...(memory === undefined ? [] : [`--mem=${memory}`]),
      ...(account === undefined ? [] : [`--account=${account}`]),
      ...more,
      script,
      ...words,
    ],
    { ...process.env, ...buildOf(plan) },
  );
  const job = Number(output.trim().split(';')[0]);
  if (!Number.isInteger(job))
    throw new DataError('sbatch', `answered ${JSON.stringify(output)}`, 'expected the number of a job');
  return job;
}

/** The build of the event engine is part of run ids: every node must take the one that the plan was made with. */
function buildOf(plan: SweepPlan): Record<string, string> {
  const builds = numericsOf(plan)
    .filter(({ engine }) => engine === 'event')
    .map(({ build }) => build);
  return builds.length === 1 ? { SGS_BUILD: builds[0] } : {};
}
