// Peak memory of a run, known before it begins: the larger of its training steps and its evaluations.
import type { Dataset } from '../data/dataset.js';
import type { Engine, ModelSettings } from '../engines/engine.js';
import { EVALUATION_BATCH } from '../measures/accuracy.js';
import type { Network } from '../network/layers.js';

/** Settings that decide the memory of a run besides its network. */
export interface RunSize extends ModelSettings {
  batchSize: number;
}

/**
 * Peak bytes of a run: its training steps and the evaluations after each epoch, weights and optimizer included.
 *
 * @param data - `kind` of the data set, and how many examples the largest part has that is evaluated
 */
export const peakMemory = (
  engine: Pick<Engine, 'peakBytes'>,
  network: Network,
  run: RunSize,
  data: Pick<Dataset, 'kind'> & { evaluated: number },
): Promise<number> =>
  engine.peakBytes(network, run, run.batchSize, {
    frames: data.kind === 'frames',
    evaluation: Math.min(EVALUATION_BATCH, data.evaluated),
  });
