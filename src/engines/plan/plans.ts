// The plans of one model, compiled for the batches that come; the latest used are kept.
// Tests: test/engines/event/model.test.ts.
import { type Capacity, checkFits, fittingPart } from './fitting.js';

/** Key of a plan besides the model. */
export interface PlanKey {
  batch: number;
  training: boolean;
  dynamicInput: boolean;
  activity: boolean;
  probe: boolean;
}

/** Memory of one kind: what there can be, and what a plan needs of it. */
export interface Need<Plan> {
  capacity: Capacity;
  bytesOf(plan: Plan): number;
}

/** Plans of a model, as an engine makes them. */
export interface PlanMaker<Plan> {
  /** The network's name, for words to people. */
  name: string;
  compile(key: PlanKey): Plan;
  /** First all memory of a plan, that of the model included. */
  needs: readonly [Need<Plan>, ...Need<Plan>[]];
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
      for (const { capacity, bytesOf } of this.maker.needs)
        checkFits(capacity, this.maker.name, key.batch, (batch) => bytesOf(this.trial(key, batch)));
      plan = this.maker.compile(key);
      if (this.plans.size >= PLANS) this.plans.delete(this.plans.keys().next().value!);
    } else this.plans.delete(name);
    this.plans.set(name, plan); // the latest last
    return plan;
  }

  /** The most examples, at most those of the key, whose plan fits, and takes no more than so many bytes in all. */
  fittingBatch(key: PlanKey, limit: number): number {
    if (this.plans.has(JSON.stringify(key))) return key.batch;
    const [whole, ...others] = this.maker.needs;
    /** The largest share of what there is. */
    const share = (batch: number): number => {
      const plan = this.trial(key, batch);
      const shares = others.map(({ capacity, bytesOf }) => bytesOf(plan) / capacity.bytes);
      return Math.max(whole.bytesOf(plan) / limit, ...shares);
    };
    return fittingPart(key.batch, share, 1);
  }

  /** Forgets all: what they were compiled for has changed. */
  clear(): void {
    this.plans.clear();
  }

  private trial(key: PlanKey, batch: number): Plan {
    return this.maker.compile({ ...key, batch });
  }
}
