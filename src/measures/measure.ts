// The form of a measure, one kind of evaluation of trained weights: what can be asked, what is looked at, and the rows that come
// of it. One file each in kinds/; index.ts lists them. Pure mathematics stands in the files beside this one. Tests:
// test/measures/index.test.ts.
import type { z } from 'zod';
import type { Dataset } from '../data/dataset.js';
import type { Engine, Model } from '../engines/engine.js';
import type { Json } from '../json.js';
import type { TensorMap } from '../network/parameters.js';

/** A row of a table: what an evaluation gives. */
export type ResultRow = Record<string, Json>;

/** Subject of an evaluation. */
export interface Subject {
  model: Model;
  weights: TensorMap;
  dataset: Dataset;
  /** The test examples to look at, by index. */
  test: Int32Array;
  engine: Engine;
  onProgress?(event: { done: number; total: number; label: string }): void;
  signal?: AbortSignal;
}

/** One kind of evaluation. `Settings` is what can be asked of it: what stands there decides the id of the record. */
export interface Measure<Settings extends { kind: string }> {
  kind: Settings['kind'];
  /** Its subject in a few words, for help. */
  title: string;
  /** Settings to show in help, besides `kind`; a seed may be left out, as in a sweep. */
  example: Omit<Settings, 'kind' | 'seed'>;
  /**
   * The form of its settings. Nothing is completed, but a seed where `seed` does so.
   *
   * @param seed - what a seed may be
   */
  settings(seed: z.ZodType<number>): z.ZodType<Settings>;
  /** Number of test examples without `limit`. Default all that the run was tested on. */
  defaultLimit?: number;
  /** Makes the rows. Throws the signal's reason when aborted. */
  measure(settings: Settings, subject: Subject): Promise<ResultRow[]>;
  /** Schema of a row: every field, and nothing else; where there are several forms, `row` tells them apart. */
  rows: z.ZodType;
}

/** Progress of one pass over the test part among several. */
export const progressOf = ({ onProgress, signal }: Subject, label: string, before = 0, passes = 1) => ({
  signal,
  onProgress: (done: number, total: number): void =>
    onProgress?.({ done: before * total + done, total: passes * total, label }),
});
