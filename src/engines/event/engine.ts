// The event engine: compiled plans of event-driven WebAssembly kernels on a pool of threads.
// Tests: test/engines/event/model.test.ts.
import type { Network } from '../../network/layers.js';
import { UnsupportedError } from '../../errors.js';
import type { Engine, ModelSettings } from '../engine.js';
import { peakOf, refusalOf, type TrialKey } from '../plan/trial.js';
import { CAPACITY } from './memory-limit.js';
import { EventModel } from './model.js';
import { layModel } from './model-layout.js';
import { bytesOf, compileFor } from './plans.js';
import type { Plan } from './plan.js';
import { openPool, type PoolOptions } from './pool.js';
import { describeVectors } from './vectors.js';

/** Raised whenever this engine's arithmetic changes a result; part of every run id. */
const NUMERICS_VERSION = 1;

/**
 * Opens the engine and its threads.
 *
 * @throws SettingsError, UnsupportedError, EngineError as {@link openPool}
 */
export async function createEventEngine(options: PoolOptions = {}): Promise<Engine> {
  const pool = await openPool(options);
  const { build, threads, vectors } = pool;
  return {
    numerics: { engine: 'event', backend: 'wasm', build, version: NUMERICS_VERSION, deterministic: true },
    description: `engine event, ${build === 'fma' ? 'fused multiply-add' : 'plain'} build, ${describeVectors(vectors)}, ${threads} thread${threads === 1 ? '' : 's'}`,
    threads,
    createModel(network, settings, weights) {
      const reason = unsupportedBy(network, settings);
      if (reason !== undefined) throw new UnsupportedError(reason);
      return new EventModel(pool, network, settings, weights);
    },
    async peakBytes(network, settings, batchSize, options = {}) {
      return peakOf(
        (key) => bytesOf(trial(network, settings, key), pool),
        batchSize,
        options,
        CAPACITY.bytes,
      );
    },
    dispose: () => void pool.dispose(),
  };
}

/** A plan, compiled to see whether it can be and what it needs. Nothing is allocated. */
function trial(network: Network, settings: ModelSettings, key: TrialKey): Plan {
  const whole = { ...key, activity: false, probe: false };
  return compileFor(layModel(network, settings), network, settings, whole, new Map());
}

/** Why this engine cannot run a network, in words for people; undefined when it can. */
export const unsupportedBy = (network: Network, settings: ModelSettings): string | undefined =>
  refusalOf(network, (key) => trial(network, settings, key));
