// A data set, as every loader gives it: labelled examples as bytes, with an identity. Tests: test/data/check.test.ts.

/** A part of a data set (its training or its test part), whole and in its original order. */
export interface Examples {
  /**
   * Pixels, one byte a value, example by example. Images: `[N, H, W, C]`, red green blue. Event frames:
   * `[N, T, H, W, 2]`, channel 0 = OFF, 1 = ON (SpikingJelly's order).
   */
  data: Uint8Array;
  /** The class of each example, `[N]`, 0 … classes − 1. */
  labels: Uint8Array;
  /** Number of examples: N. */
  count: number;
}

/** Mean and standard deviation by channel, of pixels in [0, 1]. */
export interface Normalisation {
  mean: number[];
  std: number[];
}

/** A data set ready to train on: `loadDataset` reads one by its name, `arrayDataset` makes one of arrays. */
export interface Dataset {
  /** One of `DATASET_NAMES`, or a name of its own; an experiment says the same in `data.name`. */
  name: string;
  /** `images`: static, repeated over the time steps. `frames`: one frame a time step. */
  kind: 'images' | 'frames';
  /** Height, width and channels of one image or frame. */
  shape: [height: number, width: number, channels: number];
  /** Frames an example (event data only). */
  frames?: number;
  /** Class names in label order, 1 to 256. */
  classes: string[];
  /** Normalisation of bytes for the network; default neutral, see `normalisationOf`. */
  normalisation?: Normalisation;
  train: Examples;
  test: Examples;
  /** Event data only: how events became frames, one of `PIPELINES`. */
  pipeline?: string;
  /** Event data only: which recordings are in the two parts, by name, and a hash of which ones. */
  recordingSplit?: { name: string; hash: string };
  /**
   * SHA-256 (hex) over name, shapes, bytes and labels of both parts. For information: what a record says it was trained on
   * is computed anew from them.
   */
  fingerprint: string;
  /** Where it was read from and how much of it was there, for people: "cifar10: 10,000 of 50,000 training images …". */
  description: string;
}

/** A batch of examples, normalised. */
export interface Batch {
  /** `[B, H, W, C]`: static, repeated over time. `[T, B, H, W, C]`: one frame a step, time first. */
  x: Float32Array;
  shape: number[];
  /** Class of each example, `[B]`. */
  labels: Int32Array;
}
