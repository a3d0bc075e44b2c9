// The one check of data where it enters: whether a data set is one, and the one that an experiment names. Its cost is a
// look at every label; bytes of pixels need none, as every value of a byte is one.
import { SettingsError } from '../errors.js';
import type { Dataset, Examples } from './dataset.js';
import { DEFAULT_PIPELINE } from './events/pipelines.js';
import { DEFAULT_SPLIT } from './events/recording-split.js';
import { DATASET_NAMES, definitionOf, isDatasetName } from './sets/index.js';
import type { DataSettings } from './settings.js';

/** As many classes as a label of one byte can tell apart. */
export const MOST_CLASSES = 256;

/**
 * Checks that a data set is one: sizes that agree, bytes for pixels, labels from 0 to classes − 1.
 *
 * @throws SettingsError naming the field, the index and the value, and what was expected
 */
export function checkDataset(dataset: Dataset): void {
  const { name, kind, shape, frames, classes, normalisation } = dataset;
  const refuse = (field: string, found: string, expected: string): never => {
    throw new SettingsError(`data set ${quoted(name)}: ${field}: expected ${expected}, got ${found}`);
  };
  const problem = typeof name === 'string' ? nameProblem(name) : `expected text, got ${quoted(name)}`;
  if (problem !== undefined) throw new SettingsError(`data set: name: ${problem}`);
  if (kind !== 'images' && kind !== 'frames') refuse('kind', quoted(kind), '"images" or "frames"');
  if (!Array.isArray(shape) || shape.length !== 3 || !shape.every(isSize))
    refuse('shape', quoted(shape), 'height, width and channels, each an integer from 1 to 65536');
  if (kind === 'frames' ? !isSize(frames) : frames !== undefined)
    refuse(
      'frames',
      quoted(frames),
      kind === 'frames' ? 'an integer from 1 to 65536' : 'none, as images have none',
    );
  const usual = definitionOf(name)?.shape[2] ?? shape[2];
  if (shape[2] !== usual)
    refuse('shape', quoted(shape), `${usual} channels, as ${name} has, or a name of its own`);
  if (!Array.isArray(classes) || classes.length < 1 || classes.length > MOST_CLASSES)
    refuse(
      'classes',
      Array.isArray(classes) ? `${classes.length}` : quoted(classes),
      `1 to ${MOST_CLASSES} names`,
    );
  const unnamed = classes.findIndex((label) => typeof label !== 'string');
  if (unnamed >= 0) refuse(`classes[${unnamed}]`, quoted(classes[unnamed]), 'a name as text');
  for (const field of ['mean', 'std'] as const) {
    const values = normalisation?.[field];
    if (normalisation === undefined) continue;
    if (!Array.isArray(values) || values.length !== shape[2])
      refuse(`normalisation.${field}`, quoted(values), `a number for each of ${shape[2]} channels`);
    const wrong = values!.findIndex((value) => !Number.isFinite(value) || (field === 'std' && value <= 0));
    if (wrong >= 0)
      refuse(
        `normalisation.${field}[${wrong}]`,
        quoted(values![wrong]),
        `a ${field === 'std' ? 'positive' : 'finite'} number`,
      );
  }
  const size = shape[0] * shape[1] * shape[2] * (frames ?? 1);
  for (const part of ['train', 'test'] as const)
    checkExamples(dataset[part], { size, classes: classes.length }, (field, found, expected) =>
      refuse(`${part}${field && `.${field}`}`, found, expected),
    );
}

function checkExamples(
  examples: Examples | undefined,
  { size, classes }: { size: number; classes: number },
  refuse: (field: string, found: string, expected: string) => never,
): void {
  if (typeof examples !== 'object' || examples === null)
    return refuse('', quoted(examples), 'data, labels and count');
  const { data, labels, count } = examples;
  if (!Number.isSafeInteger(count) || count < 1) refuse('count', quoted(count), 'at least one example');
  if (!(data instanceof Uint8Array))
    refuse('data', kindOf(data), 'bytes of 0 to 255 in a Uint8Array (values in [0, 1] times 255, rounded)');
  if (data.length !== count * size)
    refuse('data', `${data.length} bytes`, `${count} examples of ${size} bytes, ${count * size} in all`);
  if (!(labels instanceof Uint8Array)) refuse('labels', kindOf(labels), 'a Uint8Array of integers');
  if (labels.length !== count) refuse('labels', `${labels.length}`, `one for each of ${count} examples`);
  for (let i = 0; i < count; i++)
    if (labels[i] >= classes)
      refuse(
        `labels[${i}]`,
        `${labels[i]}`,
        `an integer from 0 to ${classes - 1}, one of ${classes} classes`,
      );
}

