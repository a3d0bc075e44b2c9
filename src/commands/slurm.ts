// Trials on a Slurm cluster, for the commands that can send theirs there: options, and messages about the jobs.
import { dirname, join } from 'node:path';
import type { Command } from 'commander';
import { dataRoot } from '../paths.js';
import { print } from '../print.js';
import { openRuns } from '../records/folder.js';
import type { SweepPlan } from '../sweep/plan.js';
import { submitSweep } from '../sweep/slurm/submit.js';
import { isGivenUp, SweepRecords } from '../sweep/state.js';
import type { SweepCommandOptions } from './sweep-options.js';
import { count, parallel, someText, someTexts, wholeNumberFrom } from './values.js';

/** Adds `--slurm` and what is asked of a cluster only. */
export const withSlurm = (command: Command): Command =>
  command
    .option(
      '--slurm',
      'submit what is missing to a Slurm cluster as an array job; more with the options below',
      false,
    )
    .option('--partition <name>', 'Slurm: where to run', someText)
    .option(
      '--time <limit>',
      'Slurm: of a task, such as 4:00:00; when it is up the task is queued again and goes on',
      someText,
    )
    .option('--gpus <n>', 'Slurm: for each task', parallel)
    .option('--cpus <n>', 'Slurm: cores, and threads, of each task (default: 1)', wholeNumberFrom(1, 256))
    .option('--memory <size>', 'Slurm: of a task, such as 4G', someText)
    .option('--account <name>', 'Slurm: the account that pays', someText)
    .option(
      '--at-most <n>',
      'Slurm: tasks at the same time, in total; of a sweep that halves: how many workers (default: 8)',
      count,
    )
    .option(
      '--array-size <n>',
      'Slurm: most tasks of one array (default: what the cluster says, its MaxArraySize)',
      count,
    )
    .option(
      '--sbatch <option...>',
      'Slurm: any other option of sbatch, such as --sbatch=--qos=low',
      someTexts,
    );

/**
 * Submits the trials of a plan that lack a record and are not in the queue, and says what stands.
 *
 * @param sweepFile - absolute; only a sweep that halves needs it
 */
export async function submitPlan(
  plan: SweepPlan,
  folder: string,
  options: Partial<SweepCommandOptions>,
  sweepFile?: string,
): Promise<void> {
  const states = new SweepRecords(openRuns(folder)).readAll(plan.trials);
  const wanted = plan.trials.filter(({ id }) => {
    const state = states.get(id)!;
    return !['done', 'diverged'].includes(state.status) && (options.retryFailed || !isGivenUp(state));
  });
  const { jobs, script, already } = await submitSweep(
    plan,
    wanted,
    { ...options, more: options.sbatch },
    {
      runsFolder: folder,
      sweepFile,
      retryFailed: options.retryFailed,
      engine: options.engine,
      backend: options.backend,
      dataDir: dataRoot(options),
      checkpointSeconds: options.checkpointSeconds,
      leaseSeconds: options.leaseSeconds,
    },
  );
  for (const { job, tasks } of jobs) print(`job ${job}: ${Object.keys(tasks).length} tasks`);
  print(
    `${plan.trials.length - wanted.length} of ${plan.trials.length} trials have their record, ${already} were in the queue already`,
  );
  print(`script: ${script} (edit it as the cluster needs)\nlogs: ${join(dirname(script), 'logs')}`);
}
