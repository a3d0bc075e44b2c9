// The folder of records: one JSON file a record, weights and checkpoints beside it. Any number of processes may
// share it: every file is written whole, and a finished run is never replaced by another.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Numerics } from '../engines/engine.js';
import { DataError } from '../errors.js';
import { checkWritable } from '../files/folders.js';
import { removeLeftovers } from '../files/leftovers.js';
import { readWhole, removeFile, writeWhole } from '../files/whole.js';
import { canonicalJson, checkId, sha256 } from '../hash.js';
import type { TensorMap } from '../network/parameters.js';
import { type Checkpoint, readCheckpoint, writeCheckpoint } from './checkpoint.js';
import { checkDigest, readDigests } from './digests.js';
import { listIds } from './ids.js';
import { isFinal, resultOf, type StoredRecord } from './record.js';
import { decodeSafetensors, encodeSafetensors } from './safetensors.js';
import { formatRecord, readRecordText } from './text.js';

/** Records that could be read, and those that could not. */
export interface RunsListing {
  /** In the order of their ids. */
  records: StoredRecord[];
  /** Each names its file and what to do. */
  corrupt: DataError[];
}

/**
 * A folder of records: `<id>.json`, `weights/<id>.safetensors`, `checkpoints/<id>.safetensors`. Everything is
 * synchronous. Every id is checked before it becomes a path: SettingsError. A disk that refuses, or a file that is
 * damaged: DataError.
 */
export interface Runs {
  readonly folder: string;
  /** Makes sure, before anything is computed, that results can be kept. @throws DataError naming folder and reason */
  checkWritable(): void;
  /** Every record; a folder that does not exist yet has none. */
  list(): RunsListing;
  /** Whether there is a record, of whatever status. */
  has(id: string): boolean;
  /** Reads a record. @throws DataError when there is none, or it is damaged: by its content hash, or by SHA256SUMS */
  get(id: string): StoredRecord;
  /**
   * Keeps a record. One that is final (`done` or `diverged`, or an evaluation) stays: the same result again, or a
   * run that is not final, leaves it as it is.
   *
   * @returns whether the record was written
   * @throws SettingsError when the record is not valid; DataError when a final one has another result
   */
  put(record: StoredRecord): boolean;
  weightsPath(id: string): string;
  checkpointPath(id: string): string;
  /** Whether the weights of a run are here. They are not committed with its record. */
  hasWeights(id: string): boolean;
  /** Reads weights. @throws DataError when there are none, or they are not those of the run's record */
  readWeights(id: string): TensorMap;
  /** Keeps weights; returns their digest. @throws DataError when a final record of the run has other weights */
  writeWeights(id: string, weights: TensorMap): string;
  hasCheckpoint(id: string): boolean;
  /** Reads the checkpoint of a run, see `readCheckpoint`. */
  readCheckpoint(id: string, numerics: Numerics): Checkpoint;
  /** Keeps a checkpoint in place of the last one. */
  writeCheckpoint(checkpoint: Checkpoint): void;
  /** Removes the checkpoint of a run, if there is one. */
  removeCheckpoint(id: string): void;
}

/** A record is a few kilobytes, with long tables some megabytes. JSON made to hurt grows some twentyfold in memory. */
export const LARGEST_RECORD = 2 ** 24;

/** The folders in it that processes write to. */
const PARTS = ['weights', 'checkpoints', 'leases'];

/** Options of opening a folder of records. */
export interface RunsOptions {
  /** Called before each change of the folder, when only the new name is missing; prevents it by throwing. */
  guard?(): void;
}

/**
 * Opens a folder of records. Nothing is made or read until it is needed.
 *
 * @param folder - where the records are, see `runsRoot`
 * @param options - `guard`: called before each change of the folder; prevents it by throwing
 * @returns reads, writes and lists records, weights and checkpoints
 */
