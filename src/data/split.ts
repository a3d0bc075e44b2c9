// Splits examples into training, validation and test: named, deterministic, hashed into records.
import { SettingsError } from '../errors.js';
import { sha256 } from '../hash.js';
import { stream } from '../random.js';
import type { Dataset } from './dataset.js';
import type { DataSettings } from './settings.js';

/** Indices of examples, ascending: `train` and `validation` into the training part, `test` into the test part. */
export interface Split {
  train: Int32Array;
  validation: Int32Array;
  test: Int32Array;
  /** Its kind, for people: `stratified-0.1`, `first-900/all+train-2000`. */
  name: string;
  /** SHA-256 (hex) of the three lists of indices and, for event data, of which recordings they count. */
  hash: string;
}

/**
 * Seed of every validation split. It is fixed rather than the experiment's seed: runs that differ in their seed only
 * then see the same examples, so that differences between them, and pairs of runs across settings, are those of
 * training. The limit is that a spread over seeds does not hold the spread over splits.
 */
const SPLIT_SEED = 0;

/**
 * Splits a data set: takes the first `trainLimit` and `testLimit` examples, then holds out the share `validation` of
 * the training examples. The held-out examples are drawn class by class, so that a class's share of them is within
 * one example of its share of the whole; there are `round(share · n)` of them.
 *
 * @param dataset - read whole
 * @param data - limits and share; for event data also the name of the split of recordings, which becomes part of the
 *   name here
 * @returns indices into the two parts, `[train]`, `[validation]`, `[test]`, and the split's name and hash
 * @throws SettingsError when a limit asks for more than there is, or the share leaves nothing on one of the two sides
 */
export function splitExamples(dataset: Dataset, data: DataSettings): Split {
  const { validation: share, trainLimit, testLimit } = data;
  const limits = {
    train: limited('trainLimit', trainLimit, dataset.train.count, dataset),
    test: limited('testLimit', testLimit, dataset.test.count, dataset),
  };
  const { labels } = dataset.train;
  const heldOut = drawByClass(labels.subarray(0, limits.train), dataset.classes.length, share, dataset.name);
  const indices = Array.from({ length: limits.train }, (_, i) => i);
  const train = Int32Array.from(indices.filter((i) => !heldOut.has(i)));
  const validation = Int32Array.from(indices.filter((i) => heldOut.has(i)));
  const test = Int32Array.from({ length: limits.test }, (_, i) => i);
  if (share > 0 && (train.length === 0 || validation.length === 0))
    throw new SettingsError(
      `data.validation: ${share} of ${limits.train} training examples leaves ${train.length} to train on and ` +
        `${validation.length} to validate on; choose another share or a larger trainLimit`,
    );
  return {
    train,
    validation,
    test,
    name: nameOf(dataset, data),
    hash: sha256(
      JSON.stringify([
        ...[train, validation, test].map((list) => Array.from(list)),
        ...(dataset.recordingSplit ? [dataset.recordingSplit.hash] : []),
      ]),
    ),
  };
}

function limited(
  setting: string,
  limit: number | undefined,
  count: number,
  { description }: Dataset,
): number {
  if (limit !== undefined && limit > count)
    throw new SettingsError(
      `data.${setting}: ${limit} asked for, ${count} there (${description}); lower it or leave it out for all`,
    );
  return limit ?? count;
}

/**
 * Draws a share of examples, class by class: within one example of a class's share, `round(share · n)` in all.
 *
 * @param labels - the class of each example
 * @param path - names what is drawn; each class has a stream of its own below it
 */
export function drawByClass(
  labels: Uint8Array,
  classes: number,
  share: number,
  ...path: string[]
): Set<number> {
  const drawn = new Set<number>();
  let before = 0;
  for (let label = 0; label < classes; label++) {
    const members: number[] = [];
    for (let i = 0; i < labels.length; i++) if (labels[i] === label) members.push(i);
    // Rounding running totals, not each class, makes the sum right and no class wrong by one or more.
    const take = Math.round((before + members.length) * share) - Math.round(before * share);
    before += members.length;
    const order = stream(SPLIT_SEED, 'split', ...path, label).permutation(members.length);
    for (let k = 0; k < take; k++) drawn.add(members[order[k]]);
  }
  return drawn;
}

function nameOf({ recordingSplit }: Dataset, { validation, trainLimit, testLimit }: DataSettings): string {
  const parts = [
    validation > 0 ? `stratified-${validation}` : 'all',
    ...(trainLimit === undefined ? [] : [`train-${trainLimit}`]),
    ...(testLimit === undefined ? [] : [`test-${testLimit}`]),
  ].join('+');
  return recordingSplit === undefined ? parts : `${recordingSplit.name}/${parts}`;
}
