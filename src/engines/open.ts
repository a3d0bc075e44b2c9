// Opens an engine by name: the one place that knows which there are. Tests: test/engines/own-networks.test.ts.
import { SettingsError, UnsupportedError } from '../errors.js';
import type { Network } from '../network/layers.js';
import type { Engine, ModelSettings } from './engine.js';
import type { Build } from './event/module.js';
import type { BackendChoice } from './tfjs/backend.js';

/**
 * The engines: the event engine, fast on every CPU; TensorFlow.js on any of its backends; loops in float64, to be read; any graphics
 * card by WebGPU.
 */
export const ENGINE_NAMES = ['event', 'tfjs', 'plain', 'webgpu'] as const;
/** One of {@link ENGINE_NAMES}. */
export type EngineName = (typeof ENGINE_NAMES)[number];

/** Choice of an engine. */
export interface EngineOptions {
  /**
   * Default `auto`: the event engine, unless a backend is asked for (that is TensorFlow.js's) or `network` and
   * `settings` are given and it does not support them, or a graphics card was measured to gain on such a network
   * (`sgs doctor --tune`) and neither `threads` nor `build` is given; never `plain`.
   */
  engine?: EngineName | 'auto';
  /** Engine `tfjs` only: `gpu`, `webgpu`, `node`, `wasm`, `cpu` or `auto` (default). */
  backend?: BackendChoice;
  /** Engine `event` only: how many threads compute; default `SGS_THREADS`, else all cores. Changes no result. */
  threads?: number;
  /** Engine `event` only: `plain` or `fma`; default `SGS_BUILD`, else `fma` where it is fused here. */
  build?: Build;
  /** The network that is going to run, for the choice of `auto`. */
  network?: Network;
  settings?: ModelSettings;
}

/**
 * Opens an engine. Loads only what it needs.
 *
 * @param options - `engine`: default `auto`; `backend` belongs to `tfjs`, `threads` and `build` to `event`; `network` and
 *   `settings` let `auto` choose by what is going to run
 * @returns the engine; call its `dispose` when it is no longer needed
 * @throws UnsupportedError when there is none of that name, or it cannot run here: why, and what to install
 * @throws SettingsError when an option belongs to the other engine
 */
export async function openEngine(options: EngineOptions = {}): Promise<Engine> {
  const { engine = 'auto', backend, threads, build, network, settings } = options;
  if (engine !== 'auto' && !ENGINE_NAMES.includes(engine))
    throw new UnsupportedError(`engine ${String(engine)}: unknown; choose one of ${ENGINE_NAMES.join(', ')}`);
  const backendAsked = backend !== undefined && backend !== 'auto';
  if (engine !== 'auto' && engine !== 'tfjs' && backendAsked)
    throw new SettingsError(
      `backend ${backend} belongs to engine tfjs; leave it out, or take \`--engine tfjs\``,
    );
  if (engine === 'plain') return (await import('./plain/engine.js')).createPlainEngine();
  if (engine === 'webgpu') return (await import('./webgpu/engine.js')).createWebgpuEngine();
  if (engine === 'tfjs' || (engine === 'auto' && backendAsked)) return openTfjs(backend);
  const chooses = engine === 'auto' && network && settings && threads === undefined && build === undefined;
  const gaining = chooses ? await openGaining(network, settings) : undefined;
  if (gaining) return gaining;
  const { createEventEngine, unsupportedBy } = await import('./event/engine.js');
  const reason = engine === 'auto' && network && settings ? unsupportedBy(network, settings) : undefined;
  if (reason === undefined) return createEventEngine({ threads, build });
  const tfjs = await openTfjs(backend);
  return { ...tfjs, description: `${tfjs.description} (${reason})` };
}

/** Engine webgpu where it was measured to gain; nothing is loaded where nothing was measured. */
async function openGaining(network: Network, settings: ModelSettings): Promise<Engine | undefined> {
  const { readTuning } = await import('./webgpu/tuning.js');
  const tuning = readTuning();
  return tuning && (await import('./webgpu/choose.js')).gainingWebgpu(network, settings, tuning);
}

async function openTfjs(backend: BackendChoice = 'auto'): Promise<Engine> {
  const { createTfjsEngine } = await import('./tfjs/engine.js');
  return createTfjsEngine({ backend });
}
