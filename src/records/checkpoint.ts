// All that a training continues from after an interruption, as one safetensors file written atomically.
import { z } from 'zod';
import type { ModelState, Numerics, Tuning } from '../engines/engine.js';
import { DamagedError, DataError, SettingsError } from '../errors.js';
import { readWhole, writeWhole } from '../files/whole.js';
import { canonicalJson, ID_PATTERN } from '../hash.js';
import type { TensorMap } from '../network/parameters.js';
import { firstIssue, numericsProblem, rowsProblem, tuning } from './check.js';
import type { EpochRow } from './record.js';
import { decodeSafetensors, encodeSafetensors } from './safetensors.js';
import { isSealed, SEAL, seal, UNSEALED } from './seal.js';

const FORMAT = 'sgs-checkpoint-2';
/** Format of earlier versions: nothing in it tells whether it is still what was written. */
const WITHOUT_DIGEST = 'sgs-checkpoint-1';
/** The longest progress, in characters: rows of some fifty thousand epochs. JSON made to hurt grows in memory. */
const LONGEST_PROGRESS = 2 ** 24;
const REMEDY = 'delete it to begin the run again';

/** Sums over the batches of the unfinished epoch: float64, kept exactly. */
export interface PartialEpoch {
  /** Sum over examples of the classification loss. */
  loss: number;
  /** Sum over steps of the Lipschitz penalty. */
  lipschitz: number;
  /** Sums over steps of each term, where the loss is a list. */
  terms?: number[];
  /** Examples classified correctly. */
  correct: number;
  /** Examples seen. */
  seen: number;
  /** Wall-clock seconds spent on it so far. */
  seconds: number;
}

/** The state of a training between two steps. */
export interface Checkpoint {
  runId: string;
  numerics: Numerics;
  /** Epochs completed, which is the 0-based index of the unfinished epoch and the number of rows. */
  epoch: number;
  /** 0-based index of the next batch of the unfinished epoch; 0 between epochs. */
  step: number;
  rows: EpochRow[];
  partial: PartialEpoch;
  /** Numbers of the gradient that are in force in the unfinished epoch, where a rule gave them. */
  gradient?: Tuning;
  /** Number of times the run was continued from a checkpoint so far. */
  resumed: number;
  /** Wall-clock seconds of the run so far. */
  seconds: number;
  /** Weights, optimizer slots and the number of updates. */
  state: ModelState;
}

/** The sums of an epoch before its first batch. */
export const emptyPartial = (): PartialEpoch => ({ loss: 0, lipschitz: 0, correct: 0, seen: 0, seconds: 0 });

const count = z.int().min(0);
const amount = z.number().min(0);
/** Everything but the tensors. */
const progressSchema = z.strictObject({
  runId: z.string().regex(ID_PATTERN),
  numerics: z.unknown(),
  epoch: count,
  step: count,
  rows: z.array(z.unknown()),
  partial: z.strictObject({
    loss: z.number(),
    lipschitz: z.number(),
    terms: z.array(z.number()).optional(),
    correct: count,
    seen: count,
    seconds: amount,
  }),
  gradient: tuning.optional(),
  resumed: count,
  seconds: amount,
  updates: count,
});

/**
 * A checkpoint as safetensors bytes: tensors `weights/<name>` and `optimizer/<name>`, and in the metadata all else as one
 * JSON text and a digest of the whole file. Every number comes back exactly (−0 as 0).
 *
 * @throws SettingsError when a number is not finite or the progress does not fit together
 */
export function encodeCheckpoint({ state, ...progress }: Checkpoint): Uint8Array {
  const described = { ...progress, updates: state.updates };
  const problem = progressProblem(described);
  if (problem) throw new SettingsError(`checkpoint of ${progress.runId}: ${problem}`);
  const tensors = Object.create(null) as TensorMap;
  for (const part of ['weights', 'optimizer'] as const)
    for (const name of Object.keys(state[part])) tensors[`${part}/${name}`] = state[part][name];
  const metadata = { [SEAL]: UNSEALED, format: FORMAT, progress: JSON.stringify(described) };
  return seal(encodeSafetensors(tensors, metadata));
}

