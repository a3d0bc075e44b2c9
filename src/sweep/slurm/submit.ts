// A sweep as array jobs of a Slurm cluster: files of its trials in the shared folder, the script, and the jobs.
import { chmodSync } from 'node:fs';
import { join } from 'node:path';
import { writeWhole } from '../../files/whole.js';
import { canonicalJson, sha256 } from '../../hash.js';
import { packageRoot } from '../../paths.js';
import type { PlannedTrial, SweepPlan } from '../plan.js';
import { trialWords } from '../process.js';
import { largestArray } from './array-size.js';
import { ranges } from './notation.js';
import { sbatch, type SlurmOptions } from './sbatch.js';
import { isActive, queueOf, remember, sweepFolder, type SubmittedJob } from './submitted.js';
import { SLURM_TEMPLATE } from './template.js';

/** Start data of the tasks. */
export interface SlurmTrialOptions {
  runsFolder: string;
  engine?: string;
  backend?: string;
  dataDir?: string;
  checkpointSeconds?: number;
  leaseSeconds?: number;
  /** The sweep's file, for the workers of halving; a plan that halves nothing needs none. */
  sweepFile?: string;
  /** Whether those try again what is recorded as failed; other tasks train what they are given. Default false. */
  retryFailed?: boolean;
}

/** A submission. */
export interface Submission {
  /** None when all is in the queue. */
  jobs: SubmittedJob[];
  /** The script that was submitted. */
  script: string;
  /** Number of the wanted trials in the queue. */
  already: number;
}

/**
 * Submits the trials that are wanted and not in the queue already, in as many arrays as the cluster's limit asks for.
 * `atMost` holds for the sweep in total: an array begins when those before it have ended, those of earlier submissions
 * too.
 *
 * @param wanted - trials without a record
 * @throws UnsupportedError with sbatch's words when Slurm is not there or refuses, and the jobs that stand
 */
export async function submitSweep(
  plan: SweepPlan,
  wanted: readonly PlannedTrial[],
  options: SlurmOptions,
  trialOptions: SlurmTrialOptions,
): Promise<Submission> {
  const folder = sweepFolder(trialOptions.runsFolder, plan);
  const own = new Set([...plan.trials.map(({ id }) => id), 'worker']); // not those of another sweep of the same name
  const queue = await queueOf(plan, trialOptions.runsFolder);
  const active = queue.filter((task) => isActive(task) && own.has(task.id));
  const waiting = new Set(active.map(({ id }) => id));
  const script = writeScript(folder);
  const halving = plan.sweep.search.kind === 'halving';
  if (halving && waiting.size > 0) return { jobs: [], script, already: waiting.size };
  const left = wanted.filter(({ id }) => !waiting.has(id));
  const jobs: SubmittedJob[] = [];
  if (left.length === 0) return { jobs, script, already: wanted.length };
  const size = options.arraySize ?? (await largestArray());
  if (halving) {
    jobs.push(await submitWorkers(folder, script, plan, size, options, trialOptions));
    return { jobs, script, already: wanted.length - left.length };
  }
  let before = options.atMost === undefined ? [] : [...new Set(active.map(({ job }) => job))];
  for (const [offset, trials] of groups(left, size)) {
    const after = { ...options, after: before };
    try {
      const entry = await submitArray(folder, script, plan, offset, trials, after, trialOptions);
      jobs.push(entry);
      if (options.atMost !== undefined) before = [entry.job];
    } catch (error) {
      throw jobs.length === 0 ? error : withStanding(error, jobs, left.length);
    }
  }
  return { jobs, script, already: wanted.length - left.length };
}

/** The error of an array that was not submitted, with what stands of those before it. */
function withStanding(error: unknown, jobs: readonly SubmittedJob[], wanted: number): unknown {
  if (!(error instanceof Error)) return error;
  const submitted = jobs.reduce((sum, { tasks }) => sum + Object.keys(tasks).length, 0);
  const numbers = jobs.map(({ job }) => job);
  error.message +=
    `\n${submitted} of ${wanted} trials were submitted before that and stand, as ${numbers.length === 1 ? 'job' : 'jobs'} ` +
    `${numbers.join(', ')}: the same command submits the rest once the cluster takes more; ` +
    `\`scancel ${numbers.join(' ')}\` takes them back`;
  return error;
}

/**
 * The folder of the files that a plan's tasks read when they begin. Each plan has its own: another sweep of the same name
 * must not change what waits in the queue.
 */
const trialsFolder = (folder: string, { sweep, trials }: SweepPlan): string => {
  const content = canonicalJson([trials.map(({ id }) => id), sweep.evaluations]);
  return join(folder, 'trials', sha256(content).slice(0, 16));
};

/** Trials by the number that stands for 0 in their array. */
function groups(trials: readonly PlannedTrial[], size: number): Map<number, PlannedTrial[]> {
  const found = new Map<number, PlannedTrial[]>();
  for (const trial of trials) {
    const offset = Math.floor(trial.index / size) * size;
    const group = found.get(offset);
    if (group) group.push(trial);
    else found.set(offset, [trial]);
  }
  return found;
}

async function submitArray(
  folder: string,
  script: string,
  plan: SweepPlan,
  offset: number,
  trials: readonly PlannedTrial[],
  options: SlurmOptions & { after: readonly number[] },
  trialOptions: SlurmTrialOptions,
): Promise<SubmittedJob> {
  const files = trialsFolder(folder, plan);
  for (const { index, experiment, evaluations, fingerprint } of trials)
    writeWhole(join(files, `${index}.json`), JSON.stringify({ experiment, evaluations, fingerprint }));
  const array = ranges(trials.map(({ index }) => index - offset));
  const [program, command, , ...rest] = trialWords('', { ...trialOptions, threads: options.cpus ?? 1 });
  const words = [files, String(offset), process.execPath, program, command, ...rest];
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
  size: number,
  options: SlurmOptions,
  { sweepFile, retryFailed, ...trialOptions }: SlurmTrialOptions,
): Promise<SubmittedJob> {
  const workers = Math.min(options.atMost ?? 8, plan.trials.length, size);
  const [, , , ...rest] = trialWords('', { ...trialOptions, threads: options.cpus ?? 1 });
  const words = [
    '-',
    '0',
    process.execPath,
    join(packageRoot(), 'scripts', 'sgs.mjs'),
    'sweep',
    ...(sweepFile === undefined ? [] : [sweepFile]),
    '--jobs',
    '1',
    ...(retryFailed ? ['--retry-failed'] : []),
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
