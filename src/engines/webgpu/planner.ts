// State of a compilation for this engine: besides memory and settings the dispatches being listed, and where they leave what is read
// back. Tests: test/engines/webgpu/plan.test.ts.
import { UnsupportedError } from '../../errors.js';
import { neuronTermsOf } from '../../learning/losses/index.js';
import { hasSpikes } from '../../network/layers.js';
import { placeLayers } from '../../network/shapes.js';
import type { Region } from '../plan/arena.js';
import { blocksOf } from '../plan/geometry.js';
import type { NeuronSite } from '../plan/neuron-site.js';
import { type Machine, Planner, type PlanOptions } from '../plan/planner.js';
import type { DenseSignal } from '../plan/signal.js';
import type { Dispatch } from './dispatch.js';
import { tableBytes } from './kernels/gram.js';
import { ALIGNMENT, type ModelLayout } from './model-layout.js';

/** Everything a plan is compiled for. */
export interface GpuPlanOptions extends PlanOptions {
  layout: ModelLayout;
}

/** Numbers that the host writes before a plan runs for the first time; nothing overwrites them. */
export interface Table {
  region: Region;
  values: Uint32Array;
}

/** Counts that a plan for activity leaves, `[step][position]` u32. */
export interface Counts {
  layer: string;
  kind: 'synapse' | 'neuron';
  region: Region;
  /** Steps counted: 1 of a static signal. */
  steps: number;
  positions: number;
  /** Values in one time step. */
  size: number;
  /** `synapse` only: what a value at each position costs in operations. */
  operations?: Float64Array;
}

/** A layer of neurons of a plan for `probe`, to be looked at before dispatch number `before`. */
export interface Shown {
  before: number;
  site: NeuronSite;
}

/** See the head of the file. */
export class GpuPlanner extends Planner<GpuPlanOptions> {
  readonly work: Dispatch[] = [];
  /** What follows the update of the parameters. */
  readonly after: Dispatch[] = [];
  readonly labels: Region;
  readonly tables: Table[] = [];
  readonly counts: Counts[] = [];
  readonly shown: Shown[] = [];
  /** Moments that a convolution left for the norm that follows it, by where its output lies. */
  readonly moments = new Map<Region, Region>();
  /** Outputs of the last layer; in training the result of the loss and the penalties, in inference not. */
  outputs?: DenseSignal;
  result?: Region;
  penalties?: { region: Region; count: number };
  private readonly spareTables: Region[];
  private spareSpikes?: Region;

  constructor(options: GpuPlanOptions, machine: Machine<GpuPlanner>) {
    super(options, machine);
    const { network, settings, training, batch, parameters } = options;
    const [judging] = neuronTermsOf(settings.loss);
    if (judging && training)
      throw new UnsupportedError(
        `engine ${machine.engine}: ${network.name}: loss term ${judging.kind} judges neurons, which this engine does not; use \`--engine ${machine.instead}\`, which can`,
      );
    // Before all else: no dispatch of the plan may have this memory.
    this.labels = this.alloc(batch * 4);
    const bytes = tableBytes(parameters.byName.size);
    this.spareTables = training ? [this.alloc(bytes), this.alloc(bytes)] : [];
    if (training) this.spareSpikes = this.alloc(spikeBytes(options));
  }

  /**
   * Memory for words of spikes. In training they stay, since the backward pass reads them, and lie together: among signals that go they
   * would leave holes.
   */
  allocSpikes(channels: number, pixels: number): Region {
    const bytes = wordBytes(channels, pixels);
    const spare = this.spareSpikes;
    if (!spare || spare.bytes < bytes) return this.alloc(bytes);
    const region = { address: spare.address, bytes };
    this.spareSpikes = { address: spare.address + bytes, bytes: spare.bytes - bytes };
    for (const _use of ['its owner', 'the whole plan']) this.keep(region);
    return region;
  }

  /** Lists dispatches, for a layer where they are one's. */
  run(layer: string | undefined, ...dispatches: Dispatch[]): void {
    this.work.push(...dispatches.map((each) => (layer === undefined ? each : { ...each, layer })));
  }

  /** Memory that holds a table of gram matrices whenever the plan runs. */
  table(values: Uint32Array): Region {
    const region = this.spareTables.shift()!; // one for the penalty, one for the Parseval step
    this.tables.push({ region, values });
    return region;
  }
}

/** Bytes of the words of spikes. */
const wordBytes = (channels: number, pixels: number): number =>
  Math.ceil((blocksOf(channels) * pixels * 4) / ALIGNMENT) * ALIGNMENT;

/** Bytes of the words of all layers that spike. */
const spikeBytes = ({ network, settings, batch }: GpuPlanOptions): number =>
  placeLayers(network)
    .filter(({ layer }) => hasSpikes(layer))
    .reduce((sum, { unflattened: [height, width, channels] }) => {
      return sum + wordBytes(channels, settings.steps * batch * height * width);
    }, 0);
