// Operands of kernels in a bench's memory: plain row-major values in, plain values out, and a watch over what a kernel
// must not touch.
import type { ExecutionContext } from 'ava';
import { blocksOf, LANES } from '../../src/engines/plan/geometry.js';
import {
  eachWeight,
  fromDense,
  spikeAt,
  toDense,
  toWords,
  type WeightShape,
} from '../../src/engines/plan/layout.js';
import type { Op } from '../../src/engines/event/op.js';
import { stream } from '../../src/random.js';
import type { KernelBench } from './kernels.js';

/** Seeded zeros and ones, `rate` of them ones: exactly none at 0, exactly all at 1. */
export function spikesOf(name: string, count: number, rate: number): Uint8Array {
  const { uniform } = stream(1, 'probe', name, count, rate * 100);
  return Uint8Array.from({ length: count }, () => Number(uniform() < rate));
}

/** Values `[pixels][channels]` in the dense layout. */
export function putDense(bench: KernelBench, values: ArrayLike<number>, channels: number): number {
  const dense = new Float32Array((blocksOf(channels) * LANES * values.length) / channels);
  toDense(values, channels, dense);
  return bench.put(dense);
}

/** Spikes `[pixels][channels]` as words. */
export function putWords(bench: KernelBench, spikes: ArrayLike<number>, channels: number): number {
  const words = new Uint32Array((blocksOf(channels) * spikes.length) / channels);
  toWords(spikes, channels, words);
  return bench.put(words);
}

/** Values by channel, padded with zeros to whole blocks. */
export const putVector = (bench: KernelBench, values: ArrayLike<number>): number =>
  putDense(bench, values, values.length);

/** Spikes in words `[block][pixels]`, `[pixels][channels]`. */
export const spikesIn = (words: Uint32Array, channels: number): Uint8Array => {
  const pixels = words.length / blocksOf(channels);
  return Uint8Array.from({ length: pixels * channels }, (_, i) =>
    spikeAt(words, Math.floor(i / channels), i % channels, pixels),
  );
};

/** True when all padding of weights in the master layout is 0. */
export function isPadded(master: Float32Array, shape: WeightShape): boolean {
  const padding = new Set(master.keys());
  eachWeight(shape, 'conv2d', (_, index) => padding.delete(index));
  return [...padding].every((index) => master[index] === 0);
}

/** Ones in all words. */
export const onesIn = (words: Uint32Array): number =>
  words.reduce((sum, word) => sum + word.toString(2).replaceAll('0', '').length, 0);

const GUARD = 32;
const UNTOUCHED = 0xffa5a5a5; // a NaN: whoever reads it shows it

/** Memory that an op writes: NaN before, and watched on both sides. */
export class Target {
  readonly address: number;

  /** @param words - 32-bit words that the op may write */
  constructor(
    private readonly bench: KernelBench,
    private readonly count: number,
  ) {
    this.address = bench.alloc((count + 2 * GUARD) * 4) + GUARD * 4;
    bench.words(this.address - GUARD * 4, count + 2 * GUARD).fill(UNTOUCHED);
  }

  /** True while no word beside it was written. */
  get intact(): boolean {
    const all = this.bench.words(this.address - GUARD * 4, this.count + 2 * GUARD);
    return [...all.subarray(0, GUARD), ...all.subarray(GUARD + this.count)].every(
      (word) => word === UNTOUCHED,
    );
  }

  get floats(): Float32Array {
    return this.bench.floats(this.address, this.count);
  }
  get doubles(): Float64Array {
    return this.bench.doubles(this.address, this.count / 2);
  }
  get words(): Uint32Array {
    return this.bench.words(this.address, this.count);
  }
}

/** A {@link Target} for `[pixels][channels]` values in the dense layout. */
export class DenseTarget extends Target {
  constructor(
    bench: KernelBench,
    private readonly channels: number,
    private readonly pixels: number,
  ) {
    super(bench, blocksOf(channels) * LANES * pixels);
  }

  /** Gives it values `[pixels][channels]` to begin with. */
  set(values: ArrayLike<number>): this {
    toDense(values, this.channels, this.floats);
    return this;
  }

  /** `[pixels][channels]`. */
  get values(): Float32Array {
    return fromDense(this.floats, this.channels, this.pixels);
  }

  /** True when all padding channels are 0. */
  get padded(): boolean {
    const all = this.floats;
    const last = (blocksOf(this.channels) - 1) * LANES;
    for (let p = 0; p < this.pixels; p++)
      for (let c = this.channels; c < last + LANES; c++)
        if (all[last * this.pixels + p * LANES + (c - last)] !== 0) return false;
    return true;
  }
}

/**
 * Runs ops one after the other with scratch that holds what an earlier op may have left there (NaN), and fails the test
 * when one writes beyond its scratch or beside a target.
 *
 * @param backwards - last unit first
 */
export function runOps(
  t: ExecutionContext,
  bench: KernelBench,
  ops: Op | Op[],
  { targets = [], backwards = false }: { targets?: Target[]; backwards?: boolean } = {},
): void {
  for (const op of [ops].flat()) {
    // Where `run` puts arguments and scratch: next to what was handed out last.
    const start = bench.alloc(0) + Math.ceil((op.args.length * 4) / 64) * 64;
    const words = Math.ceil(op.scratch / 4);
    const after = bench.words(start, words + GUARD).fill(UNTOUCHED);
    bench.run(op, backwards);
    if (!after.subarray(words).every((word) => word === UNTOUCHED))
      t.fail(`${op.kernel} writes beyond its ${op.scratch} bytes of scratch`);
  }
  if (!targets.every(({ intact }) => intact)) t.fail('a kernel writes beside its target');
}
