// An evaluation of trained weights: what can be asked, what is looked at, and the rows that come of it.
import type { BatchNoise } from '../data/batches.js';
import type { Dataset } from '../data/dataset.js';
import type { Engine, Model } from '../engines/engine.js';
import type { Json } from '../json.js';
import type { TensorMap } from '../network/parameters.js';

/** A row of a table: what an evaluation gives. */
export type ResultRow = Record<string, Json>;

/** What can be evaluated. */
export const EVALUATION_KINDS = [
  'test',
  'noise',
  'energy',
  'probe',
  'confusion',
  'spectra',
  'sensitivity',
  'gradients',
] as const;

/** An evaluation, by kind. `limit`: only the first n test examples; default all that the run was tested on. */
export type Evaluation =
  | { kind: 'test' | 'confusion' | 'energy'; limit?: number }
  /** Accuracy under noise; definitions: `NOISE_DEFINITIONS`. Level 0 is the clean accuracy. */
  | ({ kind: 'noise'; levels: number[]; limit?: number } & Omit<BatchNoise, 'level'>)
  /** One look inside, on the first n test examples (default 100). */
  | { kind: 'probe'; limit?: number }
  /** Operator norms of the weights; looks at no example. */
  | { kind: 'spectra' }
  /** How logits and spikes move with the input, on the first n test examples (default 20). `sizes`: see `sensitivity`. */
  | { kind: 'sensitivity'; sizes: number[]; seed: number; limit?: number }
  /** Change of the gradients with δ, on the first n test examples (default 100). */
  | { kind: 'gradients'; deltas: number[]; limit?: number };

/** What an evaluation looks at. */
export interface Subject {
  model: Model;
  weights: TensorMap;
  dataset: Dataset;
  test: Int32Array;
  engine: Engine;
  onProgress?(event: { done: number; total: number; label: string }): void;
  signal?: AbortSignal;
}
