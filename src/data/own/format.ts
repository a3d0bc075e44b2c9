// The form of a reader of data of one's own: how its files are recognised, and how it becomes a data set. One file each;
// index.ts lists them.
import type { Dataset } from '../dataset.js';

/** Options of loading data of one's own. */
export interface OwnContext {
  /** The file or folder, absolute. */
  path: string;
  /** Its name in the experiment. */
  name: string;
  /** Recordings only: one of `PIPELINES`, and a split. */
  pipeline?: string;
  split?: string;
  /** Recordings only: frames of an example. */
  frames?: number;
  /** Where frames are kept between runs. */
  frameCache: string;
  signal?: AbortSignal;
  onProgress?(event: { done: number; total: number; label: string }): void;
}

/** One form. */
export interface OwnFormat {
  /** Its look, for errors and help. */
  title: string;
  /** Whether its recordings are made into frames: only then pipeline, split and frames have something to say. */
  framed: boolean;
  /** Whether a path holds it; looks at names only. */
  recognises(path: string): boolean;
  /** @throws DataError naming the file, what is wrong with it and what to do */
  load(context: OwnContext): Dataset | Promise<Dataset>;
}