/** Fault of a text as the name of a data set, which stands in records, figures and file names; or undefined. */
export function nameProblem(text: string): string | undefined {
  if (!/^[\p{L}\p{N}][\p{L}\p{N} ._-]{0,63}$/u.test(text))
    return `expected up to 64 letters, digits, spaces and . _ -, the first a letter or digit, got ${quoted(text)}`;
  const bare = (name: string): string => name.toLowerCase().replace(/[ ._-]/g, '');
  const meant = DATASET_NAMES.find((name) => name !== text && bare(name) === bare(text));
  return meant && `expected ${quoted(meant)} or another name, got ${quoted(text)}`;
}

const isSize = (value: unknown): boolean =>
  Number.isInteger(value) && Number(value) >= 1 && Number(value) <= 65_536;

/** Fault of a text as the name of data of one's own in a file or folder; or undefined. */
export const ownNameProblem = (text: string): string | undefined =>
  isDatasetName(text)
    ? `${quoted(text)} is the name of a data set that is loaded by it; give what data.path holds a name of its own`
    : nameProblem(text);

/** A value in an error: short, whatever it is. */
const quoted = (value: unknown): string => (JSON.stringify(value) ?? String(value)).slice(0, 80);

/** Content of an array, for an error. */
function kindOf(value: unknown): string {
  if (Array.isArray(value)) return `an array that begins with ${quoted(value[0])}`;
  return ArrayBuffer.isView(value) ? `a ${value.constructor.name}` : quoted(value);
}

/**
 * Checks that a data set is the one that an experiment names: its record would claim other data than it saw.
 *
 * @throws SettingsError naming the setting, what it says and what was given
 */
export function checkNamed(settings: DataSettings, dataset: Dataset): void {
  const { name, kind, pipeline, recordingSplit } = dataset;
  const refuse = (
    setting: keyof DataSettings,
    asked: string | undefined,
    given: string | undefined,
  ): never => {
    const remedy = isDatasetName(settings.name)
      ? `give what \`loadDataset(settings.data)\` gives, or set data.${setting} to what is meant`
      : `set data.${setting} to what is meant`;
    throw new SettingsError(
      `data.${setting}: the settings say ${quoted(asked)}, the data set given is ${quoted(given)}; ${remedy}`,
    );
  };
  if (settings.name !== name) refuse('name', settings.name, name);
  refuseIdle(name, settings, kind);
  // Frames made without a pipeline or split of ours have none to differ in.
  if (pipeline !== undefined && (settings.pipeline ?? DEFAULT_PIPELINE) !== pipeline)
    refuse('pipeline', settings.pipeline ?? DEFAULT_PIPELINE, pipeline);
  const { split = DEFAULT_SPLIT } = settings;
  if (recordingSplit !== undefined && split !== recordingSplit.name)
    refuse('split', split, recordingSplit.name);
}

/**
 * Refuses settings that would have no effect: they would give two run ids to the same run.
 *
 * @throws SettingsError naming the setting and its value
 */
export function refuseIdle(
  name: string,
  { pipeline, split }: Pick<DataSettings, 'pipeline' | 'split'>,
  kind: Dataset['kind'],
): void {
  const refuse = (setting: string, value: string, why: string): never => {
    throw new SettingsError(`data.${setting}: ${quoted(value)} is for ${why}; leave it out`);
  };
  if (kind === 'images')
    for (const [setting, value] of Object.entries({ pipeline, split }))
      if (value !== undefined) refuse(setting, value, `event data, ${name} are images`);
  if (split !== undefined && definitionOf(name)?.officialTest)
    refuse('split', split, `event data without a test part of its own, ${name} has one`);
}
