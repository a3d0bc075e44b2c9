// The webgpu engine: plans of dispatches on any graphics card that WebGPU knows, in Node and in a page.
import { UnsupportedError } from '../../errors.js';
import type { Network } from '../../network/layers.js';
import { placeLayers } from '../../network/shapes.js';
import type { Engine, ModelSettings } from '../engine.js';
import { fittingPart } from '../plan/fitting.js';
import type { PlanKey } from '../plan/plans.js';
import type { AdapterDescription, AdapterSource } from './adapter.js';
import { Gpu } from './gpu.js';
import { implementationOf } from './implementation.js';
import { GpuModel } from './model.js';
import { layModel } from './model-layout.js';
import { compilePlan, type GpuPlan } from './plan.js';

/** Raised whenever this engine's arithmetic changes a result; part of every run id. */
const NUMERICS_VERSION = 1;

/**
 * Opens the engine.
 *
 * @param source - where the card comes from; default: the page's, else the package `webgpu`
 * @throws UnsupportedError where the package or a driver is missing: what to install
 * @throws GpuError where the card gives no device
 */
export async function createWebgpuEngine(source?: AdapterSource): Promise<Engine> {
  const gpu = await Gpu.open(source);
  const { description } = gpu;
  const build = [description.driver, await implementationOf(source)].filter(Boolean).join('; ');
  return {
    numerics: {
      ...{ engine: 'webgpu', backend: cardOf(description), build },
      ...{ version: NUMERICS_VERSION, deterministic: true },
    },
    description: `engine webgpu, ${cardOf(description)}, ${build}${description.software ? ' (software)' : ''}`,
    createModel(network, settings, weights) {
      const reason = unsupportedBy(network, settings);
      if (reason !== undefined) throw new UnsupportedError(reason);
      return new GpuModel(gpu, network, settings, weights);
    },
    async peakBytes(network, settings, batchSize, { frames = false, evaluation = 0 } = {}) {
      const bytes = (training: boolean) => (batch: number) =>
        trial(network, settings, { batch, training, dynamicInput: frames }).end;
      const step = bytes(true)(batchSize);
      if (evaluation === 0) return step;
      return Math.max(step, bytes(false)(fittingPart(evaluation, bytes(false), gpu.limits.memory)));
    },
    dispose: () => gpu.dispose(),
  };
}

/** A card in words: vendor, architecture and device, where they are told. */
export const cardOf = ({ vendor, architecture, device }: AdapterDescription): string =>
  [vendor, architecture, device].filter(Boolean).join(' ') || 'unknown card';

/** A plan, compiled to see whether it can be, and what it needs. Nothing is allocated. */
export const trial = (
  network: Network,
  settings: ModelSettings,
  key: Pick<PlanKey, 'batch' | 'training' | 'dynamicInput'>,
): GpuPlan =>
  compilePlan(layModel(network, settings), network, settings, { ...key, activity: false, probe: false });

/** Why this engine cannot run a network, in words for people; undefined when it can. */
export function unsupportedBy(network: Network, settings: ModelSettings): string | undefined {
  placeLayers(network); // a network that is not sound is an error, for every engine
  try {
    trial(network, settings, { batch: 1, training: true, dynamicInput: false });
    return undefined;
  } catch (error) {
    if (error instanceof UnsupportedError) return error.message;
    throw error;
  }
}
