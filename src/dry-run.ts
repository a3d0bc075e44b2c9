// What a preset would train, and how long that would take: `sgs reproduce --dry-run`.
import { loadDataset } from './data/load.js';
import { renderTable } from './display/table.js';
import type { EngineOptions } from './engines/open.js';
import { DataError } from './errors.js';
import {
  durationText,
  measureThroughput,
  officialSize,
  partsOf,
  recordedThroughput,
  throughputKey,
  trainingSeconds,
  type Parts,
  type Throughput,
} from './estimate.js';
import type { Experiment } from './experiment.js';
import { dataRoot } from './paths.js';
import { recordOf, type Trial } from './presets.js';
import type { RunRecord } from './record.js';
import { openRuns } from './runs.js';

/** Where it would run. */
export interface Machine {
  engine?: string;
  backend?: string;
  dataDir?: string;
}

/** Prints what would be trained, and how long that would take where throughput is known or can be measured. */
export async function printPlan(trials: readonly Trial[], options: Machine, folder: string): Promise<void> {
  const runs = openRuns(folder);
  const finished = runs.list().records.filter((record): record is RunRecord => record.kind === 'run');
  const known = new Map<string, Throughput | string>();
  const sizes = new Map<string, Parts | undefined>();
  let total = 0;
  const rows = [];
  for (const { group, experiment, evaluations } of trials) {
    const done = recordOf(runs, experiment) !== undefined;
    const key = throughputKey(experiment);
    if (!done && !known.has(key)) known.set(key, await throughputOf(experiment, finished, options));
    const { name } = experiment.data;
    if (!sizes.has(name)) sizes.set(name, await sizeOnDisk(experiment, options));
    const throughput = known.get(key);
    const seconds =
      done || throughput === undefined || typeof throughput === 'string'
        ? 0
        : trainingSeconds(experiment, partsOf(experiment, sizes.get(name)), throughput);
    total += seconds;
    rows.push({
      group,
      name: experiment.name,
      data: name,
      epochs: experiment.epochs,
      evaluations: evaluations.length,
      state: done ? 'done' : 'to be made',
      estimate: seconds > 0 ? durationText(seconds) : '',
    });
  }
  console.log(renderTable(rows, { limit: 1000 })['text/plain']);
  for (const [name, size] of sizes)
    if (size === undefined) console.log(`${name} is not here: its official size is assumed`);
  for (const throughput of known.values())
    if (typeof throughput === 'string') console.log(`no estimate: ${throughput}`);
  console.log(
    `to be made: ${durationText(total)} of training on all cores, evaluations not counted; measured: ${[...new Set([...known.values()].flatMap((found) => (typeof found === 'string' ? [] : [found.source])))].join(', ') || 'nothing'}`,
  );
}

/** The throughput of an experiment, or why it could not be measured. */
async function throughputOf(
  experiment: Experiment,
  finished: readonly RunRecord[],
  { engine, backend }: Machine,
): Promise<Throughput | string> {
  const recorded = recordedThroughput(finished, experiment);
  if (recorded) return recorded;
  try {
    return await measureThroughput(experiment, { engine, backend } as EngineOptions);
  } catch (error) {
    return `${experiment.name}: ${(error as Error).message}`;
  }
}

/** How many examples a data set has on this machine (event data: officially); undefined where it is not found. */
async function sizeOnDisk({ data, steps }: Experiment, { dataDir }: Machine): Promise<Parts | undefined> {
  if (data.name.startsWith('shapes10') || data.name.endsWith('-dvs')) return officialSize(data.name);
  try {
    const { train, test } = await loadDataset(data, { root: dataRoot({ dataDir }), steps });
    return { train: train.count, test: test.count };
  } catch (error) {
    if (error instanceof DataError) return undefined;
    throw error;
  }
}
