// The engine on TensorFlow.js: its operations, on any of its backends. Tests: test/engines/tfjs/model.test.ts.
import type { Engine } from '../engine.js';
import { openBackend, type BackendChoice } from './backend.js';
import { peakBytes } from './memory.js';
import { TfjsModel } from './model.js';

/** Raised whenever this engine's arithmetic changes a result; part of every run id. */
const NUMERICS_VERSION = 1;

/**
 * Opens the engine.
 *
 * @param options - `backend`: `gpu`, `node`, `webgpu`, `wasm`, `cpu` or `auto` (default: the best that works)
 * @throws UnsupportedError when the backend asked for cannot be loaded or computes wrong values
 */
export async function createTfjsEngine(options: { backend?: BackendChoice } = {}): Promise<Engine> {
  const backend = await openBackend(options.backend ?? 'auto');
  return {
    numerics: {
      engine: 'tfjs',
      backend: backend.name,
      build: 'plain',
      version: NUMERICS_VERSION,
      deterministic: backend.deterministic,
    },
    description: `engine tfjs, ${backend.description}`,
    createModel: (network, settings, weights) => new TfjsModel(network, settings, weights, backend),
    peakBytes: (network, settings, batchSize, options) =>
      peakBytes(network, settings, batchSize, backend, options),
    dispose: () => undefined,
  };
}
