// The plans of one model, compiled for the batches that come; the latest used are kept.
// Tests: test/engines/event/model.test.ts.
import { type Capacity, checkFits, fittingPart } from './fitting.js';

/** What a plan is compiled for besides the model. */
export interface PlanKey {
  batch: number;
  training: boolean;
  dynamicInput: boolean;
  activity: boolean;
  probe: boolean;
}

/** How an engine makes plans of a model. */
export interface PlanMaker<Plan> {
  /** The network's name, for words to people. */
  name: string;
  capacity: Capacity;
  compile(key: PlanKey): Plan;
  /** Bytes of memory that a plan needs, those of the model included. */
  bytesOf(plan: Plan): number;
}

/** Plans that are kept: those of training and evaluation, whole and last batch of each. */
const PLANS = 4;

/** See the head of the file. */
export class Plans<Plan> {
  private readonly plans = new Map<string, Plan>();

  constructor(private readonly maker: PlanMaker<Plan>) {}

  /** The plan for a key, compiled when it is needed for the first time. @throws UnsupportedError when it fits no memory */
  get(key: PlanKey): Plan {
    const name = JSON.stringify(key);
    let plan = this.plans.get(name);
    if (!plan) {
      const { capacity, name: network } = this.maker;
      checkFits(capacity, network, key.batch, (batch) => this.bytesFor({ ...key, batch }));
      plan = this.maker.compile(key);
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

  /** Forgets all: what they were compiled for has changed. */
  clear(): void {
    this.plans.clear();
  }

  private bytesFor(key: PlanKey): number {
    return this.maker.bytesOf(this.maker.compile(key));
  }
}
