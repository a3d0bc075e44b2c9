// What an experiment says of its data.
import type { DatasetName } from './sets/index.js';

/** Which data a training sees. */
export interface DataSettings {
  /** One of `DATASET_NAMES`, or the name of the data set that is given to `train` (see `arrayDataset`). */
  name: DatasetName | (string & Record<never, never>);
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
