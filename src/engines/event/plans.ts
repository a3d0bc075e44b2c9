// The plans of one model, compiled for the batches that come; the latest used are kept.
// Tests: test/engines/event/model.test.ts.
import type { Network } from '../../network/layers.js';
import type { ModelSettings } from '../engine.js';
import { checkFits, fittingPart } from './memory-limit.js';
import type { ModelLayout } from './model-layout.js';
import { compilePlan, type Plan } from './plan.js';
import type { Pool } from './pool.js';

/** What a plan is compiled for besides the model. */
export interface PlanKey {
  batch: number;
  training: boolean;
  dynamicInput: boolean;
  activity: boolean;
  probe: boolean;
}

/** Plans that are kept: those of training and evaluation, whole and last batch of each. */
const PLANS = 4;

/** See the head of the file. */
export class Plans {
  private readonly plans = new Map<string, Plan>();

  constructor(
    private readonly pool: Pick<Pool, 'areaBytes'>,
    private readonly layout: ModelLayout,
    private readonly network: Network,
    private settings: ModelSettings,
    /** Running statistics of batch norms by name, which plans of inference read. */
    private readonly running: ReadonlyMap<string, Float32Array>,
  ) {}

  /** The plan for a key, compiled when it is needed for the first time. @throws UnsupportedError when it fits no memory */
  get(key: PlanKey): Plan {
    const name = JSON.stringify(key);
    let plan = this.plans.get(name);
    if (!plan) {
      checkFits(this.network.name, key.batch, (batch) => this.bytesFor({ ...key, batch }));
      plan = this.compile(key);
      if (this.plans.size >= PLANS) this.plans.delete(this.plans.keys().next().value!);
    } else this.plans.delete(name);
    this.plans.set(name, plan); // the latest last
    return plan;
  }

  /** The most examples, at most those of the key, whose plan takes no more than so many bytes. */
  fittingBatch(key: PlanKey, limit: number): number {
    if (this.plans.has(JSON.stringify(key))) return key.batch;
    return fittingPart(key.batch, (batch) => this.bytesFor({ ...key, batch }), limit);
  }

  /** Other numbers of the gradient: plans hold theirs, and are compiled anew. */
  tune(settings: ModelSettings): void {
    this.settings = settings;
    this.clear();
  }

  clear(): void {
    this.plans.clear();
  }

  private compile(key: PlanKey): Plan {
    return compileFor(this.layout, this.network, this.settings, key, this.running);
  }

  private bytesFor(key: PlanKey): number {
    return bytesOf(this.compile(key), this.pool);
  }
}

/** Compiles a plan behind a model's regions. */
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
