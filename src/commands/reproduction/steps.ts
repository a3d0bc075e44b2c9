// The steps of `npm run reproduce`: train and evaluate a preset as a sweep does, execute the notebooks on its records,
// write the report, say how it all compares. Tests: test/commands/reach.slow.ts.
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { makeFolder } from '../../files/folders.js';
import { terminalWidth } from '../../display/print-table.js';
import { wrapped } from '../../display/wrap.js';
import { readNotebook } from '../../notebooks/nbformat.js';
import { notesOf } from '../../notebooks/notes.js';
import { runNotebooks } from '../../notebooks/run-all.js';
import { dataRoot, notebooksRoot, resultsFile } from '../../paths.js';
import { print } from '../../print.js';
import { saveNotes } from '../../report/notes.js';
import { claimValue } from '../../report/claim-rows.js';
import { readOutputs } from '../../report/outputs.js';
import { buildResults } from '../../report/results.js';
import { removeOutputs } from '../../report/shelves.js';
import { printPlan } from '../../sweep/presets/dry-run.js';
import { isFor } from '../../sweep/presets/presets.js';
import { NOTEBOOKS } from '../../studies/index.js';
import { presetTrials } from '../../studies/trials.js';
import { checkPlace } from '../sweep-options.js';
import { compareDigests } from './digests.js';
import { type Places, placesOf, type ReproduceOptions } from './options.js';
import { writeReport } from './report.js';
import { secondsSince, timed } from './seconds.js';
import { train } from './training.js';

/**
 * Trains, evaluates, executes every notebook, writes the report, prints the summary and compares weights with the
 * expected ones. With `slurm` it submits the trainings and ends: called again without it, it goes on from their records.
 * The exit code is 1 when a training failed or weights differ, 130 when it was stopped.
 */
export async function reproduce(options: ReproduceOptions): Promise<void> {
  checkPlace('reproduce', options);
  const started = performance.now();
  const notebooks = options.only ?? NOTEBOOKS;
  const trials = presetTrials(options.preset, options).filter((trial) =>
    notebooks.some((notebook) => isFor(trial, notebook)),
  );
  const places = placesOf(options);
  if (options.dryRun) return printPlan(trials, options, places.runs);
  prepare(places, options);
  if (options.train !== false && !(await train(trials, places, options))) return;
  await executeNotebooks(notebooks, places, options);
  const report = writeReport(places.figures, places.runs);
  const results = buildResults({ ...places, file: resultsFile(places.figures) });
  printSummary(places.figures);
  compareDigests(trials, places.runs);
  print(`report: ${report}`);
  print(`results: ${results}`);
  print(`all: ${secondsSince(started).toFixed(0)} s`);
}

/** Makes the folders, and empties that of records which are made afresh. */
function prepare(places: Places, { status }: ReproduceOptions): void {
  if (places.afresh && !status) rmSync(places.runs, { recursive: true, force: true });
  for (const folder of [places.runs, places.figures]) makeFolder(folder);
}

/** Executes the notebooks on the records, and keeps what they say in words for the report. */
async function executeNotebooks(
  notebooks: readonly string[],
  places: Places,
  options: ReproduceOptions,
): Promise<void> {
  if (!options.only) removeOutputs(places.figures);
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
}

/** Prints the claims of the paper beside what came out. */
function printSummary(figures: string): void {
  const { summary } = readOutputs(figures);
  if (summary.length === 0) return;
  const width = Math.min(100, terminalWidth());
  for (const { claim, paper, ours, n, verdict } of summary) {
    print(`\n${wrapped(claim, width)}`);
    print(wrapped(claimValue(paper) ?? 'not known', width, '  paper    '));
    print(wrapped(`${claimValue(ours) ?? '–'}${n ? ` (n = ${n})` : ''}`, width, '  ours     '));
    print(wrapped(verdict, width, '  verdict  '));
  }
  print('');
}
