// A sweep as array jobs of a Slurm cluster: files of its trials in the shared folder, the script, and `sbatch`.
import { chmodSync, existsSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { DataError, SettingsError } from '../../errors.js';
import { readWhole, writeWhole } from '../../files.js';
import { packageRoot } from '../../paths.js';
import { firstIssue } from '../../recordcheck.js';
import { numericsOf, type PlannedTrial, type SweepPlan } from '../plan.js';
import { trialWords } from '../process.js';
import { endedTasks, queuedTasks, slurm, type QueuedTask } from './queue.js';
import { SLURM_TEMPLATE } from './template.js';

/** What is asked of the cluster; what is left out is the cluster's default, or the script's. */
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
  /** Tasks at the same time, at most. Halving: how many workers; default 8. */
  atMost?: number;
  /** Any other options of `sbatch`, such as `--qos=low`. */
  more?: string[];
}

/** What the tasks are started with. */
export interface SlurmTrialOptions {
  runsFolder: string;
  engine?: string;
  backend?: string;
  dataDir?: string;
  checkpointSeconds?: number;
  leaseSeconds?: number;
  /** The sweep's file, for the workers of halving. */
  sweepFile: string;
}

/** An array job that was submitted: its number, and by task the run id of its trial. Halving has workers and no trials. */
export interface SubmittedJob {
  job: number;
  tasks: Record<string, string>;
}

const submitted = z.array(
  z.strictObject({ job: z.int().min(1), tasks: z.record(z.string().regex(/^\d+$/), z.string()) }),
);

/** The folder of a sweep's files, below that of the records. */
export const sweepFolder = (runsFolder: string, { sweep }: SweepPlan): string =>
  join(runsFolder, 'sweeps', sweep.name);

/** Slurm takes array numbers below `MaxArraySize`, 1001 unless the cluster says otherwise. */
const LARGEST_ARRAY = 1000;

/**
 * Submits the trials that are wanted and not in the queue already.
 *
 * @param wanted - trials without a record
 * @returns the jobs, none when all are in the queue; and the script that was submitted
 * @throws UnsupportedError with sbatch's words when Slurm is not there or refuses
 */
export async function submitSweep(
  plan: SweepPlan,
  wanted: readonly PlannedTrial[],
  options: SlurmOptions,
  trialOptions: SlurmTrialOptions,
): Promise<{ jobs: SubmittedJob[]; script: string; already: number }> {
  const folder = sweepFolder(trialOptions.runsFolder, plan);
  const waiting = new Set(
    (await queueOf(plan, trialOptions.runsFolder)).filter(isActive).map(({ id }) => id),
  );
  const script = writeScript(folder);
  const halving = plan.sweep.search.kind === 'halving';
  if (halving && waiting.size > 0) return { jobs: [], script, already: waiting.size };
  const left = wanted.filter(({ id }) => !waiting.has(id));
  const jobs: SubmittedJob[] = [];
  if (halving && left.length > 0) jobs.push(await submitWorkers(folder, script, plan, options, trialOptions));
  else if (!halving) {
    for (const [offset, trials] of groups(left))
      jobs.push(await submitArray(folder, script, plan, offset, trials, options, trialOptions));
  }
  return { jobs, script, already: wanted.length - left.length };
}

/** Trials by the number that stands for 0 in their array. */
function groups(trials: readonly PlannedTrial[]): Map<number, PlannedTrial[]> {
  const found = new Map<number, PlannedTrial[]>();
  for (const trial of trials) {
    const offset = Math.floor(trial.index / LARGEST_ARRAY) * LARGEST_ARRAY;
    found.set(offset, [...(found.get(offset) ?? []), trial]);
  }
  return found;
}

async function submitArray(
  folder: string,
  script: string,
  plan: SweepPlan,
  offset: number,
  trials: readonly PlannedTrial[],
  options: SlurmOptions,
  trialOptions: SlurmTrialOptions,
): Promise<SubmittedJob> {
  for (const { index, experiment, evaluations } of trials)
    writeWhole(join(folder, 'trials', `${index}.json`), JSON.stringify({ experiment, evaluations }));
  const array = ranges(trials.map(({ index }) => index - offset));
  const [program, command, , ...rest] = trialWords('', { ...trialOptions, threads: options.cpus ?? 1 });
  const words = [join(folder, 'trials'), String(offset), process.execPath, program, command, ...rest];
  const job = await sbatch(folder, script, plan, array, options, words);
  const entry = {
    job,
    tasks: Object.fromEntries(trials.map(({ index, id }) => [String(index - offset), id])),
  };
  remember(folder, entry);
  return entry;
}

/** Halving decides while it runs, so its tasks are workers: each goes on with what the records say is next. */
async function submitWorkers(
  folder: string,
  script: string,
  plan: SweepPlan,
  options: SlurmOptions,
  { sweepFile, ...trialOptions }: SlurmTrialOptions,
): Promise<SubmittedJob> {
  const workers = Math.min(options.atMost ?? 8, plan.trials.length);
  const [, , , ...rest] = trialWords('', { ...trialOptions, threads: options.cpus ?? 1 });
  const words = [
    '-',
    '0',
    process.execPath,
    join(packageRoot(), 'src', 'sgs.mjs'),
    'sweep',
    sweepFile,
    '--jobs',
    '1',
    ...rest,
  ];
  const array = ranges(Array.from({ length: workers }, (_, i) => i));
  const job = await sbatch(folder, script, plan, array, { ...options, atMost: undefined }, words);
  const entry = {
    job,
    tasks: Object.fromEntries(Array.from({ length: workers }, (_, i) => [String(i), 'worker'])),
  };
  remember(folder, entry);
  return entry;
}

