// Options that several commands share, and how their texts become values.
import { isAbsolute, relative, resolve, sep } from 'node:path';
import { type Command, Option } from 'commander';
import type { Dataset } from '../data/dataset.js';
import { DATASET_NAMES } from '../data/sets/index.js';
import { loadDataset } from '../data/sets/load.js';
import type { DataSettings } from '../data/settings.js';
import { reportProgress } from '../display/progress/progress.js';
import type { Engine, ModelSettings } from '../engines/engine.js';
import { ENGINE_NAMES, type EngineName, openEngine } from '../engines/open.js';
import { DataError, SettingsError } from '../errors.js';
import { readJson } from '../files/json.js';
import type { Network } from '../network/layers.js';
import { dataRoot, runsRoot } from '../paths.js';
import { openRuns, type Runs } from '../records/folder.js';
import { listHeaders } from '../records/index-cache.js';
import { LEASE_MS } from '../records/lease/lease.js';
import { tell } from '../print.js';
import { numberFrom, someText, wholeNumberFrom } from './values.js';

/** Options of every command that reads data, records or computes. */
export interface CommonOptions {
  engine?: EngineName | 'auto';
  threads?: number;
  backend?: 'auto' | 'gpu' | 'webgpu' | 'node' | 'wasm' | 'cpu';
  dataDir?: string;
  dataPath?: string;
  runs?: string;
}

/** Adds `--engine`, `--threads`, `--backend` and `--data-dir`. */
export const withEngine = (command: Command): Command =>
  command
    .addOption(
      new Option(
        '--engine <name>',
        'what computes; auto: event, or tfjs where event lacks a layer; webgpu: a graphics card; plain: slow loops in float64',
      )
        .choices(['auto', ...ENGINE_NAMES])
        .default('auto'),
    )
    .option(
      '--threads <n>',
      'threads of engine event (default: SGS_THREADS, else all cores); changes no result',
      wholeNumberFrom(1, 256),
    )
    .addOption(
      new Option('--backend <name>', 'backend of engine tfjs; auto takes the best that works')
        .choices(['auto', 'gpu', 'webgpu', 'node', 'wasm', 'cpu'])
        .default('auto'),
    )
    .option('--data-dir <folder>', 'where the data sets are (default: SGS_DATA, else data/raw)', someText);

/** Adds what {@link withEngine} does and `--runs`. */
export const withCommon = (command: Command): Command =>
  withEngine(command).option(
    '--runs <folder>',
    'where the records are (default: SGS_RUNS, else data/runs)',
    someText,
  );

/** Interval at which a training saves its state besides after each epoch. */
export const checkpointOption = (): Option =>
  new Option('--checkpoint-seconds <n>', 'how often to save the state besides after each epoch')
    .argParser(numberFrom(0, 1e6))
    .default(60);

/** Time for which others watch a heartbeat stand still. */
export const leaseOption = (): Option =>
  new Option('--lease-seconds <n>', 'a process that gives no sign of life for so long is taken for dead')
    .argParser(numberFrom(0.1, 86_400))
    .default(LEASE_MS / 1000);

/** Reads one of the data sets' names. */
export const dataOption = (): Option => new Option('--data <name>', 'data set').choices(DATASET_NAMES);

/** Data of one's own, in place of where an experiment or a record has it. */
export const dataPathOption = (): Option =>
  new Option(
    '--data-path <path>',
    'data of your own: a .npz file, a folder of .npy files, of PNG images or of recordings by class',
  ).argParser(someText);

/** A path of the command line as an experiment has it: below the data folder relative to it, else absolute. */
export function ownPath(path: string, dataDir: string | undefined): string {
  const whole = resolve(path);
  const inside = relative(dataRoot({ dataDir }), whole);
  return inside !== '' && !inside.startsWith('..') && !isAbsolute(inside)
    ? inside.replaceAll(sep, '/')
    : whole;
}

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
  tell(opened.description);
  return opened;
}

/** Loads the data of an experiment, of a record that of its fingerprint, with a progress bar, and says what it is, on stderr. */
export async function datasetOf(
  data: DataSettings,
  steps: number,
  { dataDir, dataPath, fingerprint }: CommonOptions & { fingerprint?: string },
): Promise<Dataset> {
  const onProgress = reportProgress();
  try {
    const placed = dataPath === undefined ? data : { ...data, path: ownPath(dataPath, dataDir) };
    const dataset = await loadDataset(placed, {
      root: dataRoot({ dataDir }),
      steps,
      fingerprint,
      onProgress,
    });
    onProgress.stop();
    tell(dataset.description);
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
  if (/^(run|eval)?-?$/.test(text))
    throw new SettingsError(
      `${JSON.stringify(text)} names no record; give its id or the first digits of it, as \`sgs runs list\` prints them`,
    );
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

/** Says which records could not be read, and makes the exit code 1 where there are any. */
export function reportCorrupt(corrupt: readonly DataError[]): void {
  for (const error of corrupt) tell(`not readable: ${error.message}`);
  if (corrupt.length > 0) process.exitCode = 1;
}
