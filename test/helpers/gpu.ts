// Tests of engine `webgpu`: where its package is installed, where a driver answers, and a bench for kernels on it.
import { createRequire } from 'node:module';
import { type AdapterSource, requestAdapter } from '../../src/engines/webgpu/adapter.js';
import type { Dispatch } from '../../src/engines/webgpu/dispatch.js';
import { Gpu } from '../../src/engines/webgpu/gpu.js';
import type { Memory } from '../../src/engines/webgpu/memory.js';
import { Arena, type Region } from '../../src/engines/plan/arena.js';
import { blocksOf, LANES } from '../../src/engines/plan/geometry.js';
import {
  fromDense,
  toDense,
  toMaster,
  toWords,
  weightFloats,
  type WeightShape,
} from '../../src/engines/plan/layout.js';
import { testWhere } from './needs.js';

/** Dawn's backend that compiles and checks everything and computes nothing: no driver is asked. */
export const NULL_BACKEND: AdapterSource = { options: ['backend=null'] };

const installed = ((): boolean => {
  try {
    createRequire(import.meta.url).resolve('webgpu');
    return true;
  } catch {
    return false;
  }
})();

/** Declares a test that needs the package `webgpu`, and no driver. */
export const testWithPackage = testWhere(installed, 'package webgpu is not installed');

/**
 * Declares a test that computes on a card or on a software driver: the one that VK_ICD_FILENAMES names, which the slow tests set to
 * that of Debian's chromium where it is installed (test/run.mjs).
 */
export async function testOnDriver(): Promise<ReturnType<typeof testWhere>> {
  if (!installed) return testWithPackage;
  const driver = await requestAdapter().then(
    () => true,
    () => false,
  );
  return testWhere(driver, 'no driver for WebGPU: neither a card nor VK_ICD_FILENAMES');
}

/** Bytes of a bench's memory. */
const ROOM = 1 << 25;

/** A memory in which a test lays operands, and what is written to it is first full of NaN. */
export class GpuBench {
  private arena = new Arena(0, 256);

  private constructor(
    readonly gpu: Gpu,
    private readonly memory: Memory,
  ) {}

  /** Opens a card, or what stands for one. */
  static async open(source?: AdapterSource): Promise<GpuBench> {
    const gpu = await Gpu.open(source);
    return new GpuBench(gpu, await gpu.allocate(ROOM));
  }

  /** The one of this file, empty: its kernels are compiled once. */
  static async ofFile(): Promise<GpuBench> {
    opened ??= GpuBench.open();
    return (await opened).clear();
  }

  /** Forgets all that lies here. */
  clear(): this {
    this.arena = new Arena(0, 256);
    return this;
  }

  /** So many bytes of NaN. */
  room(bytes: number): Region {
    const region = this.arena.alloc(bytes);
    if (region.address + region.bytes > ROOM) throw new Error(`a bench has ${ROOM} bytes`);
    this.memory.write(region.address, new Uint32Array(region.bytes / 4).fill(0x7fc00000));
    return region;
  }

  put(values: Float32Array | Uint32Array): Region {
    const region = this.room(values.byteLength);
    this.memory.write(region.address, values);
    return region;
  }

  /** A vector by channel, padded with zeros. */
  vector(values: ArrayLike<number>): Region {
    const padded = new Float32Array(blocksOf(values.length) * LANES);
    padded.set(values);
    return this.put(padded);
  }

  /** A dense signal from `[pixels][channels]`. */
  dense(values: ArrayLike<number>, channels: number): Region {
    const dense = new Float32Array((values.length / channels) * blocksOf(channels) * LANES);
    toDense(values, channels, dense);
    return this.put(dense);
  }

  /** Spike words from zeros and ones `[pixels][channels]`. */
  words(spikes: ArrayLike<number>, channels: number): Region {
    const words = new Uint32Array((spikes.length / channels) * blocksOf(channels));
    toWords(spikes, channels, words);
    return this.put(words);
  }

  /** Weights `[out, in, ky, kx]` in the master layout. */
  weights(values: ArrayLike<number>, shape: WeightShape): Region {
    const master = new Float32Array(weightFloats(shape));
    toMaster(values, shape, 'conv2d', master);
    return this.put(master);
  }

  /** Room for a dense signal. */
  denseRoom(channels: number, pixels: number): Region {
    return this.room(blocksOf(channels) * pixels * LANES * 4);
  }

  /** Runs dispatches and gives what lies in regions then. */
  async run(dispatches: readonly Dispatch[], reads: readonly Region[]): Promise<Float32Array[]> {
    const prepared = await this.memory.prepare(dispatches);
    const buffers = await this.memory.run([prepared], reads);
    return buffers.map((buffer) => new Float32Array(buffer));
  }

  /** Compiles and checks dispatches, and runs nothing. */
  async check(dispatches: readonly Dispatch[]): Promise<void> {
    await this.memory.prepare(dispatches);
  }
}

let opened: Promise<GpuBench> | undefined;

/** A dense signal as `[pixels][channels]`. @throws Error where a padding channel is not 0 */
export function denseValues(dense: Float32Array, channels: number, pixels: number): Float32Array {
  const floats = blocksOf(channels) * pixels * LANES;
  for (let i = 0; i < floats; i++) {
    const channel = Math.floor(i / (pixels * LANES)) * LANES + (i % LANES);
    if (channel >= channels && dense[i] !== 0)
      throw new Error(`padding channel ${channel} holds ${dense[i]}`);
  }
  return fromDense(dense, channels, pixels);
}
