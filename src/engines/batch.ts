// Checks that a batch is one that a network can take, for every engine.
import type { Batch } from '../data/dataset.js';
import { SettingsError } from '../errors.js';
import type { Network } from '../network/layers.js';

/**
 * True when the batch has one frame a time step, false when one image stands for all.
 *
 * @throws SettingsError naming the shape and what is expected
 */
export function isDynamic({ shape, labels }: Batch, network: Network, steps: number): boolean {
  const { input, name } = network;
  const dynamic = shape.length === 5;
  const expected = [...(dynamic ? [steps] : []), labels.length, ...input];
  if (shape.join() !== expected.join() || labels.length === 0)
    throw new SettingsError(
      `${name}: a batch of shape [${shape}] with ${labels.length} labels does not fit; expected [B,${input}] or [${steps},B,${input}] and B ≥ 1 labels`,
    );
  return dynamic;
}
