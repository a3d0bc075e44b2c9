// A single-threaded bench for the event engine's kernels: memory to put operands in, and a way to run ops.
import { instantiate, type Kernel, kernelNames } from '../../src/engines/event/instance.js';
import { fmaWorks, loadKernels, type Build } from '../../src/engines/event/module.js';
import type { Op } from '../../src/engines/event/op.js';
import { chooseVectors } from '../../src/engines/event/vectors.js';

/** Kernels over a memory of their own. */
export interface KernelBench {
  /** Zeroed memory, 64-byte aligned; never given back. */
  alloc(bytes: number): number;
  /** A view of `count` float32 values. Valid until the next `alloc`. */
  floats(address: number, count: number): Float32Array;
  /** A view of `count` float64 values. */
  doubles(address: number, count: number): Float64Array;
  /** A view of `count` 32-bit words. */
  words(address: number, count: number): Uint32Array;
  /** A copy of values in new memory. */
  put(values: Float32Array | Uint32Array | Int32Array): number;
  /** Runs all units of an op, last unit first when `backwards`: the order must not matter. */
  run(op: Op, backwards?: boolean): void;
}

/**
 * Opens the kernels of a build on `megabytes` of memory.
 *
 * @param more - modules whose kernels are called `<name>/<kernel>`
 */
export function openKernels(
  build: Build,
  megabytes = 64,
  more: Readonly<Record<string, WebAssembly.Module>> = {},
): KernelBench {
  const pages = megabytes * 16;
  const memory = new WebAssembly.Memory({ initial: pages, maximum: pages, shared: true });
  const bits = chooseVectors(fmaWorks());
  const kernelsOf = (module: WebAssembly.Module, prefix = '') => {
    const instance = instantiate(module, memory, bits);
    return kernelNames(module).map((name, i): [string, Kernel] => [prefix + name, instance[i]]);
  };
  const kernels = Object.fromEntries([
    ...kernelsOf(loadKernels(build)),
    ...Object.entries(more).flatMap(([name, module]) => kernelsOf(module, `${name}/`)),
  ]);
  let top = 65536; // the module's own statics lie below
  const alloc = (bytes: number): number => {
    const address = top;
    top = Math.ceil((top + bytes) / 64) * 64;
    if (top > memory.buffer.byteLength)
      throw new Error(`${megabytes} MiB are too few; open the bench with more`);
    return address;
  };
  return {
    alloc,
    floats: (address, count) => new Float32Array(memory.buffer, address, count),
    doubles: (address, count) => new Float64Array(memory.buffer, address, count),
    words: (address, count) => new Uint32Array(memory.buffer, address, count),
    put(values) {
      const address = alloc(values.byteLength);
      new Uint8Array(memory.buffer, address, values.byteLength).set(
        new Uint8Array(values.buffer, values.byteOffset, values.byteLength),
      );
      return address;
    },
    run({ kernel, args, units, scratch }, backwards = false) {
      if (!kernels[kernel]) throw new Error(`no kernel is named ${kernel}`);
      const start = top;
      const argsAt = alloc(args.length * 4);
      new Int32Array(memory.buffer, argsAt, args.length).set(args);
      const scratchAt = alloc(scratch);
      for (let i = 0; i < units; i++) kernels[kernel](argsAt, backwards ? units - 1 - i : i, scratchAt);
      top = start;
    },
  };
}