/**
 * Reads a checkpoint's bytes.
 *
 * @param file - its name, for errors
 * @throws DamagedError when they are cut, damaged (by a single bit) or not a checkpoint of this version
 */
export function decodeCheckpoint(bytes: Uint8Array, file: string): Checkpoint {
  const { tensors, metadata } = decodeSafetensors(bytes, file);
  const fail = (problem: string): never => {
    throw new DamagedError(file, `not a valid checkpoint: ${problem}`, REMEDY);
  };
  if (metadata.format === WITHOUT_DIGEST)
    fail('an earlier version wrote it, without a digest: nothing tells whether it is still what was written');
  if (metadata.format !== FORMAT)
    fail(`format: expected ${FORMAT}, got ${JSON.stringify(metadata.format ?? 'none').slice(0, 60)}`);
  if (!isSealed(bytes))
    fail('its digest is not that of its content: a part of it was changed after it was written');
  const { updates, ...progress } = parseProgress(metadata.progress ?? '', fail);
  const state: ModelState = {
    weights: Object.create(null) as TensorMap,
    optimizer: Object.create(null) as TensorMap,
    updates,
  };
  for (const name of Object.keys(tensors)) {
    const [, part, rest] = /^(weights|optimizer)\/(.*)$/s.exec(name) ?? [];
    if (!part) fail(`tensor ${JSON.stringify(name)}: expected weights/… or optimizer/…`);
    state[part as 'weights' | 'optimizer'][rest] = tensors[name];
  }
  return { ...progress, state };
}

type Progress = Omit<Checkpoint, 'state'> & { updates: number };

function parseProgress(text: string, fail: (problem: string) => never): Progress {
  if (text.length > LONGEST_PROGRESS) return fail(`progress has more than ${LONGEST_PROGRESS} characters`);
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    return fail(`progress is not JSON: ${(error as Error).message}`);
  }
  const problem = progressProblem(value);
  return problem ? fail(problem) : (value as Progress);
}

function progressProblem(value: unknown): string | undefined {
  const problem = firstIssue(progressSchema, value, 'progress');
  if (problem) return problem;
  const { numerics, rows, epoch } = value as Progress;
  if (rows.length !== epoch) return `epoch: expected ${rows.length}, the number of rows, got ${epoch}`;
  return numericsProblem(numerics) ?? rowsProblem(rows);
}

/** Writes a checkpoint atomically over the last one. Throws SettingsError or DataError; the last one then stays. */
export const writeCheckpoint = (
  file: string,
  checkpoint: Checkpoint,
  options: { guard?(): void } = {},
): void => void writeWhole(file, encodeCheckpoint(checkpoint), options);

/**
 * Reads a checkpoint to continue a run.
 *
 * @param expected - the run and the numerics that want to continue
 * @throws DamagedError when the file is damaged; DataError when it is absent or another run's; SettingsError when it was made under other
 *   numerics, naming those that differ: its bits could not be continued
 */
export function readCheckpoint(file: string, expected: Pick<Checkpoint, 'runId' | 'numerics'>): Checkpoint {
  const checkpoint = decodeCheckpoint(readWhole(file), file);
  const differing = differences(checkpoint.numerics, expected.numerics);
  if (differing.length > 0)
    throw new SettingsError(
      `${file}: a checkpoint made under other numerics: ${differing.join('; ')}; continue it under those, or ${REMEDY}`,
    );
  if (checkpoint.runId !== expected.runId)
    throw new DataError(
      file,
      `a checkpoint of another run: expected ${expected.runId}, found ${checkpoint.runId}`,
      `move it to the name of its run, or ${REMEDY}`,
    );
  return checkpoint;
}

function differences(then: Numerics, now: Numerics): string[] {
  const [before, after] = [new Map(Object.entries(then)), new Map(Object.entries(now))];
  return [...new Set([...before.keys(), ...after.keys()])]
    .filter((key) => canonicalJson([before.get(key)]) !== canonicalJson([after.get(key)]))
    .map((key) => `${key} was ${before.get(key) ?? 'not set'} and is ${after.get(key) ?? 'not set'}`);
}
