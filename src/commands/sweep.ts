// `sgs sweep`: many trainings from one file: in parallel here, on a cluster, or looked at.
// Tests: test/commands/hostile.test.ts.
import { fitted } from './help.js';
import { dirname, resolve } from 'node:path';
import type { Command } from 'commander';
import { printTable } from '../display/print-table.js';
import { SettingsError } from '../errors.js';
import { runsRoot } from '../paths.js';
import { measures } from '../measures/index.js';
import { durationText } from '../display/progress/meter.js';
import { openRuns } from '../records/folder.js';
import { execute, planned, sharesOf, type SweepOptions } from '../sweep/sweep.js';
import { estimate } from '../sweep/estimate.js';
import type { SweepPlan } from '../sweep/plan.js';
import { isGivenUp, SweepRecords, type TrialState } from '../sweep/state.js';
import { chooseView } from '../sweep/view.js';
import { checkpointOption, leaseOption, readJsonFile, withCommon } from './options.js';
import { parallel } from './values.js';
import { stopSignal } from './stop.js';
import { sweepEnd } from './sweep-end.js';
import { submitPlan, withSlurm } from './slurm.js';
import { checkPlace, type SweepCommandOptions } from './sweep-options.js';
import { printStatus } from './sweep-status.js';
import { print } from '../print.js';

const evaluationList = Object.values(measures)
  .map(({ kind, title, example }) => `             ${JSON.stringify({ kind, ...example })}: ${title}`)
  .join('\n');

const HELP = `
The file, for instance:
  {
    "name": "delta-beta",
    "base": {"data": {"name": "shapes10"}, "network": {"architecture": "convNet", "width": 0.25}, "epochs": 4},
    "axes": {
      "neuron.delta": [0, 0.001, 0.01],
      "lipschitz.beta": {"from": 1e-5, "to": 1e-2, "count": 4, "scale": "log"}
    },
    "seeds": 3,
    "constraints": [{"exclude": {"neuron.delta": 0, "lipschitz.beta": 0.01}}],
    "evaluations": [{"kind": "energy"}],
    "search": "grid"
  }

base         an experiment, or the name of a file with one; a tenth is held out for validation unless it says otherwise
axes         by path of a setting: a list of values, or a range (count for a grid; scale linear or log; integer)
seeds        a list, or how many; every configuration is trained with each
evaluations  made of every trial; "limit" looks at so many test examples only
${evaluationList}
constraints  {"when": {…}, "then": {…}}, {"exclude": {…}}, {"order": [path or number, …]} (ascending)
search       "grid"; {"kind": "random", "count": 50, "seed": 0};
             {"kind": "halving", "rungs": [1, 3, 9], "reduction": 3}: ASHA by validation accuracy, mean over seeds;
             "count" draws so many configurations at random, "synchronous": true waits for whole rungs

Ctrl-C once: every trial saves its state and stops; twice: at once. The same command goes on. A trial that crashes is
tried once more, then recorded as failed; a run that could not be evaluated stays, and the same command tries again.
Several machines may run the same command on one folder of records.

--slurm writes <runs>/sweeps/<name>/: the trials, the logs, and job.sh, which is yours to edit and is not written again.
The same command submits again what is missing and not in the queue; --status reads records and queue.`;

/** Adds what the command takes and does. */
export function addSweep(command: Command): void {
  command
    .argument('<file>', 'the sweep as JSON, see below')
    .option('--jobs <n>', 'trials at the same time (default: as many as cores and memory allow)', parallel)
    .option('--dry-run', 'list what is missing and how long it may take; train nothing', false)
    .option('--status', 'print where every trial stands; train nothing', false)
    .option('--retry-failed', 'try again what is recorded as failed', false)
    .addOption(checkpointOption())
    .addOption(leaseOption())
    .addHelpText('after', fitted(HELP))
    .action(runSweep);
  withSlurm(command);
  withCommon(command);
}

async function runSweep(file: string, options: SweepCommandOptions): Promise<void> {
  checkPlace('sweep', options);
  const folder = runsRoot({ runsDir: options.runs });
  const whole: SweepOptions = { ...options, runs: folder };
  const signal = stopSignal();
  const plan = await planned(readSweep(file), { ...whole, signal });
  if (options.dryRun) return printPlan(plan, folder, whole);
  if (options.status) return printStatus(plan, folder);
  if (options.slurm) return submitPlan(plan, folder, options, resolve(file));
  const executor = await execute(plan, { ...whole, signal, view: chooseView() });
  const { lines, code } = sweepEnd(executor, folder, signal.aborted);
  for (const line of lines) print(line);
  if (code !== 0) process.exitCode = code;
}

/** Reads a sweep; a base that is a file's name is read beside it. */
function readSweep(file: string): unknown {
  const given = readJsonFile(file) as { base?: unknown };
  if (typeof given !== 'object' || given === null || Array.isArray(given))
    throw new SettingsError(`${file}: expected {"axes": {…}, …}; \`sgs help sweep\` shows an example`);
  return typeof given.base === 'string'
    ? { ...given, base: readJsonFile(resolve(dirname(file), given.base)) }
    : given;
}

const isFinished = ({ status }: TrialState): boolean => status === 'done' || status === 'diverged';

/** More lines than anyone reads. */
const MOST_ROWS = 10_000;

function printPlan(plan: SweepPlan, folder: string, options: SweepOptions): void {
  const runs = openRuns(folder);
  const states = new SweepRecords(runs).readAll(plan.trials);
  const left = plan.trials.flatMap((trial) => {
    const state = states.get(trial.id)!;
    const isLeft = !isFinished(state) && (options.retryFailed || !isGivenUp(state));
    return isLeft ? [{ trial, epochs: trial.experiment.epochs - state.epochs }] : [];
  });
  const rows = left.slice(0, MOST_ROWS).map(({ trial }) => ({
    trial: trial.index,
    ...trial.axes,
    status: states.get(trial.id)!.status,
    id: trial.id,
  }));
  printTable(rows, { least: ['id', 'status'] });
  if (left.length > MOST_ROWS) print(`… and ${left.length - MOST_ROWS} more\n`);
  const { jobs, threads, reason } = sharesOf(plan, options);
  print(
    `${left.length} of ${plan.trials.length} trials to do, ${plan.trials.length - left.length} are done or given up` +
      (plan.leftOut > 0 ? `; ${plan.leftOut} combinations left out by constraints` : ''),
  );
  if (left.length === 0) return;
  print(`${jobs} at a time × ${threads} ${threads === 1 ? 'thread' : 'threads'}${reason}`);
  const { seconds, basis } = estimate(runs.list().records, left);
  const halving = plan.sweep.search.kind === 'halving' ? 'at most, as if nothing were halved: ' : '';
  print(
    seconds === undefined
      ? `time: ${basis}`
      : `time: ${halving}about ${durationText(seconds / Math.min(jobs, left.length))} (${durationText(seconds)} of computing, ${basis})`,
  );
}
