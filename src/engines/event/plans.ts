// Plans of this engine for a model: compiled behind its regions, with scratch for the threads.
// Tests: test/engines/event/plan.test.ts.
import type { Network } from '../../network/layers.js';
import type { ModelSettings } from '../engine.js';
import type { PlanKey } from '../plan/plans.js';
import type { ModelLayout } from './model-layout.js';
import { compilePlan, type Plan } from './plan.js';
import type { Pool } from './pool.js';

/**
 * Compiles a plan behind a model's regions.
 *
 * @param running - running statistics of batch norms by name, which plans of inference read
 */
export const compileFor = (
  layout: ModelLayout,
  network: Network,
  settings: ModelSettings,
  key: PlanKey,
  running: ReadonlyMap<string, Float32Array>,
): Plan => compilePlan({ ...layout, network, settings, ...key, arenaStart: layout.end, running });

/** Bytes of memory that a plan needs, the threads' scratch included. */
export const bytesOf = (plan: Plan, pool: Pick<Pool, 'areaBytes'>): number =>
  plan.end + pool.areaBytes(plan.scratch);
