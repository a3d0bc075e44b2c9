// State of a compilation for this engine: besides memory and settings the steps being listed, and the values that their functions
// share with each other and with the model while a plan runs.
import type { LayerMoments } from '../../learning/losses/neuron-terms.js';
import type { LayerActivity } from '../engine.js';
import { type Judging, judgingOf } from '../judging.js';
import type { Region } from '../plan/arena.js';
import { blocksOf, LANES } from '../plan/geometry.js';
import type { Host } from '../plan/host.js';
import type { NeuronSite } from '../plan/neuron-site.js';
import { type Machine, Planner, type PlanOptions } from '../plan/planner.js';
import type { Op } from './op.js';
import type { PassResult } from './pass.js';

/** One step of a plan: ops, or a function of the calling thread, which may answer with ops to run next. */
export type Step = Op[] | ((host: Host) => Op[] | void);

/** Statistics of a batch norm in a training pass. */
export interface BatchStatistics {
  mean: Float64Array;
  /** Unbiased. */
  variance: Float64Array;
}

/** Everything a plan is compiled for. */
export interface CompileOptions extends PlanOptions {
  /** Running statistics of batch norms by name. */
  running: ReadonlyMap<string, Float32Array>;
}

/** Collects steps and lays out memory, in execution order. */
export class Compiler extends Planner<CompileOptions> {
  readonly steps: Step[] = [];
  /** Ops that follow the update of the parameters. */
  readonly after: Op[] = [];
  /** Scratch that every thread needs, bytes. */
  scratch = 0;
  /** The labels of the batch; set before the plan runs. */
  labels: Int32Array = new Int32Array(0);
  /** Results of the last run, without the penalties, and these weight by weight. */
  result: Omit<PassResult, 'lipschitz'> | undefined;
  penalties = new Float64Array(0);
  /** Batch statistics of this pass by batch norm layer, in the order in which the running ones move towards them. */
  readonly statistics = new Map<string, BatchStatistics[]>();
  /** Filled while the plan runs, when it was compiled with `activity`. */
  readonly activity: LayerActivity[] = [];
  /** Shares of ones of spikes, by plane, in the current step: filled in while the plan runs, read by the dispatch. */
  readonly shares = new Map<Region, Float64Array>();
  /** Terms that judge neurons; and the moments of each layer in this pass, in their order. */
  readonly judging: Judging | undefined;
  readonly moments: LayerMoments[] = [];
  /** Called before the backward pass of each layer of neurons, when the plan was compiled with `probe`. */
  onNeurons?: (host: Host, site: NeuronSite) => void;
  private readonly constants = new Map<string, Region>();

  constructor(options: CompileOptions, machine: Machine<Compiler>) {
    super(options, machine);
    this.judging = judgingOf(options.network, options.settings.loss);
  }

  /** Adds ops to the plan. */
  run(...ops: Op[]): void {
    for (const op of ops) this.needs(op);
    const last = this.steps.at(-1);
    if (Array.isArray(last)) last.push(...ops);
    else this.steps.push(ops);
  }

  /** Adds a step of the calling thread; `candidates` are the ops that it may answer with. */
  host(step: (host: Host) => Op[] | void, candidates: Op[] = []): void {
    for (const op of candidates) this.needs(op);
    this.steps.push(step);
  }

  private needs({ scratch }: Op): void {
    this.scratch = Math.max(this.scratch, scratch);
  }

  /** A vector of one value for `channels` channels, kept for the whole plan. */
  constant(value: number, channels: number): number {
    const floats = blocksOf(channels) * LANES;
    const key = `${value} ${floats}`;
    let region = this.constants.get(key);
    if (!region) {
      region = this.alloc(floats * 4);
      this.constants.set(key, region);
      const { address } = region;
      this.host((host) => void host.floats(address, floats).fill(value));
    }
    return region.address;
  }

  /** Adds a step that says which share of spikes is ones, from the counts of its units. */
  countShares(spikes: Region, counts: { region: Region; units: number }, neurons: number): void {
    const shares = new Float64Array(1);
    this.shares.set(spikes, shares);
    this.host((host) => {
      const fired = host.words(counts.region.address, counts.units).reduce((a, b) => a + b, 0);
      shares[0] = fired / neurons;
    });
  }
}
