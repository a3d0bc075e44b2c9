// `sgs sweep`: many trainings from one file: in parallel here, on a cluster, or looked at.
import { dirname, resolve } from 'node:path';
import type { Command } from 'commander';
import { renderTable } from '../display/table.js';
import { SettingsError } from '../errors.js';
import { interruptSignal } from '../interrupt.js';
import { runsRoot } from '../paths.js';
import { durationText } from '../progress/meter.js';
import { openRuns } from '../runs.js';
import { execute, planned, sharesOf, type SweepOptions } from '../sweep.js';
import { estimate } from '../sweep/estimate.js';
import { valuesText } from '../sweep/expand.js';
import type { SweepPlan } from '../sweep/plan.js';
import { sweepTable } from '../sweep/rows.js';
import { bestText } from '../sweep/snapshot.js';
import { SweepRecords } from '../sweep/state.js';
import { chooseView } from '../sweep/view.js';
import { nonNegative, positiveInteger, readJsonFile, withCommon, type CommonOptions } from './options.js';

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
constraints  {"when": {…}, "then": {…}}, {"exclude": {…}}, {"order": [path or number, …]} (ascending)
search       "grid"; {"kind": "random", "count": 50, "seed": 0};
             {"kind": "halving", "rungs": [1, 3, 9], "reduction": 3}: ASHA by validation accuracy, mean over seeds;
             "count" draws so many configurations at random, "synchronous": true waits for whole rungs

Ctrl-C once: every trial saves its state and stops; twice: at once. The same command goes on. A trial that crashes is
tried once more, then recorded as failed. Several machines may run the same command on one folder of records.`;

/** Adds the command. */
export function addSweep(program: Command): void {
  const command = program
    .command('sweep')
    .description('train every combination of settings in a file, in parallel; go on where it stopped')
    .argument('<file>', 'the sweep as JSON, see below')
    .option(
      '--jobs <n>',
      'trials at the same time (default: as many as cores and memory allow)',
      positiveInteger,
    )
    .option('--dry-run', 'list what is missing and how long it may take; train nothing', false)
    .option('--status', 'print where every trial stands; train nothing', false)
    .option('--retry-failed', 'try again what is recorded as failed', false)
    .option(
      '--checkpoint-seconds <n>',
      'how often trials save their state besides after each epoch',
      nonNegative,
      60,
    )
    .option(
      '--lease-seconds <n>',
      'a process that gives no sign of life for so long is taken for dead',
      nonNegative,
      60,
    )
    .addHelpText('after', HELP)
    .action(runSweep);
  withCommon(command);
}

interface Options extends CommonOptions {
  jobs?: number;
  dryRun: boolean;
  status: boolean;
  retryFailed: boolean;
  checkpointSeconds: number;
  leaseSeconds: number;
}

async function runSweep(file: string, options: Options): Promise<void> {
  const folder = runsRoot({ runsDir: options.runs });
  const whole: SweepOptions = { ...options, runs: folder };
  const signal = interruptSignal();
  const plan = await planned(readSweep(file), { ...whole, signal });
  if (options.dryRun) return printPlan(plan, folder, whole);
  if (options.status) return printStatus(plan, folder);
  const executor = await execute(plan, { ...whole, signal, view: chooseView() });
  const left = plan.trials.filter((trial) => !executor.isSettled(trial));
  const failed = [...executor.states.values()].filter(
    ({ status }) => status === 'failed' || status === 'damaged',
  );
  for (const trial of plan.trials) {
    const { status, reason } = executor.states.get(trial.id)!;
    if (status === 'failed' || status === 'damaged')
      console.log(`${status}: ${trial.id}, ${valuesText(trial.axes)}: ${reason}`);
  }
  const best = bestText(executor);
  if (best) console.log(best);
  console.log(`records: ${folder}`);
  if (signal.aborted) {
    console.log(
      `stopped with ${left.length} of ${plan.trials.length} trials to do; the same command goes on`,
    );
    process.exitCode = 130;
  } else if (failed.length > 0) {
    console.log(`${failed.length} of ${plan.trials.length} trials failed; --retry-failed tries them again`);
    process.exitCode = 1;
  }
}

/** Reads a sweep; a base that is a file's name is read beside it. */
function readSweep(file: string): unknown {
  const given = readJsonFile(file) as { base?: unknown };
  if (typeof given !== 'object' || given === null || Array.isArray(given))
    throw new SettingsError(`${file}: expected {"axes": {…}, …}; --help shows an example`);
  return typeof given.base === 'string'
    ? { ...given, base: readJsonFile(resolve(dirname(file), given.base)) }
    : given;
}

function printPlan(plan: SweepPlan, folder: string, options: SweepOptions): void {
  const runs = openRuns(folder);
  const states = new SweepRecords(runs).readAll(plan.trials);
  const left = plan.trials
    .map((trial) => ({ trial, state: states.get(trial.id)! }))
    .filter(({ state }) => !['done', 'diverged'].includes(state.status))
    .map(({ trial, state }) => ({ trial, state, epochs: trial.experiment.epochs - state.epochs }));
  const rows = left.map(({ trial, state }) => ({
    trial: trial.index,
    ...trial.axes,
    status: state.status,
    id: trial.id,
  }));
  if (rows.length > 0) console.log(`${renderTable(rows, { limit: 10_000 })['text/plain']}\n`);
  const { jobs, threads, reason } = sharesOf(plan, options);
  console.log(
    `${left.length} of ${plan.trials.length} trials to do, ${plan.trials.length - left.length} have their record` +
      (plan.leftOut > 0 ? `; ${plan.leftOut} combinations left out by constraints` : ''),
  );
  if (left.length === 0) return;
  console.log(`${jobs} at a time × ${threads} ${threads === 1 ? 'thread' : 'threads'}${reason}`);
  const { seconds, basis } = estimate(runs.list().records, left);
  const halving = plan.sweep.search.kind === 'halving' ? 'at most, as if nothing were halved: ' : '';
  console.log(
    seconds === undefined
      ? `time: ${basis}`
      : `time: ${halving}about ${durationText(seconds / Math.min(jobs, left.length))} (${durationText(seconds)} of computing, ${basis})`,
  );
}

function printStatus(plan: SweepPlan, folder: string): void {
  const states = new SweepRecords(openRuns(folder)).readAll(plan.trials);
  console.log(renderTable(sweepTable(plan, states), { limit: 10_000 })['text/plain']);
  const best = bestText({ plan, states });
  if (best) console.log(`\n${best}`);
}
