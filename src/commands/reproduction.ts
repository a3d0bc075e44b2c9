// The steps of `npm run reproduce`: train and evaluate a preset as a sweep does, execute the notebooks on its records,
// write the report, say how it all compares.
import { readFileSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { makeFolder } from '../files/folders.js';
import { type DatasetName, isFound, loadableName } from '../data/sets/index.js';
import { terminalWidth } from '../display/print-table.js';
import { wrapped } from '../display/wrap.js';
import { readNotebook } from '../notebooks/nbformat.js';
import { notesOf } from '../notebooks/notes.js';
import { runNotebooks } from '../notebooks/run-all.js';
import { dataRoot, figuresRoot, notebooksRoot, packageRoot, resultsFile, runsRoot } from '../paths.js';
import { print, tell } from '../print.js';
import { openRuns } from '../records/folder.js';
import type { RunRecord } from '../records/record.js';
import { saveNotes } from '../report/notes.js';
import { readOutputs } from '../report/outputs.js';
import { buildReport } from '../report/report.js';
import { buildResults } from '../report/results.js';
import { removeOutputs } from '../report/shelves.js';
import { printPlan } from '../sweep/presets/dry-run.js';
import { openTrials, presetPlan } from '../sweep/presets/preset-plan.js';
import { requireDataOf } from '../sweep/presets/one-dataset.js';
import type { Trial } from '../sweep/presets/plan.js';
import { isFor, type PresetName, recordsOf } from '../sweep/presets/presets.js';
import { NOTEBOOKS } from '../studies/index.js';
import { presetTrials } from '../studies/trials.js';
import { execute } from '../sweep/sweep.js';
import { chooseView } from '../sweep/view.js';
import { submitPlan } from './slurm.js';
import { stopSignal } from './stop.js';
import { sweepEnd } from './sweep-end.js';
import { checkPlace, type SweepCommandOptions } from './sweep-options.js';
import { printStatus } from './sweep-status.js';

/** What to reproduce and how. */
export interface ReproduceOptions extends Partial<SweepCommandOptions> {
  preset: PresetName;
  data?: DatasetName;
  /** Stems of notebooks: train for these, unless it was done before, and execute these only; default all. */
  only?: string[];
  /** False: train nothing, show what the records that are there give. */
  train?: boolean;
  /** Reuse the records of an earlier quick run. */
  keep?: boolean;
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
export function placesOf({
  preset,
  runs,
  train = true,
  keep = false,
  slurm = false,
  only,
}: ReproduceOptions): Places {
  const quick = preset === 'quick';
  return {
    runs: resolve(runs ?? (quick ? join(runsRoot(), 'quick') : runsRoot())),
    figures: quick ? join(figuresRoot(), 'quick') : figuresRoot(),
    afresh: quick && train && !keep && !slurm && !only && runs === undefined,
  };
}

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
  const report = writeReport(places.figures);
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

/**
 * Trains and evaluates what has no record yet, as a sweep does: leases, retries, a live view; what is stopped goes on when
 * it is called again.
 *
 * @returns whether the records are there to go on with
 */
async function train(trials: readonly Trial[], places: Places, options: ReproduceOptions): Promise<boolean> {
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
    print(wrapped(String(paper), width, '  paper    '));
    print(wrapped(`${ours}${n ? ` (n = ${n})` : ''}`, width, '  ours     '));
    print(`  verdict  ${verdict}`);
  }
  print('');
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
    order: NOTEBOOKS,
  });
}

/** Compares final weights with those committed in `data/expected.json`, run by run. */
function compareDigests(trials: Trial[], folder: string): void {
  const file = join(packageRoot(), 'data', 'expected.json');
  const expected = JSON.parse(readFileSync(file, 'utf8')) as Record<string, string>;
  const { summary, different } = digestsInWords(recordsOf(openRuns(folder), trials).runs, expected);
  if (summary !== undefined) print(summary);
  for (const line of different) tell(line);
  if (different.length > 0) process.exitCode = 1;
}

/**
 * How many runs have the weights that are expected of them, and a line for each that has others.
 *
 * @param expected - digests by id
 * @returns no summary where no digest is expected of any: of quick runs only they are committed
 */
export function digestsInWords(
  records: readonly Pick<RunRecord, 'id' | 'weightsDigest'>[],
  expected: Readonly<Record<string, string>>,
): { summary?: string; different: string[] } {
  const known = records.filter(({ id }) => Object.hasOwn(expected, id));
  if (known.length === 0) return { different: [] };
  const different = known.filter(({ id, weightsDigest }) => expected[id] !== weightsDigest);
  return {
    summary:
      `weights: ${known.length - different.length} of ${records.length} runs have the expected bits` +
      (known.length < records.length
        ? `, ${records.length - known.length} have no expected ones (other data, engine or Node)`
        : ''),
    different: different.map(
      ({ id, weightsDigest }) =>
        `  ${id}: digest ${weightsDigest}, expected ${expected[id]}: the arithmetic of this build has changed`,
    ),
  };
}
