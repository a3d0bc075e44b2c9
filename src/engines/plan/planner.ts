// State of a compilation, which every layer works with: the memory being laid out and its users, the settings, and the operations of
// the engine that is compiled for. Tests: test/engines/event/compiler.test.ts.
import { UnsupportedError } from '../../errors.js';
import type { Layer, LayerOfType, LayerType, Network } from '../../network/layers.js';
import type { ModelSettings } from '../engine.js';
import { Arena, type Region } from './arena.js';
import { blocksOf, LANES } from './geometry.js';
import type { Ops } from './ops.js';
import type { Parameters } from './parameters.js';
import type { DenseSignal, Gradient, Signal, SpikeSignal } from './signal.js';

/** Compiled backward pass of a layer: consumes the gradient of its output, gives that of its input, if one is needed. */
export type Backward = (gradient: Gradient, sink?: Region) => Gradient | undefined;

/** A compiled layer. */
export interface Compiled {
  output: Signal;
  backward: Backward;
}

/** Compiler of a kind of layer; `P`: its planner. */
export type Kind<L, P = Planner> =
  /** It applies a batch norm, or adds up a residual's currents, itself; flattened or not. */
  | { pending: true; compile(planner: P, layer: L, signal: Signal, next?: Layer): Compiled }
  /** It takes plain values or spikes; `flat`: flattened ones too. */
  | {
      pending: false;
      flat: boolean;
      compile(planner: P, layer: L, signal: DenseSignal | SpikeSignal, next?: Layer): Compiled;
    };

/** Kinds of layers that an engine compiles in its own way. */
export type OwnKinds<P> = { [Type in LayerType]?: Kind<LayerOfType<Type>, P> };

/** An engine, as plans see it. */
export interface Machine<P> {
  /** Its name, and that of the engine that has what it lacks. */
  engine: string;
  instead: string;
  /** Every region begins on a multiple of so many bytes, and takes one. */
  alignment: number;
  own: OwnKinds<P>;
  /** The operations, which list their work with the planner. */
  lower(planner: P): Ops;
}

/** Everything a plan is compiled for. */
export interface PlanOptions {
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
}

/** Lays out memory, in execution order; what an engine lists there is its subclass's. */
export class Planner<Options extends PlanOptions = PlanOptions> {
  readonly arena: Arena;
  readonly ops: Ops;
  private readonly uses = new Map<Region, number>();

  constructor(
    readonly options: Options,
    readonly machine: Machine<never>,
  ) {
    this.arena = new Arena(options.arenaStart, machine.alignment);
    this.ops = machine.lower(this as never); // a machine and its planner come together
  }

  get settings(): ModelSettings {
    return this.options.settings;
  }
  get training(): boolean {
    return this.options.training;
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
  /** True when the region has no other user, so that it may be overwritten. */
  owned(region: Region): boolean {
    return this.usesOf(region) === 1;
  }
  private usesOf(region: Region): number {
    return this.uses.get(region) ?? 0;
  }

  /** Where a trainable parameter lies. */
  parameter(name: string): Region {
    return this.within(this.options.parametersAt, name);
  }
  /** Where its gradient lies. */
  gradient(name: string): Region {
    return this.within(this.options.gradientsAt, name);
  }
  private within(base: number, name: string): Region {
    const { offset, floats } = this.options.parameters.byName.get(name)!;
    return { address: base + offset * 4, bytes: floats * 4 };
  }

  /** Refuses what no engine with plans can do. */
  refuse(layer: Pick<Layer, 'name' | 'type'>, why: string): never {
    return this.refuseFor(layer, why, 'tfjs');
  }
  /** Refuses what this engine lacks, and names the one that can. */
  refuseHere(layer: Pick<Layer, 'name' | 'type'>, why: string): never {
    return this.refuseFor(layer, why, this.machine.instead);
  }
  private refuseFor({ name, type }: Pick<Layer, 'name' | 'type'>, why: string, instead: string): never {
    throw new UnsupportedError(
      `engine ${this.machine.engine}: ${this.options.network.name}: ${name} (${type}): ${why}; use \`--engine ${instead}\`, which can`,
    );
  }
}
