// From which size of a network on the card gains over engine event here: measured once (`sgs doctor --tune`), kept in a file, and read
// by `--engine auto`.
import { join } from 'node:path';
import { z } from 'zod';
import { DataError } from '../../errors.js';
import { readJson } from '../../files/json.js';
import { writeWhole } from '../../files/whole.js';
import { existsSync } from 'node:fs';
import type { Network } from '../../network/layers.js';
import { countMacs } from '../../network/operations.js';
import { placeLayers } from '../../network/shapes.js';
import { cacheRoot } from '../../paths.js';

const seconds = z.number().positive();
const measured = z.strictObject({
  network: z.string(),
  /** Multiply–accumulates of one example and one time step. */
  macs: z.number().nonnegative(),
  /** Seconds of a training step on either engine. */
  event: seconds,
  webgpu: seconds,
});
const schema = z.strictObject({
  /** `backend` and `build` of the engine's numerics: of another card or driver nothing is known. */
  backend: z.string(),
  build: z.string(),
  measured: z.array(measured).min(1),
});

/** Both engines at one network. */
export type Measured = z.infer<typeof measured>;
/** What was measured of a card. */
export type Tuning = z.infer<typeof schema>;

/** Where it is kept. */
export const tuningFile = (): string => join(cacheRoot(), 'webgpu.json');

const REMEDY = 'run `sgs doctor --tune` again, or delete it';

/** What was measured here; undefined where nothing was. @throws DataError where the file is none of these */
export function readTuning(file = tuningFile()): Tuning | undefined {
  if (!existsSync(file)) return undefined;
  const read = schema.safeParse(readJson(file, { remedy: REMEDY }));
  if (read.success) return read.data;
  throw new DataError(file, `is no measurement of a card: ${read.error.issues[0].message}`, REMEDY);
}

/** Keeps it. */
export const writeTuning = (tuning: Tuning, file = tuningFile()): void =>
  void writeWhole(file, `${JSON.stringify(tuning, undefined, 2)}\n`);

/** Multiply–accumulates of one example and one time step. */
export const macsOf = (network: Network): number =>
  placeLayers(network).reduce((sum, placed) => sum + countMacs(placed), 0);

/** The least size from which on the card was faster at all that were measured; undefined where at the largest it was not. */
export function gainsFrom({ measured: all }: Pick<Tuning, 'measured'>): number | undefined {
  const largestFirst = [...all].sort((a, b) => b.macs - a.macs);
  let from: number | undefined;
  for (const { macs, event, webgpu } of largestFirst) {
    if (webgpu >= event) break;
    from = macs;
  }
  return from;
}
