// Final weights against those committed in `data/expected.json`.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '../../paths.js';
import { print, tell } from '../../print.js';
import { openRuns } from '../../records/folder.js';
import type { RunRecord } from '../../records/record.js';
import type { Trial } from '../../sweep/presets/plan.js';
import { recordsOf } from '../../sweep/presets/found.js';

/** Compares final weights with those committed in `data/expected.json`, run by run. */
export function compareDigests(trials: Trial[], folder: string): void {
  const file = join(packageRoot(), 'data', 'expected.json');
  const expected = JSON.parse(readFileSync(file, 'utf8')) as Record<string, string>;
  const { summary, different } = digestsInWords(recordsOf(openRuns(folder), trials).runs, expected);
  if (summary !== undefined) print(summary);
  for (const line of different) tell(line);
  if (different.length > 0) process.exitCode = 1;
}

/**
 * Number of runs with the expected weights, and a line for each that has others.
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