export function openRuns(folder: string, { guard }: RunsOptions = {}): Runs {
  const recordPath = (id: string): string => join(folder, `${checkId(id)}.json`);
  const weightsPath = (id: string): string => join(folder, 'weights', `${checkId(id)}.safetensors`);
  const checkpointPath = (id: string): string => join(folder, 'checkpoints', `${checkId(id)}.safetensors`);
  const has = (id: string): boolean => existsSync(recordPath(id));

  let digests: Map<string, string> | undefined;

  const get = (id: string): StoredRecord => {
    const file = recordPath(id);
    const bytes = readWhole(file, LARGEST_RECORD);
    const { record, hasHash } = readRecordText(bytes, file);
    if (!hasHash) checkDigest((digests ??= readDigests(folder)), `${id}.json`, bytes, file);
    if (record.id !== id)
      throw new DataError(file, `holds record ${record.id}`, `rename it to ${record.id}.json, or delete it`);
    return record;
  };

  /** Whether nothing is left to train: a run that is done has its weights too. */
  const isComplete = (id: string): boolean => {
    const record = has(id) ? get(id) : undefined;
    if (record === undefined || !isFinal(record)) return false;
    return record.kind !== 'run' || record.outcome.status !== 'done' || existsSync(weightsPath(id));
  };

  /** The left-overs of killed writers are looked for once, before the first file is written. */
  let tidied = false;
  const tidy = (): void => {
    if (tidied) return;
    for (const part of ['', ...PARTS]) removeLeftovers(join(folder, part));
    tidied = true;
  };

  return {
    folder,
    checkWritable: () => checkWritable(folder, PARTS),
    has,
    get,
    weightsPath,
    checkpointPath,
    list() {
      const listing: RunsListing = { records: [], corrupt: [] };
      for (const id of listIds(folder)) {
        try {
          listing.records.push(get(id));
        } catch (error) {
          if (!(error instanceof DataError)) throw error;
          listing.corrupt.push(error);
        }
      }
      return listing;
    },
    put(record) {
      const text = formatRecord(record);
      const file = recordPath(record.id);
      tidy();
      if (writeWhole(file, text, { create: true, guard })) return true;
      const present = get(record.id);
      if (!isFinal(present)) return writeWhole(file, text, { guard });
      if (!isFinal(record) || canonicalJson(resultOf(present)) === canonicalJson(resultOf(record)))
        return false;
      throw new DataError(
        file,
        `holds a finished record with another result (weights digest ${present.weightsDigest}, this one has ${record.weightsDigest})`,
        'keep that one; the same settings gave different bits, so if the engine calls itself deterministic, report it',
      );
    },
    hasWeights: (id) => existsSync(weightsPath(id)),
    readWeights(id) {
      const file = weightsPath(id);
      if (!existsSync(file))
        throw new DataError(
          file,
          'the weights of this run are not here',
          `copy them here, or train the run once more: \`sgs train --again ${id}\``,
        );
      const bytes = readWhole(file);
      const expected = has(id) ? get(id).weightsDigest : null;
      const found = sha256(bytes);
      if (expected !== null && expected !== found)
        throw new DataError(
          file,
          `not the weights of the record: expected SHA-256 ${expected}, found ${found}`,
          `copy the right ones here, or delete them and train the run once more: \`sgs train --again ${id}\``,
        );
      return decodeSafetensors(bytes, file).tensors;
    },
    writeWeights(id, weights) {
      const file = weightsPath(id);
      const bytes = encodeSafetensors(weights);
      const digest = sha256(bytes);
      const present = has(id) ? get(id) : undefined;
      if (present && isFinal(present) && present.weightsDigest !== digest)
        throw new DataError(
          file,
          `the finished record of this run has other weights: expected SHA-256 ${present.weightsDigest}, given ${digest}`,
          'different bits here (by other code or another processor): nothing is written, copy the weights of the record here',
        );
      tidy();
      writeWhole(file, bytes, { guard });
      return digest;
    },
    hasCheckpoint: (id) => existsSync(checkpointPath(id)),
    readCheckpoint: (id, numerics) => readCheckpoint(checkpointPath(id), { runId: id, numerics }),
    writeCheckpoint(checkpoint) {
      const file = checkpointPath(checkpoint.runId);
      tidy();
      writeCheckpoint(file, checkpoint, { guard });
      // If paused before the rename, another process may have finished the run: drop this checkpoint.
      if (!guard || !isComplete(checkpoint.runId)) return;
      removeFile(file);
      guard();
    },
    removeCheckpoint(id) {
      const file = checkpointPath(id);
      guard?.();
      removeFile(file);
    },
  };
}
