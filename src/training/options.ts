// Options and progress of a training.
import type { Dataset } from '../data/dataset.js';
import type { Engine } from '../engines/engine.js';
import type { Runs } from '../records/folder.js';
import type { EpochRow } from '../records/record.js';

/** Options of a training besides its experiment. */
export interface TrainOptions {
  engine: Engine;
  dataset: Dataset;
  /** Where the record, the weights and the checkpoints go. */
  runs: Runs;
  /** Called after every step and every epoch. */
  onProgress?(progress: TrainProgress): void;
  /**
   * Stops the training after the current step; what was done is kept and the run can be resumed. Default: a notebook's
   * interrupt.
   */
  signal?: AbortSignal;
  /** Interval of checkpoints besides the one after each epoch, in seconds; default 60. Changes no result. */
  checkpointSeconds?: number;
  /** Train a run that is done once more where its weights are gone, to have them again; its record is kept. */
  again?: boolean;
  /**
   * Called with one line that a reader should know: that data or network are suspicious, that the run is continued, that its
   * checkpoint is damaged, that another process finished it meanwhile. Default stderr.
   */
  onNote?(line: string): void;
}

/** Where a training is. */
export interface TrainProgress {
  /** Training examples seen and to be seen, over all epochs. */
  done: number;
  total: number;
  /** 1-based. */
  epoch: number;
  epochs: number;
  /** Mean classification loss and accuracy of the epoch so far. */
  loss: number;
  accuracy: number;
  /** The row of an epoch that has just ended. */
  row?: EpochRow;
}
