// The experiment that a command line of `sgs train` describes: a recipe or a file, and options on top of it.
// Tests: test/commands/train.test.ts.
import { basename, resolve } from 'node:path';
import { type DatasetName, DEFAULT_DATASET, isDatasetName, isFound } from '../data/sets/index.js';
import { SettingsError } from '../errors.js';
import { type Experiment, parseExperiment } from '../experiment/experiment.js';
import { setSetting, settingAt } from '../experiment/settings-path.js';
import { composeMethods } from '../methods/compose.js';
import type { MethodPreset } from '../methods/index.js';
import { dataRoot } from '../paths.js';
import { starterExperiment } from '../sweep/presets/presets.js';
import { ownPath, readJsonFile } from './options.js';
import { assignments } from './values.js';

/** Short options and the setting that each one sets. */
const SHORTCUTS: Record<string, string> = {
  data: 'data.name',
  architecture: 'network.architecture',
  width: 'network.width',
  twin: 'network.twin',
  steps: 'steps',
  epochs: 'epochs',
  batchSize: 'batchSize',
  lr: 'optimizer.learningRate',
  surrogate: 'neuron.surrogate.name',
  delta: 'neuron.delta',
  beta: 'lipschitz.beta',
  seed: 'seed',
  validation: 'data.validation',
  trainLimit: 'data.trainLimit',
  testLimit: 'data.testLimit',
  name: 'name',
};

/** The experiment that a file and options describe. */
export function experimentOf(file: string | undefined, options: Record<string, unknown>): Experiment {
  const chosen = settingsOf(options);
  const settings = withMethods(
    file === undefined ? starterExperiment(defaultData(options)) : settingsIn(file),
    options,
  );
  // The width that suits the starter's network says nothing about another one.
  if (file === undefined && chosen.some(([path]) => path === 'network.architecture')) delete settings.network;
  for (const [path, value] of chosen) setSetting(settings, path, value);
  placeData(settings, options);
  if (file === undefined && !chosen.some(([path]) => path === 'name')) nameMethods(settings, options);
  return parseExperiment(settings);
}

/** Options that name methods. */
interface MethodOptions {
  method?: string[];
  as?: MethodPreset;
}

/** A copy of settings, with the methods that options name laid over them. */
function withMethods(base: object, { method, as }: MethodOptions): Record<string, unknown> {
  if (method !== undefined) return { ...composeMethods(base, method, as) };
  if (as !== undefined)
    throw new SettingsError(`--as ${as}: no method is named; add --method, \`sgs methods\` lists them`);
  return structuredClone(base) as Record<string, unknown>;
}

/** The starter's name says which methods it has. */
function nameMethods(settings: Record<string, unknown>, { method, as }: MethodOptions): void {
  if (method === undefined) return;
  settings.name = `${method.join(' + ')}${as === 'own' ? ' (own)' : ''}, ${String(settings.name)}`;
}

/** Data of one's own: where it is, and unless something names it the name of the file or folder. */
function placeData(settings: Record<string, unknown>, options: Record<string, unknown>): void {
  const {
    dataPath,
    dataDir,
    data: named,
  } = options as { dataPath?: string; dataDir?: string; data?: string };
  if (dataPath === undefined) return;
  if (named !== undefined)
    throw new SettingsError(
      `--data ${named}: --data-path ${dataPath} is other data; leave one of them out, --set data.name names it`,
    );
  setSetting(settings, 'data.path', ownPath(dataPath, dataDir));
  const given = settingAt(settings, 'data.name');
  if (given === undefined || isDatasetName(String(given)))
    setSetting(settings, 'data.name', basename(resolve(dataPath)).replace(/\.[a-z]{2,4}$/i, ''));
  if (settings.name === starterExperiment(DEFAULT_DATASET).name)
    settings.name = `starter on ${String(settingAt(settings, 'data.name'))}`;
}

/** The settings in a file. */
function settingsIn(file: string): object {
  const given = readJsonFile(file);
  if (typeof given === 'object' && given !== null && !Array.isArray(given)) return given;
  throw new SettingsError(
    `${file}: expected settings such as {"epochs": 3}, got ${JSON.stringify(given).slice(0, 40)}; \`sgs help train\` shows an example`,
  );
}

/** Settings from options, by path. */
export const settingsOf = (options: Record<string, unknown>): [path: string, value: unknown][] => [
  ...Object.entries(SHORTCUTS)
    .filter(([option]) => options[option] !== undefined)
    .map(([option, path]): [string, unknown] => [path, options[option]]),
  ...assignments('--set', (options.set as string[] | undefined) ?? []),
];

/** What `sgs train` takes where it is found and nothing is said: the data set of most of the paper. */
const PREFERRED_DATASET = 'cifar10' satisfies DatasetName;

/** The data set named, else CIFAR-10 where it is found, else the embedded one. */
function defaultData({ data, dataDir, dataPath }: Record<string, unknown>): DatasetName {
  if (dataPath !== undefined) return DEFAULT_DATASET; // the recipe for images
  if (data !== undefined) return data as DatasetName;
  const root = dataRoot({ dataDir: dataDir as string | undefined });
  return isFound(PREFERRED_DATASET, root) ? PREFERRED_DATASET : DEFAULT_DATASET;
}