/** Every word is an argument of its own: no shell reads any of them. */
async function sbatch(
  folder: string,
  script: string,
  plan: SweepPlan,
  array: string,
  options: SlurmOptions,
  words: string[],
): Promise<number> {
  const { partition, time, gpus, cpus = 1, memory, account, atMost, more = [] } = options;
  const minutes = time === undefined ? Infinity : minutesOf(time);
  if (minutes < SHORTEST)
    throw new SettingsError(
      `--time ${time}: tasks are told 90 to 150 seconds before their time is up, so give at least ${SHORTEST} minutes, such as --time 1:00:00`,
    );
  const strange = more.find((option) => !/^--?[a-zA-Z]/.test(option));
  if (strange !== undefined)
    throw new SettingsError(
      `--sbatch ${JSON.stringify(strange)}: expected an option of sbatch, such as --sbatch=--qos=low`,
    );
  const output = await slurm(
    'sbatch',
    [
      '--parsable',
      `--job-name=${plan.sweep.name}`,
      `--array=${array}${atMost === undefined ? '' : `%${atMost}`}`,
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

/** A task with less time is stopped before it has done anything, again and again. Minutes. */
const SHORTEST = 5;

/** A time limit of Slurm in minutes: `90`, `90:00`, `1:30:00`, `2-0`, `2-0:30`, `2-0:30:00`; others are Slurm's to refuse. */
export function minutesOf(time: string): number {
  const [, days, rest] = /^(?:(\d+)-)?([\d:]+)$/.exec(time) ?? [];
  if (rest === undefined) return Infinity;
  const [first, second = 0, third] = rest.split(':').map(Number);
  if (days !== undefined) return Number(days) * 1440 + first * 60 + second + (third ?? 0) / 60;
  return third === undefined ? first + second / 60 : first * 60 + second + third / 60;
}

/** The build of the event engine is part of run ids: every node must take the one that the plan was made with. */
function buildOf(plan: SweepPlan): Record<string, string> {
  const builds = numericsOf(plan)
    .filter(({ engine }) => engine === 'event')
    .map(({ build }) => build);
  return builds.length === 1 ? { SGS_BUILD: builds[0] } : {};
}

/** `0-3,7`: numbers in ascending order as Slurm writes them. */
export function ranges(numbers: readonly number[]): string {
  const parts: [number, number][] = [];
  for (const n of [...numbers].sort((a, b) => a - b)) {
    const last = parts.at(-1);
    if (last && n === last[1] + 1) last[1] = n;
    else parts.push([n, n]);
  }
  return parts.map(([from, to]) => (from === to ? String(from) : `${from}-${to}`)).join(',');
}

/** Writes the script where there is none yet: one that was edited stays. */
function writeScript(folder: string): string {
  const script = join(folder, 'job.sh');
  if (writeWhole(script, SLURM_TEMPLATE, { create: true })) chmodSync(script, 0o755);
  writeWhole(
    join(folder, 'logs', 'README.txt'),
    'Output of the tasks: <job>_<task>.txt. Slurm does not make this folder.\n',
  );
  return script;
}

const jobsFile = (folder: string): string => join(folder, 'jobs.json');

function remember(folder: string, entry: SubmittedJob): void {
  writeWhole(jobsFile(folder), `${JSON.stringify([...readJobs(folder), entry], null, 1)}\n`);
}

/** The jobs that were submitted for a sweep. @throws DataError when their list is damaged */
export function readJobs(folder: string): SubmittedJob[] {
  const file = jobsFile(folder);
  if (!existsSync(file)) return [];
  let value: unknown;
  try {
    value = JSON.parse(Buffer.from(readWhole(file)).toString('utf8'));
  } catch (error) {
    throw new DataError(
      file,
      `is not JSON: ${(error as Error).message}`,
      'delete it; jobs in the queue go on',
    );
  }
  const problem = firstIssue(submitted, value, 'jobs');
  if (problem) throw new DataError(file, problem, 'delete it; jobs in the queue go on');
  return value as SubmittedJob[];
}

/** A task of the sweep with the run id of its trial. */
export type SweepTask = QueuedTask & { id: string };

/** What Slurm says of a sweep's tasks, the last word on each trial; none where nothing was submitted. */
export async function queueOf(plan: SweepPlan, runsFolder: string): Promise<SweepTask[]> {
  const jobs = readJobs(sweepFolder(runsFolder, plan));
  if (jobs.length === 0) return [];
  const known = [...(await endedTasks(jobs.map(({ job }) => job))), ...(await queuedTasks())];
  const byTask = new Map(known.map((task) => [`${task.job}_${task.task}`, task]));
  const found = new Map<string, SweepTask>();
  for (const { job, tasks } of jobs)
    for (const [task, id] of Object.entries(tasks)) {
      const now = byTask.get(`${job}_${task}`);
      if (now) found.set(id === 'worker' ? `${job}_${task}` : id, { ...now, id });
    }
  return [...found.values()];
}

/** Whether a task waits or runs. */
export const isActive = ({ state }: Pick<QueuedTask, 'state'>): boolean =>
  [
    'PENDING',
    'RUNNING',
    'COMPLETING',
    'CONFIGURING',
    'SUSPENDED',
    'REQUEUED',
    'REQUEUE_HOLD',
    'RESIZING',
  ].includes(state);
