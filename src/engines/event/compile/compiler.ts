// State of a compilation, which every layer works with: the memory being laid out, the steps being listed, and the settings.
import type { NeuronEquations, Values } from '../../../equations/index.js';
import { UnsupportedError } from '../../../errors.js';
import type { Geometry } from '../../../network/geometry.js';
import type { Conv2d, Layer, Linear, Network } from '../../../network/layers.js';
import type { LayerMoments, Pull } from '../../../learning/losses/neuron-terms.js';
import type { LayerActivity, ModelSettings } from '../../engine.js';
import type { BatchNormSite } from '../../plain/batch-norm.js';
import { type Judging, judgingOf } from '../../judging.js';
import { blocksOf, LANES } from '../geometry.js';
import type { Host } from '../host.js';
import { Arena, type Region } from '../memory.js';
import type { Op } from '../op.js';
import type { Parameters } from '../parameters.js';
import type { DenseSignal, Gradient, Signal, SpikeSignal } from '../signal.js';

/** One step of a plan: ops, or a function of the calling thread, which may answer with ops to run next. */
export type Step = Op[] | ((host: Host) => Op[] | void);

/** Compiled backward pass of a layer: consumes the gradient of its output, gives that of its input, if one is needed. */
export type Backward = (gradient: Gradient, sink?: Region) => Gradient | undefined;

/** A compiled layer. */
export interface Compiled {
  output: Signal;
  backward: Backward;
}

/** What a batch norm saw in a training pass. */
export interface BatchStatistics {
  mean: Float64Array;
  /** Unbiased. */
  variance: Float64Array;
}

/** Everything a plan is compiled for. */
export interface CompileOptions {
  network: Network;
  settings: ModelSettings;
  batch: number;
  /** With batch statistics and a backward pass. */
  training: boolean;
  /** One frame a time step instead of one image for all. */
  dynamicInput: boolean;
  /** Count the activity of every layer (inference). */
  activity: boolean;
  /** Show every layer of neurons before its backward pass. */
  probe: boolean;
  parameters: Parameters;
  /** Where the parameters and their gradients begin. */
  parametersAt: number;
  gradientsAt: number;
  /** First address that the plan may use. */
  arenaStart: number;
  /** Running statistics of batch norms by name. */
  running: ReadonlyMap<string, Float32Array>;
}

/** Collects steps and lays out memory, in execution order. */
export class Compiler {
  readonly steps: Step[] = [];
  readonly arena: Arena;
  /** Scratch that every thread needs, bytes. */
  scratch = 0;
  /** Batch statistics of this pass by batch norm layer, in the order in which the running ones move towards them. */
  readonly statistics = new Map<string, BatchStatistics[]>();
  /** Filled while the plan runs, when it was compiled with `activity`. */
  readonly activity: LayerActivity[] = [];
  /** What judges neurons; and what was found of each layer in this pass, in their order. */
  readonly judging: Judging | undefined;
  readonly moments: LayerMoments[] = [];
  /** Called before the backward pass of each layer of neurons, when the plan was compiled with `probe`. */
  onNeurons?: (host: Host, site: NeuronSite) => void;
  private readonly uses = new Map<Region, number>();
  private readonly constants = new Map<string, Region>();

  constructor(readonly options: CompileOptions) {
    this.arena = new Arena(options.arenaStart);
    this.judging = judgingOf(options.network, options.settings.loss);
  }

  get settings(): ModelSettings {
    return this.options.settings;
  }
  get training(): boolean {
    return this.options.training;
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

  /** Memory with one use. */
  alloc(bytes: number): Region {
    const region = this.arena.alloc(bytes);
    this.uses.set(region, 1);
    return region;
  }
  /** Memory for a dense signal. */
  allocDense(channels: number, pixels: number): Region {
    return this.alloc(blocksOf(channels) * pixels * LANES * 4);
  }
  /** One more use. */
  keep(region: Region): void {
    this.uses.set(region, this.usesOf(region) + 1);
  }
  /** One use less; the last one gives the memory back. */
  drop(region: Region): void {
    const uses = this.usesOf(region) - 1;
    this.uses.set(region, uses);
    if (uses > 0) return;
    this.uses.delete(region);
    this.arena.release(region);
  }
  /** True when nobody else uses the region, so that it may be overwritten. */
  owned(region: Region): boolean {
    return this.usesOf(region) === 1;
  }
  private usesOf(region: Region): number {
    return this.uses.get(region) ?? 0;
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

  /** Address of a trainable parameter. */
  parameter(name: string): number {
    return this.options.parametersAt + this.options.parameters.byName.get(name)!.offset * 4;
  }
  /** Address of its gradient. */
  gradient(name: string): number {
    return this.options.gradientsAt + this.options.parameters.byName.get(name)!.offset * 4;
  }

  /** Refuses what this engine cannot do. */
  refuse(layer: Layer, why: string): never {
    throw new UnsupportedError(
      `engine event: ${this.options.network.name}: ${layer.name} (${layer.type}): ${why}; use \`--engine tfjs\`, which can`,
    );
  }
}

/** All regions that a signal lies in. */
export const regionsOf = (signal: Signal): Region[] =>
  signal.kind === 'sum' ? signal.terms.map(({ region }) => region) : [signal.region];

/** A layer of neurons as it lies in memory just before its backward pass. */
export interface NeuronSite {
  layer: string;
  steps: number;
  batch: number;
  /** What is added up to the current. */
  terms: (DenseSignal | SpikeSignal)[];
  /** Spikes, or something analog. */
  output: DenseSignal | SpikeSignal;
  /** Of what it gives. */
  gradient: Gradient;
  /** Equations and what they learn, where its step is generated. */
  neuron?: NeuronEquations;
  learned?(host: Host): Values;
  /** Of neurons whose potential is normalised: how, with the statistics of the batch. */
  normed?(host: Host): BatchNormSite;
  /** What terms of the loss pull it by. */
  pull?(): Pull | undefined;
  /** Numbers of the equations that each pass sets anew. */
  numbers?(host: Host): Record<string, number>;
}

/** What the parts of one layer share. */
export interface Site {
  compiler: Compiler;
  layer: Conv2d | Linear;
  geometry: Geometry;
  input: DenseSignal | SpikeSignal;
  output: DenseSignal;
}
