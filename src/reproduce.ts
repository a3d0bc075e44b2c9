// `npm run reproduce`: trains a preset in parallel processes, executes the notebooks on its records, writes the
// report and says how it all compares.
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { DatasetName } from './data/dataset.js';
import { renderTable } from './display/table.js';
import { printPlan } from './dry-run.js';
import { readNotebook } from './notebooks/nbformat.js';
import { notesOf } from './notebooks/notes.js';
import { runNotebooks } from './notebooks/run-all.js';
import { dataRoot, figuresRoot, notebooksRoot, packageRoot, runsRoot } from './paths.js';
import { isFor, presetTrials, recordOf, type PresetName, type Trial } from './presets.js';
import { buildReport } from './report.js';
import { readOutputs, removeOutputs } from './report/outputs.js';
import { openTrials, runTrials, type TrainingOptions } from './run-trials.js';
import { openRuns } from './runs.js';
import { saveNotes } from './save.js';

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
export interface ReproduceOptions extends TrainingOptions {
  preset: PresetName;
  data?: DatasetName;
  /** Stems of notebooks: train for these, unless it was done before, and execute these only; default all. */
  only?: string[];
  /** False: train nothing, show what the records that are there give. */
  train?: boolean;
  dryRun?: boolean;
  /** Reuse the records of an earlier quick run. */
  keep?: boolean;
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
  const { train = true, only } = options;
  const afresh = options.preset === 'quick' && train && !options.keep && !only;
  if (afresh) rmSync(folders.runs, { recursive: true, force: true });
  for (const folder of Object.values(folders)) mkdirSync(folder, { recursive: true });
  const open = openTrials(trials, folders.runs, options);
  if (open.length < trials.length)
    console.log(`records of ${trials.length - open.length} of ${trials.length} trainings are there`);
  if (train && open.length > 0) await timed('training', () => runTrials(open, folders.runs, options));
  if (!only) removeOutputs(folders.figures);
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
  for (const stem of notebooks)
    saveNotes(notesOf(readNotebook(join(executed, `${stem}.ipynb`))), { folder: folders.figures, stem });
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

/** Writes the report of a folder of outputs; returns its path. */
export function writeReport(figures: string): string {
  const commands = readOutputs(figures).outputs.map(({ about }) => about?.origin.command ?? '');
  return buildReport({
    folder: figures,
    title: 'sgs-snn: Surrogate gradient scaling for directly training spiking neural networks',
    introduction: [
      'Figures and tables regenerated from run records by sgs-snn, next to what the paper (Chen, Wang, Gong, Wang, Duan; Applied Intelligence 2023) says.',
      'Every number of ours comes from records that are named below it, or from a computation that needs none and says so. Only where network, data, T and epochs are the paper’s, or no training is involved, does a verdict say whether a number is reproduced; elsewhere the settings differ and only the direction of an effect is compared. What was not tried, and where the paper’s value is not known, is said.',
    ],
    commands: [...new Set(commands)].filter(Boolean).sort(),
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
  const known = records.filter(({ id }) => Object.hasOwn(expected, id));
  if (known.length === 0) return; // of quick runs only they are committed
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
