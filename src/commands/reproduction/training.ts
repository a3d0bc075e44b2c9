// The training step of `sgs reproduce`: trains and evaluates runs without a record, as a sweep does.
import { type DatasetName, isFound, loadableName } from '../../data/sets/index.js';
import { dataRoot } from '../../paths.js';
import { print } from '../../print.js';
import { openRuns } from '../../records/folder.js';
import { requireDataOf } from '../../sweep/presets/one-dataset.js';
import type { Trial } from '../../sweep/presets/plan.js';
import { openTrials, presetPlan } from '../../sweep/presets/preset-plan.js';
import { recordsOf } from '../../sweep/presets/found.js';
import { presetTrials } from '../../studies/trials.js';
import { execute } from '../../sweep/sweep.js';
import { chooseView } from '../../sweep/view.js';
import { submitPlan } from '../slurm.js';
import { stopSignal } from '../stop.js';
import { sweepEnd } from '../sweep-end.js';
import { printStatus } from '../sweep-status.js';
import type { Places, ReproduceOptions } from './options.js';
import { timed } from './seconds.js';

/**
 * Trains and evaluates what has no record yet, as a sweep does: leases, retries, a live view; what is stopped goes on when
 * it is called again.
 *
 * @returns whether the records are there to go on with
 */
export async function train(
  trials: readonly Trial[],
  places: Places,
  options: ReproduceOptions,
): Promise<boolean> {
  const runs = openRuns(places.runs);
  const { found, lacking } = byData(openTrials(trials, runs, options.engine), dataRoot(options));
  const there = trials.length - found.length - countOf(lacking);
  if (there > 0) print(`records of ${there} of ${trials.length} trainings are there`);
  for (const { line } of lacking) print(line);
  const others = recordsOf(runs, presetTrials(options.preset, options)).runs;
  await requireDataOf(found, others, { folder: places.runs, dataDir: options.dataDir });
  if (found.length === 0) return !options.status && !options.slurm;
  const signal = stopSignal();
  const plan = await presetPlan(options.preset, found, {
    engine: options.engine,
    backend: options.backend,
    dataDir: dataRoot(options),
    signal,
  });
  if (options.status) {
    await printStatus(plan, places.runs);
    return false;
  }
  if (options.slurm) {
    await submitPlan(plan, places.runs, options);
    print(`when they are done: sgs reproduce --preset ${options.preset} --keep makes the rest`);
    return false;
  }
  const executor = await timed('training', () =>
    execute(plan, { ...options, runs: places.runs, signal, view: chooseView() }),
  );
  const { lines, code } = sweepEnd(executor, places.runs, signal.aborted);
  for (const line of lines) print(line);
  if (code !== 0) process.exitCode = code;
  return !signal.aborted;
}

/** Trials whose data is here, and a line for each data set that is not. */
export function byData(
  trials: readonly Trial[],
  root: string,
): { found: Trial[]; lacking: { count: number; line: string }[] } {
  const nameOf = ({ experiment }: Trial): DatasetName => loadableName(experiment.data.name);
  const names = [...new Set(trials.map(nameOf))].filter((name) => !isFound(name, root));
  return {
    found: trials.filter((trial) => !names.includes(nameOf(trial))),
    lacking: names.map((name) => {
      const count = trials.filter((trial) => nameOf(trial) === name).length;
      const line = `${name} is not in ${root}: ${count} ${count === 1 ? 'training is' : 'trainings are'} left out; \`sgs data ${name}\` downloads it`;
      return { count, line };
    }),
  };
}

const countOf = (lacking: readonly { count: number }[]): number =>
  lacking.reduce((sum, { count }) => sum + count, 0);
