// A model's numbers on a device: weights, optimizer slots and running statistics, written before the next work, read when asked for.
// Tests: test/engines/webgpu/model.slow.ts.
import { slotNames } from '../../learning/optimizers/index.js';
import type { TensorMap } from '../../network/parameters.js';
import type { ModelSettings, ModelState } from '../engine.js';
import { fetch, store } from '../plan/parameters.js';
import type { Gpu } from './gpu.js';
import type { Memory } from './memory.js';
import { meanBytes, type ModelLayout, wholeRegion } from './model-layout.js';

const STATISTICS = ['runningMean', 'runningVariance'] as const;

/** See the head of the file. */
export class Store {
  private memory?: Memory;
  /** Written by the host, and not on the device yet. */
  private pending?: ModelState;

  constructor(
    private readonly gpu: Gpu,
    private readonly layout: ModelLayout,
    private readonly settings: ModelSettings,
  ) {}

  /** Takes a state; the device gets it with the next work. */
  write(state: ModelState): void {
    this.pending = {
      ...{ weights: copied(state.weights), optimizer: copied(state.optimizer) },
      updates: state.updates,
    };
  }

  /** The memory, with at least so many bytes, and all that was written. */
  async reach(bytes: number): Promise<Memory> {
    this.memory ??= await this.gpu.allocate(bytes);
    await this.memory.grow(bytes);
    this.flush(this.memory);
    return this.memory;
  }

  /** All but the number of updates. */
  async read(): Promise<Pick<ModelState, 'weights' | 'optimizer'>> {
    const { layout } = this;
    const memory = await this.reach(layout.end);
    const regions = [layout.parametersAt, ...layout.slotsAt].map((address) => wholeRegion(layout, address));
    const buffers = await memory.run([], [...regions, layout.running]);
    const [weights, ...rest] = buffers.map((buffer) => new Float32Array(buffer));
    const running = rest.pop()!;
    const named = { ...this.tensors(weights), ...this.statisticsIn(running) };
    const ordered: TensorMap = {};
    for (const { name } of layout.specs) ordered[name] = named[name];
    const optimizer: TensorMap = {};
    const slots = rest.map((slot) => this.tensors(slot));
    const names = slotNames(this.settings.optimizer);
    for (const name of layout.parameters.byName.keys())
      names.forEach((slot, i) => (optimizer[`${name}/${slot}`] = slots[i][name]));
    return { weights: ordered, optimizer };
  }

  /** A region of the parameters' layout as tensors by name. */
  tensors(values: Float32Array): TensorMap {
    const tensors: TensorMap = {};
    for (const [name, parameter] of this.layout.parameters.byName) tensors[name] = fetch(parameter, values);
    return tensors;
  }

  /** Gives the memory back. */
  dispose(): void {
    this.memory?.dispose();
    this.memory = undefined;
  }

  private flush(memory: Memory): void {
    if (!this.pending) return;
    const { weights, optimizer } = this.pending;
    this.pending = undefined;
    const { parameters, parametersAt, slotsAt, running } = this.layout;
    const put = (address: number, tensorOf: (name: string) => TensorMap[string]): void => {
      const region = new Float32Array(parameters.floats);
      for (const [name, parameter] of parameters.byName) store(parameter, region, tensorOf(name));
      memory.write(address, region);
    };
    put(parametersAt, (name) => weights[name]);
    for (const [i, slot] of slotNames(this.settings.optimizer).entries())
      put(slotsAt[i], (name) => optimizer[`${name}/${slot}`]);
    const statistics = new Float32Array(running.bytes / 4);
    for (const { name, at } of this.statisticPlaces()) statistics.set(weights[name].data, at);
    memory.write(running.address, statistics);
  }

  private statisticsIn(running: Float32Array): TensorMap {
    const tensors: TensorMap = {};
    for (const { name, at, channels } of this.statisticPlaces())
      tensors[name] = { shape: [channels], data: running.slice(at, at + channels) };
    return tensors;
  }

  /** Where each running statistic lies among all, floats. */
  private statisticPlaces(): { name: string; at: number; channels: number }[] {
    return [...this.layout.statistics].flatMap(([layer, { offset, channels }]) =>
      STATISTICS.map((what, i) => ({
        ...{ name: `${layer}.${what}`, channels },
        at: (offset + i * meanBytes(channels)) / 4,
      })),
    );
  }
}

/** The caller may go on to change what it gave. */
const copied = (tensors: TensorMap): TensorMap =>
  Object.fromEntries(
    Object.entries(tensors).map(([name, { shape, data }]) => [name, { shape, data: data.slice() }]),
  );
