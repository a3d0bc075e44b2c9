// Small data sets for tests, every byte known.
import type { Dataset } from '../../src/data/dataset.js';
import { fingerprint } from '../../src/data/fingerprint.js';

/** What to make. */
export interface SmallDatasetOptions {
  train?: number;
  test?: number;
  shape?: [number, number, number];
  /** Frames an example; makes it event data. */
  frames?: number;
  classes?: number;
}

/** A data set whose bytes count up (mod 251, so that no power of two hides a mix-up) and whose labels go round. */
export function smallDataset(options: SmallDatasetOptions = {}): Dataset {
  const { train = 20, test = 7, frames, classes = 4 } = options;
  const shape = options.shape ?? (frames ? [6, 7, 2] : [6, 7, 3]);
  const size = shape[0] * shape[1] * shape[2] * (frames ?? 1);
  const part = (count: number, first: number): Dataset['train'] => ({
    data: Uint8Array.from({ length: count * size }, (_, i) => (first + i) % 251),
    labels: Uint8Array.from({ length: count }, (_, i) => i % classes),
    count,
  });
  const parts = {
    name: frames ? ('shapes10-dvs' as const) : ('shapes10' as const),
    kind: frames ? ('frames' as const) : ('images' as const),
    shape,
    ...(frames && { frames }),
    classes: Array.from({ length: classes }, (_, i) => `class ${i}`),
    train: part(train, 0),
    test: part(test, 100),
  };
  return { ...parts, fingerprint: fingerprint(parts, undefined), description: 'made for a test' };
}
