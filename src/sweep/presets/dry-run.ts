// `sgs reproduce --dry-run`: the trainings of a preset and an estimate of their time. Tests: test/commands/reach.slow.ts.
import { durationText } from '../../display/progress/meter.js';
import { printTable, terminalWidth } from '../../display/print-table.js';
import { wrapped } from '../../display/wrap.js';
import { definitionOf, isEventData } from '../../data/sets/index.js';
import type { EngineOptions } from '../../engines/open.js';
import { SettingsError } from '../../errors.js';
import type { Experiment } from '../../experiment/experiment.js';
import { canonicalJson } from '../../hash.js';
import { openRuns } from '../../records/folder.js';
import { machine } from '../../records/provenance.js';
import type { RunRecord } from '../../records/record.js';
import {
  measureThroughput,
  officialSize,
  type Parts,
  partsOf,
  recordedThroughput,
  type Throughput,
  throughputKey,
  trainingSeconds,
} from './estimate.js';
import { imagesHere, requireDataOf } from './one-dataset.js';
import type { Trial } from './plan.js';
import { recordsOf } from './found.js';
import { print } from '../../print.js';

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
  const found = recordsOf(runs, trials);
  const open = new Set(found.missing.map(({ experiment }) => experiment));
  const known = new Map<string, Throughput | string>();
  const sizes = new Map<string, { parts: Parts; note?: string }>();
  let total = 0;
  const rows = [];
  for (const { group, experiment, evaluations, fingerprint } of trials) {
    const done = !open.has(experiment);
    const key = throughputKey(experiment);
    if (!done && !known.has(key)) known.set(key, await throughputOf(experiment, finished, options));
    const { name } = experiment.data;
    if (!sizes.has(name)) sizes.set(name, await sizeOf(experiment, finished, { ...options, fingerprint }));
    const throughput = known.get(key);
    const seconds =
      done || throughput === undefined || typeof throughput === 'string'
        ? 0
        : trainingSeconds(experiment, partsOf(experiment, sizes.get(name)?.parts), throughput);
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
  printTable(rows, { least: ['group', 'data', 'evaluations'] });
  for (const { note } of sizes.values()) if (note !== undefined) say(note);
  for (const throughput of known.values())
    if (typeof throughput === 'string') say(`no estimate: ${throughput}`);
  try {
    await requireDataOf(found.missing, found.runs, { folder, dataDir: options.dataDir });
  } catch (error) {
    if (!(error instanceof SettingsError)) throw error;
    say(`this would be refused: ${error.message}`);
  }
  const sources = [...known.values()].flatMap((rate) => (typeof rate === 'string' ? [] : [rate.source]));
  const measured = [...new Set(sources)].join(', ') || 'nothing';
  say(
    `to be made: ${durationText(total)} of training on all cores, evaluations not counted; measured: ${measured}`,
  );
}

/** Prints a sentence in lines as long as the terminal has. */
const say = (text: string): void => print(wrapped(text, terminalWidth()));

/** The throughput of an experiment, or why it could not be measured. */
async function throughputOf(
  experiment: Experiment,
  finished: readonly RunRecord[],
  { engine, backend }: Machine,
): Promise<Throughput | string> {
  const recorded = recordedThroughput(finished, experiment, machine());
  if (recorded) return recorded;
  try {
    return await measureThroughput(experiment, { engine, backend } as EngineOptions);
  } catch (error) {
    return `${experiment.name}: ${(error as Error).message}`;
  }
}

/** Number of examples of a data set on this machine (event data: officially), else in its records, else officially. */
async function sizeOf(
  { data }: Experiment,
  finished: readonly RunRecord[],
  { dataDir, fingerprint }: Machine & Pick<Trial, 'fingerprint'>,
): Promise<{ parts: Parts; note?: string }> {
  if (isEventData(data.name) || definitionOf(data.name)?.files === undefined)
    return { parts: officialSize(data.name) };
  const here = await imagesHere(data, { dataDir, fingerprint });
  if (here) return { parts: { train: here.train.count, test: here.test.count } };
  const record = finished.find(
    ({ experiment }) => canonicalJson(experiment.data) === canonicalJson(data) && !data.trainLimit,
  );
  if (record === undefined)
    return { parts: officialSize(data.name), note: `${data.name} is not here: its official size is assumed` };
  const { train, validation, test } = record.data.split;
  return {
    parts: { train: train + validation, test },
    note: `${data.name} is not here: as many examples as in its records are assumed (${(train + validation).toLocaleString('en-US')} for training)`,
  };
}
