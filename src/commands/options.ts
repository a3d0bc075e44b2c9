// Options that several commands share, and how their texts become values.
import { type Command, InvalidArgumentError, Option } from 'commander';
import { type Dataset, DATASET_NAMES, type DataSettings } from '../data/dataset.js';
import { loadDataset } from '../data/sets/index.js';
import { reportProgress } from '../display/progress/progress.js';
import { renderTable } from '../display/table.js';
import type { Engine, ModelSettings } from '../engines/engine.js';
import { ENGINE_NAMES, type EngineName, openEngine } from '../engines/open.js';
import { DataError, SettingsError } from '../errors.js';
import { parseJson, readJson } from '../files/json.js';
import type { Json } from '../json.js';
import type { Network } from '../network/layers.js';
import { dataRoot, runsRoot } from '../paths.js';
import { openRuns, type Runs } from '../records/folder.js';
import { listHeaders } from '../records/index-cache.js';
import { LEASE_MS } from '../records/lease/lease.js';

/** Options of every command that reads data, records or computes. */
export interface CommonOptions {
  engine?: EngineName | 'auto';
  threads?: number;
  backend?: 'auto' | 'gpu' | 'webgpu' | 'node' | 'wasm' | 'cpu';
  dataDir?: string;
  runs?: string;
}

/** Adds `--engine`, `--threads`, `--backend`, `--data-dir` and `--runs`. */
export const withCommon = (command: Command): Command =>
  command
    .addOption(
      new Option('--engine <name>', 'what computes; auto: event, or tfjs where event lacks a layer')
        .choices(['auto', ...ENGINE_NAMES])
        .default('auto'),
    )
    .option(
      '--threads <n>',
      'threads of engine event (default: SGS_THREADS, else all cores); changes no result',
      positiveInteger,
    )
    .addOption(
      new Option('--backend <name>', 'backend of engine tfjs; auto takes the best that works')
        .choices(['auto', 'gpu', 'webgpu', 'node', 'wasm', 'cpu'])
        .default('auto'),
    )
    .option('--data-dir <folder>', 'where the data sets are (default: SGS_DATA, else data/raw)')
    .option('--runs <folder>', 'where the records are (default: SGS_RUNS, else data/runs)');

/** Reads a positive integer. */
export function positiveInteger(text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1) throw new InvalidArgumentError('expected a positive integer.');
  return value;
}

/** Reads a number ≥ 0. */
export function nonNegative(text: string): number {
  const value = Number(text);
  if (text.trim() === '' || !(value >= 0 && value < Infinity))
    throw new InvalidArgumentError('expected a number of at least 0.');
  return value;
}

/** Reads numbers separated by commas. */
export const numberList = (text: string): number[] => text.split(',').map(nonNegative);

/**
 * Reads assignments such as `neuron.delta=0`: what stands before the first `=`, and the value as JSON or text.
 *
 * @param option - the option's name, for errors
 * @param example - of an assignment, for errors
 * @throws SettingsError where there is no `=`; DataError where the value is JSON with a key twice, or nested too deep
 */
export const assignments = (
  option: string,
  texts: readonly string[],
  example = 'neuron.delta=0',
): [path: string, value: unknown][] =>
  texts.map((text) => {
    const at = text.indexOf('=');
    if (at < 1)
      throw new SettingsError(
        `${option} ${JSON.stringify(text)}: expected a name, "=" and a value, for instance ${option} ${example}`,
      );
    return [text.slice(0, at), valueOf(text.slice(at + 1), `${option} ${text.slice(0, at)}`)];
  });

function valueOf(text: string, name: string): unknown {
  try {
    JSON.parse(text);
  } catch {
    return text;
  }
  return parseJson(text, name, { remedy: 'correct it' });
}

/** Assignments as values by path, see {@link assignments}. */
export const valuesOf = (option: string, texts: readonly string[]): Record<string, Json> =>
  Object.fromEntries(assignments(option, texts)) as Record<string, Json>;

/** How often a training saves its state besides after each epoch. */
export const checkpointOption = (): Option =>
  new Option('--checkpoint-seconds <n>', 'how often to save the state besides after each epoch')
    .argParser(nonNegative)
    .default(60);

/** How long others watch a heartbeat stand still. */
export const leaseOption = (): Option =>
  new Option('--lease-seconds <n>', 'a process that gives no sign of life for so long is taken for dead')
    .argParser(nonNegative)
    .default(LEASE_MS / 1000);

/** Reads one of the data sets' names. */
export const dataOption = (): Option => new Option('--data <name>', 'data set').choices(DATASET_NAMES);

/** Reads a JSON file that a person wrote. @throws DataError, see `readJson` */
export const readJsonFile = (file: string): unknown =>
  readJson(file, { remedy: 'correct it; the help of the command shows an example' });

/** Opens the record folder of the options. */
export const runsOf = ({ runs }: CommonOptions): Runs => openRuns(runsRoot({ runsDir: runs }));

/** Opens the engine of the options for a network, and says which it is, on stderr. */
export async function engineOf(
  { engine, backend, threads }: CommonOptions,
  network: Network,
  settings: ModelSettings,
): Promise<Engine> {
  const opened = await openEngine({ engine, backend, threads, network, settings });
  console.error(opened.description);
  return opened;
}

/** Loads the data of an experiment, of a record that of its fingerprint, with a progress bar, and says what it is, on stderr. */
export async function datasetOf(
  data: DataSettings,
  steps: number,
  { dataDir, fingerprint }: CommonOptions & { fingerprint?: string },
): Promise<Dataset> {
  const onProgress = reportProgress();
  try {
    const dataset = await loadDataset(data, { root: dataRoot({ dataDir }), steps, fingerprint, onProgress });
    onProgress.stop();
    console.error(dataset.description);
    return dataset;
  } finally {
    onProgress.stop();
  }
}

/**
 * The id that a text means: an id, or the beginning of exactly one.
 *
 * @throws SettingsError listing the candidates
 */
export function resolveId(runs: Runs, text: string, kind: 'run' | 'any' = 'run'): string {
  const ids = listHeaders(runs)
    .headers.filter((record) => kind === 'any' || record.kind === 'run')
    .map(({ id }) => id)
    .filter((id) => id === text || id.startsWith(text) || id.replace(/^(run|eval)-/, '').startsWith(text));
  if (ids.length === 1) return ids[0];
  throw new SettingsError(
    ids.length === 0
      ? `no record ${JSON.stringify(text)} in ${runs.folder}; \`sgs runs list\` prints those that are there`
      : `${JSON.stringify(text)} may be ${ids.slice(0, 5).join(', ')}${ids.length > 5 ? ', …' : ''}; give more digits`,
  );
}

/** Prints rows as a table under a heading; nothing when there are none. */
export function printTable(heading: string, rows: readonly object[]): void {
  if (rows.length > 0) console.log(`${heading}\n${renderTable(rows, { limit: 10_000 })['text/plain']}\n`);
}

/** Says which records could not be read, and makes the exit code 1 where there are any. */
export function reportCorrupt(corrupt: readonly DataError[]): void {
  for (const error of corrupt) console.error(`not readable: ${error.message}`);
  if (corrupt.length > 0) process.exitCode = 1;
}
