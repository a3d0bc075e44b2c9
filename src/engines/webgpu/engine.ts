// The webgpu engine: plans of dispatches on any graphics card that WebGPU knows, in Node and in a page.
import { UnsupportedError } from '../../errors.js';
import type { Network } from '../../network/layers.js';
import type { Engine, ModelSettings } from '../engine.js';
import { peakOf, refusalOf, type TrialKey } from '../plan/trial.js';
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
    async peakBytes(network, settings, batchSize, options = {}) {
      return peakOf((key) => trial(network, settings, key).end, batchSize, options, gpu.limits.memory);
    },
    dispose: () => gpu.dispose(),
  };
}

/** A card in words: vendor, architecture and device, where they are told. */
export const cardOf = ({ vendor, architecture, device }: AdapterDescription): string =>
  [vendor, architecture, device].filter(Boolean).join(' ') || 'unknown card';

/** A plan, compiled to see whether it can be, and what it needs. Nothing is allocated. */
export const trial = (network: Network, settings: ModelSettings, key: TrialKey): GpuPlan =>
  compilePlan(layModel(network, settings), network, settings, { ...key, activity: false, probe: false });

/** Why this engine cannot run a network, in words for people; undefined when it can. */
export const unsupportedBy = (network: Network, settings: ModelSettings): string | undefined =>
  refusalOf(network, (key) => trial(network, settings, key));
