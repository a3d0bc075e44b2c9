// Opens an engine by name: the one place that knows which there are.
import { UnsupportedError } from '../errors.js';
import type { Engine } from './engine.js';
import type { BackendChoice } from './tfjs/backend.js';

/** The engines. */
export const ENGINE_NAMES = ['tfjs'] as const;
/** One of {@link ENGINE_NAMES}. */
export type EngineName = (typeof ENGINE_NAMES)[number];

/** Which engine to open. */
export interface EngineOptions {
  /** Default `tfjs`, the reference engine. */
  engine?: EngineName;
  /** Engine `tfjs` only: `gpu`, `webgpu`, `node`, `wasm`, `cpu` or `auto` (default). */
  backend?: BackendChoice;
}

/**
 * Opens an engine. Loads only what it needs.
 *
 * @throws UnsupportedError when there is none of that name, or it cannot run here: why, and what to install
 */
export async function openEngine({ engine = 'tfjs', backend = 'auto' }: EngineOptions = {}): Promise<Engine> {
  if (!ENGINE_NAMES.includes(engine))
    throw new UnsupportedError(`engine ${String(engine)}: unknown; choose one of ${ENGINE_NAMES.join(', ')}`);
  const { createTfjsEngine } = await import('./tfjs/engine.js');
  return createTfjsEngine({ backend });
}
