// `npm run reproduce`: trains a preset in parallel processes, executes the notebooks on its records, writes the
// report and says how it all compares.
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import { join } from 'node:path';
import type { DatasetName } from './data/dataset.js';
import { renderTable } from './display/table.js';
import { printPlan } from './dry-run.js';
import { interruptSignal } from './interrupt.js';
import { runNotebooks } from './notebooks/run.js';
import { dataRoot, figuresRoot, notebooksRoot, packageRoot, runsRoot } from './paths.js';
import { isFor, presetTrials, recordOf, recordsOf, type PresetName, type Trial } from './presets.js';
import { reportProgress } from './progress.js';
import type { RunRecord } from './record.js';
import { buildReport } from './report.js';
import { readOutputs } from './report/outputs.js';
import { openRuns } from './runs.js';
import { EXIT } from './sweep/messages.js';
import { startTrial } from './sweep/process.js';

/** The notebooks, in the order in which they are executed and stand in the report. */
export const NOTEBOOKS = [
  'quickstart',
  'neuron-and-surrogates',
  'architecture',
  'sgs-ablation',
  'lipschitz-sweep',
  'noise-robustness',
  'latency',
  'energy',
  'comparison',
  'sweep-analysis',
  'events',
] as const;

/** What to reproduce and how. */
export interface ReproduceOptions {
  preset: PresetName;
  data?: DatasetName;
  /** Stems of notebooks: train for these, unless it was done before, and execute these only; default all. */
  only?: string[];
  /** Trainings at the same time; default one a core. */
  jobs?: number;
  dryRun?: boolean;
  /** Reuse the records of an earlier quick run. */
  keep?: boolean;
  engine?: string;
  backend?: string;
  dataDir?: string;
  runs?: string;
}

/** Where the records and outputs of a preset go. `quick` is made afresh each time, into ignored folders. */
function foldersOf({ preset, runs }: ReproduceOptions): { runs: string; figures: string } {
  const quick = preset === 'quick';
  return {
    runs: runs ?? (quick ? join(runsRoot(), 'quick') : runsRoot()),
    figures: quick ? join(figuresRoot(), 'quick') : figuresRoot(),
  };
}

/**
 * Trains, evaluates, executes every notebook, writes the report, prints the summary and compares weights with the
 * expected ones. The exit code is 1 when weights differ.
 */
export async function reproduce(options: ReproduceOptions): Promise<void> {
  const started = performance.now();
  const notebooks = options.only ?? [...NOTEBOOKS];
  const trials = presetTrials(options.preset, options).filter((trial) =>
    notebooks.some((notebook) => isFor(trial, notebook)),
  );
  const folders = foldersOf(options);
  if (options.dryRun) return printPlan(trials, options, folders.runs);
  const afresh = options.preset === 'quick' && !options.keep && !options.only;
  if (afresh) rmSync(folders.runs, { recursive: true, force: true });
  for (const folder of Object.values(folders)) mkdirSync(folder, { recursive: true });
  const open = openTrials(trials, folders.runs, options);
  if (open.length < trials.length)
    console.log(`records of ${trials.length - open.length} of ${trials.length} trainings are there`);
  if (open.length > 0) await timed('training', () => runTrials(open, folders.runs, options));
  const executed = join(folders.figures, 'notebooks');
  mkdirSync(executed, { recursive: true });
  await timed('notebooks', () =>
    runNotebooks(
      notebooks.map((stem) => join(notebooksRoot(), `${stem}.ipynb`)),
      {
        outputFolder: executed,
        parameters: { preset: options.preset, ...(options.data && { data: options.data }) },
        environment: {
          SGS_RUNS: folders.runs,
          SGS_FIGURES: folders.figures,
          SGS_DATA: dataRoot(options),
        },
      },
    ),
  );
  const report = writeReport(folders.figures);
  const { summary } = readOutputs(folders.figures);
  if (summary.length > 0)
    console.log(
      `\n${renderTable(summary.map(({ claim, paper, ours, n, verdict }) => ({ claim, paper, ours, n, verdict })))['text/plain']}\n`,
    );
  compareDigests(trials, folders.runs);
  console.log(`report: ${report}`);
  console.log(`all: ${secondsSince(started).toFixed(0)} s`);
}

const secondsSince = (started: number): number => (performance.now() - started) / 1000;

async function timed<Result>(label: string, work: () => Promise<Result>): Promise<Result> {
  const started = performance.now();
  const result = await work();
  console.log(`${label}: ${secondsSince(started).toFixed(0)} s`);
  return result;
}

