// Warnings about data: blank examples, duplicates, test examples among the training ones. Training goes on, and its record says
// so.
import { sha256 } from '../hash.js';
import { DEFAULT_PIPELINE } from './events/pipelines.js';
import type { Dataset } from './dataset.js';
import type { DataSettings } from './settings.js';
import { definitionOf } from './sets/index.js';
import type { Split } from './split.js';

/** Repeated examples are named from this share on: a few are in many published sets. */
const MANY = 0.01;

/** One line for each thing that is suspicious about the examples of a split, with the number; none for most data. */
export function dataWarnings(
  dataset: Dataset,
  split: Split,
  { pipeline }: Pick<DataSettings, 'pipeline'>,
): string[] {
  const { shape, frames = 1 } = dataset;
  const size = shape[0] * shape[1] * shape[2] * frames;
  const training = lookAt(dataset.train.data, size, [...split.train, ...split.validation]);
  const test = lookAt(dataset.test.data, size, split.test);
  const shared = test.hashes.filter((hash) => training.known.has(hash)).length;
  const lines: string[] = [];
  for (const [part, { blank, total }] of Object.entries({ training, test }))
    if (blank > 0)
      lines.push(`${of(blank, total)} ${part} examples are entirely zero${blackened(dataset, pipeline)}`);
  for (const [part, { hashes, known, total }] of Object.entries({ training, test }))
    if (isMany(hashes.length - known.size, total))
      lines.push(
        `${of(hashes.length - known.size, total)} ${part} examples repeat an earlier one, byte by byte`,
      );
  if (isMany(shared, test.total))
    lines.push(`${of(shared, test.total)} test examples are among those trained on, byte by byte`);
  return lines;
}

const isMany = (n: number, total: number): boolean => n > 0 && n >= MANY * total;
const grouped = (n: number): string => n.toLocaleString('en-US');
const of = (n: number, total: number): string => `${grouped(n)} of ${grouped(total)}`;

/** Content of examples: how many are blank, and the hashes of the others. */
function lookAt(
  data: Uint8Array,
  size: number,
  indices: ArrayLike<number> & Iterable<number>,
): { total: number; blank: number; hashes: string[]; known: Set<string> } {
  const hashes: string[] = [];
  for (const index of indices) {
    const example = data.subarray(index * size, (index + 1) * size);
    if (example.some((byte) => byte !== 0)) hashes.push(sha256(example));
  }
  const total = indices.length;
  return { total, blank: total - hashes.length, hashes, known: new Set(hashes) };
}

/** Why recordings may be black: where TET's pipelines resize frames, OFF events show only beside ON events. */
const blackened = ({ name, kind, shape }: Dataset, pipeline: string = DEFAULT_PIPELINE): string =>
  kind === 'frames' &&
  ['tet', 'tet-script'].includes(pipeline) &&
  definitionOf(name)?.sensor?.every((size, i) => size === shape[i]) !== true
    ? ` (pipeline ${pipeline} shows OFF events only near ON events; tet-plain shows all)`
    : '';
