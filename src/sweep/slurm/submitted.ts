// The jobs that were submitted for a sweep, and what has become of their tasks. Tests: test/sweep/slurm.test.ts.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { DataError } from '../../errors.js';
import { readWhole, writeWhole } from '../../files/whole.js';
import { firstIssue } from '../../records/check.js';
import type { SweepPlan } from '../plan.js';
import { endedTasks, queuedTasks, type QueuedTask } from './queue.js';

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

const jobsFile = (folder: string): string => join(folder, 'jobs.json');

/** Adds a job to the list of those that were submitted for a sweep. */
export function remember(folder: string, entry: SubmittedJob): void {
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

/** States of a sweep's tasks by Slurm, the last word on each trial; none where nothing was submitted. */
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