/**
 * The trials that lack a record of theirs. The others need no data: what is committed can be shown without it. Where an
 * engine is asked for, all: the records may be another engine's.
 */
function openTrials(trials: Trial[], runsFolder: string, { engine = 'auto' }: ReproduceOptions): Trial[] {
  if (engine !== 'auto') return trials;
  const { missing, missingEvaluations } = recordsOf(openRuns(runsFolder), trials);
  const names = new Set(missingEvaluations.map(({ run }) => run.experiment.name));
  return trials.filter((trial) => missing.includes(trial) || names.has(trial.experiment.name));
}

/** Runs every trial in a process of its own, `jobs` at a time. */
async function runTrials(trials: Trial[], runsFolder: string, options: ReproduceOptions): Promise<void> {
  const cores = os.availableParallelism();
  const jobs = Math.min(options.jobs ?? cores, trials.length);
  const threads = Math.max(1, Math.floor(cores / jobs)); // changes no result
  const folder = mkdtempSync(join(os.tmpdir(), 'sgs-trials-'));
  const signal = interruptSignal();
  const onProgress = reportProgress();
  const queue = trials.entries();
  let done = 0;
  const worker = async (): Promise<void> => {
    for (const [i, trial] of queue) {
      signal.throwIfAborted();
      const file = join(folder, `trial-${i}.json`);
      writeFileSync(file, JSON.stringify(trial));
      const started = performance.now();
      await runTrial(file, runsFolder, threads, options, signal);
      done += 1;
      const record = recordOf(openRuns(runsFolder), trial.experiment);
      onProgress.stop();
      console.log(
        `  ${done}/${trials.length}  ${trial.experiment.name}: ${resultOf(record)}, ${secondsSince(started).toFixed(0)} s`,
      );
      onProgress({ done, total: trials.length, label: 'trainings' });
    }
  };
  onProgress({ done, total: trials.length, label: 'trainings' });
  try {
    await Promise.all(Array.from({ length: jobs }, worker));
  } finally {
    onProgress.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

const resultOf = (record: RunRecord | undefined): string =>
  record?.outcome.testAccuracy === undefined
    ? 'no result'
    : `test accuracy ${(100 * record.outcome.testAccuracy).toFixed(1)} %`;

/** Runs `sgs trial` on a file. */
async function runTrial(
  file: string,
  runsFolder: string,
  threads: number,
  { engine, backend, dataDir }: ReproduceOptions,
  signal: AbortSignal,
): Promise<void> {
  const trial = startTrial(file, { runsFolder, threads, engine, backend, dataDir });
  signal.addEventListener('abort', trial.stop, { once: true });
  const { code, signal: killedBy, stderr } = await trial.ended;
  signal.removeEventListener('abort', trial.stop);
  signal.throwIfAborted();
  if (code === EXIT.done || code === EXIT.diverged) return; // which is a result too
  throw new Error(`a training failed with ${killedBy ?? `exit code ${code}`}:\n${stderr}`);
}

/** Writes the report of a folder of outputs; returns its path. */
export function writeReport(figures: string): string {
  return buildReport({
    folder: figures,
    title: 'Surrogate gradient scaling for directly training spiking neural networks',
    introduction: [
      'Figures and tables regenerated from run records by sgs-snn, next to what the paper (Chen, Wang, Gong, Wang, Duan; Applied Intelligence 2023) says.',
      'Every number comes from a record named below it. A verdict other than “different setting” is given only where network, data, T and epochs are the paper’s.',
    ],
    commands: ['npm run reproduce'],
    order: [...NOTEBOOKS],
  });
}

/** Compares final weights with those committed in `data/expected.json`, run by run. */
function compareDigests(trials: Trial[], folder: string): void {
  const expected = JSON.parse(readFileSync(join(packageRoot(), 'data', 'expected.json'), 'utf8')) as Record<
    string,
    string
  >;
  const runs = openRuns(folder);
  const records = trials
    .map(({ experiment }) => recordOf(runs, experiment))
    .filter((record) => record !== undefined);
  if (records.length === 0) return;
  const known = records.filter(({ id }) => Object.hasOwn(expected, id));
  const different = known.filter(({ id, weightsDigest }) => expected[id] !== weightsDigest);
  console.log(
    `weights: ${known.length - different.length} of ${records.length} runs have the expected bits` +
      (known.length < records.length
        ? `, ${records.length - known.length} have no expected ones (other data, engine or Node)`
        : ''),
  );
  for (const { id, weightsDigest } of different)
    console.error(
      `  ${id}: digest ${weightsDigest}, expected ${expected[id]}: the arithmetic of this build has changed`,
    );
  if (different.length > 0) process.exitCode = 1;
}
