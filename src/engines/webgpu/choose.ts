// The choice of `--engine auto`: the card, where it was measured to gain on networks of this size.
import { UnsupportedError } from '../../errors.js';
import type { Network } from '../../network/layers.js';
import type { Engine, ModelSettings } from '../engine.js';
import type { AdapterSource } from './adapter.js';
import { createWebgpuEngine, unsupportedBy } from './engine.js';
import { gainsFrom, macsOf, type Tuning } from './tuning.js';

/**
 * Opens the engine where it is to be taken; undefined where it is not.
 *
 * @param tuning - what was measured here: of another card, or of none, nothing is taken
 */
export async function gainingWebgpu(
  network: Network,
  settings: ModelSettings,
  tuning: Tuning | undefined,
  source?: AdapterSource,
): Promise<Engine | undefined> {
  const from = tuning && gainsFrom(tuning);
  if (from === undefined || macsOf(network) < from) return undefined;
  if (unsupportedBy(network, settings) !== undefined) return undefined;
  const engine = await createWebgpuEngine(source).catch((error: unknown) => {
    if (error instanceof UnsupportedError) return undefined; // the card is gone since
    throw error;
  });
  const { backend, build } = engine?.numerics ?? {};
  if (engine && backend === tuning!.backend && build === tuning!.build)
    return { ...engine, description: `${engine.description} (measured to gain on such a network)` };
  engine?.dispose();
  return undefined;
}
