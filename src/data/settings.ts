// The data settings of an experiment.
import type { DatasetName } from './sets/index.js';

/** Data of a training. */
export interface DataSettings {
  /** One of `DATASET_NAMES`, or the name of data of one's own: what `path` holds, or is given to `train` (see `arrayDataset`). */
  name: DatasetName | (string & Record<never, never>);
  /**
   * A file or folder with data of one's own, which `name` then names: see `OWN_FORMATS`. Relative to the data folder. Not part of
   * the run id: what is in it is.
   */
  path?: string;
  /** Event data: how events become frames, one of `PIPELINES`; default `tet`. */
  pipeline?: string;
  /** Event data without an official test part: `first-900`, `spikingjelly` or `random:<seed>`; default `first-900`. */
  split?: string;
  /** Share of the training part held out as validation set, in [0, 1), default 0. Sweeps need some. */
  validation: number;
  /** Use only the first n training or test examples; default all. */
  trainLimit?: number;
  testLimit?: number;
  /** `standard`: the paper's lineage (images: crop with padding 4 and flip; frames: flip and roll ±5). */
  augment: 'standard' | 'none';
}
