// `npm run reproduce`: trains a preset in parallel processes, executes the notebooks on its records, writes the
// report and says how it all compares.
import { readFileSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { makeFolder } from '../files/folders.js';
import type { DatasetName } from '../data/dataset.js';
import { isFound } from '../data/sets/found.js';
import { renderTable } from '../display/table.js';
import { readNotebook } from '../notebooks/nbformat.js';
import { notesOf } from '../notebooks/notes.js';
import { runNotebooks } from '../notebooks/run-all.js';
import { dataRoot, figuresRoot, notebooksRoot, packageRoot, runsRoot } from '../paths.js';
import { openRuns } from '../records/folder.js';
import { saveNotes } from '../report/notes.js';
import { readOutputs, removeOutputs } from '../report/outputs.js';
import { buildReport } from '../report/report.js';
import { printPlan } from '../sweep/presets/dry-run.js';
import { requireDataOf } from '../sweep/presets/one-dataset.js';
import type { Trial } from '../sweep/presets/plan.js';
import { isFor, type PresetName, presetTrials, recordsOf } from '../sweep/presets/presets.js';
import { openTrials, runTrials, type TrainingOptions } from '../sweep/presets/run-trials.js';
import { print, tell } from '../print.js';

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

/** Where records and outputs go. */
export interface Places {
  /** Absolute, as notebooks run in a folder of their own. */
  runs: string;
  figures: string;
  /** Whether the records are made afresh, which empties their folder. */
  afresh: boolean;
}

/**
 * Where the records and outputs of a preset go. `quick` goes into ignored folders and is made afresh; a folder that
 * somebody names is never emptied.
 */
export function placesOf({ preset, runs, train = true, keep = false, only }: ReproduceOptions): Places {
  const quick = preset === 'quick';
  return {
    runs: resolve(runs ?? (quick ? join(runsRoot(), 'quick') : runsRoot())),
    figures: quick ? join(figuresRoot(), 'quick') : figuresRoot(),
    afresh: quick && train && !keep && !only && runs === undefined,
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
  const places = placesOf(options);
  if (options.dryRun) return printPlan(trials, options, places.runs);
  const { train = true, only } = options;
  if (places.afresh) rmSync(places.runs, { recursive: true, force: true });
  for (const folder of [places.runs, places.figures]) makeFolder(folder);
  const open = openTrials(trials, places.runs, options);
  if (open.length < trials.length)
    print(`records of ${trials.length - open.length} of ${trials.length} trainings are there`);
  const { found, lacking } = byData(open, dataRoot(options));
  if (train) {
    for (const line of lacking) print(line);
    const there = recordsOf(openRuns(places.runs), presetTrials(options.preset, options)).runs;
    await requireDataOf(found, there, { folder: places.runs, dataDir: options.dataDir });
  }
  if (train && found.length > 0) await timed('training', () => runTrials(found, places.runs, options));
  if (!only) removeOutputs(places.figures);
  const executed = join(places.figures, 'notebooks');
  makeFolder(executed);
  await timed('notebooks', () =>
    runNotebooks(
      notebooks.map((stem) => join(notebooksRoot(), `${stem}.ipynb`)),
      {
        outputFolder: executed,
        parameters: { preset: options.preset, ...(options.data && { data: options.data }) },
        environment: {
          SGS_RUNS: places.runs,
          SGS_FIGURES: places.figures,
          SGS_DATA: dataRoot(options),
        },
      },
    ),
  );
  for (const stem of notebooks)
    saveNotes(notesOf(readNotebook(join(executed, `${stem}.ipynb`))), { folder: places.figures, stem });
  const report = writeReport(places.figures);
  const { summary } = readOutputs(places.figures);
  if (summary.length > 0)
    print(
      `\n${renderTable(summary.map(({ claim, paper, ours, n, verdict }) => ({ claim, paper, ours, n, verdict })))['text/plain']}\n`,
    );
  compareDigests(trials, places.runs);
  print(`report: ${report}`);
  print(`all: ${secondsSince(started).toFixed(0)} s`);
}

/** Trials whose data is here, and a line for each data set that is not. */
export function byData(trials: readonly Trial[], root: string): { found: Trial[]; lacking: string[] } {
  const nameOf = ({ experiment }: Trial): DatasetName => experiment.data.name;
  const names = [...new Set(trials.map(nameOf))].filter((name) => !isFound(name, root));
  return {
    found: trials.filter((trial) => !names.includes(nameOf(trial))),
    lacking: names.map((name) => {
      const count = trials.filter((trial) => nameOf(trial) === name).length;
      return `${name} is not in ${root}: ${count} ${count === 1 ? 'training is' : 'trainings are'} left out; \`sgs data ${name}\` downloads it`;
    }),
  };
}

const secondsSince = (started: number): number => (performance.now() - started) / 1000;

async function timed<Result>(label: string, work: () => Promise<Result>): Promise<Result> {
  const started = performance.now();
  const result = await work();
  print(`${label}: ${secondsSince(started).toFixed(0)} s`);
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
  const records = recordsOf(openRuns(folder), trials).runs;
  const known = records.filter(({ id }) => Object.hasOwn(expected, id));
  if (known.length === 0) return; // of quick runs only they are committed
  const different = known.filter(({ id, weightsDigest }) => expected[id] !== weightsDigest);
  print(
    `weights: ${known.length - different.length} of ${records.length} runs have the expected bits` +
      (known.length < records.length
        ? `, ${records.length - known.length} have no expected ones (other data, engine or Node)`
        : ''),
  );
  for (const { id, weightsDigest } of different)
    tell(
      `  ${id}: digest ${weightsDigest}, expected ${expected[id]}: the arithmetic of this build has changed`,
    );
  if (different.length > 0) process.exitCode = 1;
}
