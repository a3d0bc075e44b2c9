// Parses texts of a command line into values, each within bounds. commander names the option of a text that is none.
import { InvalidArgumentError, Option } from 'commander';
import { SettingsError } from '../errors.js';
import { parseJson } from '../files/json.js';
import type { Json } from '../json.js';

/** As people write numbers: no blanks, no hexadecimal digits, no `Infinity`. */
const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;

/** Reads numbers from `least` to `most`. */
export const numberFrom =
  (least: number, most: number) =>
  (text: string): number => {
    const value = NUMBER.test(text) ? Number(text) : NaN;
    if (!(value >= least && value <= most))
      throw new InvalidArgumentError(`expected a number from ${least} to ${most}.`);
    return value;
  };

/** Reads numbers above 0, at most `most`. */
export const numberUpTo =
  (most: number) =>
  (text: string): number => {
    const value = NUMBER.test(text) ? Number(text) : NaN;
    if (!(value > 0 && value <= most))
      throw new InvalidArgumentError(`expected a number above 0, at most ${most}.`);
    return value;
  };

/** Reads whole numbers from `least` to `most`. */
export const wholeNumberFrom =
  (least: number, most: number) =>
  (text: string): number => {
    const value = NUMBER.test(text) ? Number(text) : NaN;
    if (!(Number.isInteger(value) && value >= least && value <= most))
      throw new InvalidArgumentError(`expected a whole number from ${least} to ${most}.`);
    return value;
  };

/** Reads numbers of at least 0 separated by commas. */
export const numberList = (text: string): number[] => text.split(',').map(numberFrom(0, 1e6));

/** Of examples, epochs, updates: as many as anyone has. */
export const count = wholeNumberFrom(1, 1e9);

/** Of processes and threads. */
export const parallel = wholeNumberFrom(1, 1024);

/** Of random numbers. */
export const seed = wholeNumberFrom(0, Number.MAX_SAFE_INTEGER);

/** Reads a text that is not empty: an empty one comes of a variable of the shell that is not set. */
export function someText(text: string): string {
  if (text.trim() === '') throw new InvalidArgumentError('expected a text that is not empty.');
  return text;
}

/** Reads several such texts. */
export const someTexts = (text: string, before: readonly string[] | undefined): string[] => [
  ...(before ?? []),
  someText(text),
];

/**
 * An option that takes assignments such as `neuron.delta=0`, as they are; `valuesOf` reads them.
 *
 * @param example - of an assignment, for errors
 */
export const assignmentOption = (flags: string, description: string, example = 'neuron.delta=0'): Option =>
  new Option(flags, description).argParser((text: string, before: readonly string[] | undefined) => {
    if (text.indexOf('=') < 1)
      throw new InvalidArgumentError(`expected a name, "=" and a value, such as ${example}.`);
    return [...(before ?? []), text];
  });

/**
 * Reads assignments: what stands before the first `=`, and the value as JSON or text.
 *
 * @param option - the option's name, for errors
 * @throws DataError where the value is JSON with a key twice, or nested too deep
 */
export const assignments = (option: string, texts: readonly string[]): [path: string, value: Json][] =>
  texts.map((text) => {
    const at = text.indexOf('=');
    if (at < 1)
      throw new SettingsError(`${option} ${JSON.stringify(text)}: expected a name, "=" and a value`);
    return [text.slice(0, at), valueOf(text.slice(at + 1), `${option} ${text.slice(0, at)}`)];
  });

/** Assignments as values by path, see {@link assignments}. */
export const valuesOf = (option: string, texts: readonly string[]): Record<string, Json> =>
  Object.fromEntries(assignments(option, texts));

function valueOf(text: string, name: string): Json {
  try {
    JSON.parse(text);
  } catch {
    return text;
  }
  return parseJson(text, name, { remedy: 'correct it' }) as Json;
}
