// The kernels of a module over one memory, numbered in the same order on every thread.
// Tests: test/engines/event/control.test.ts.
import type { VectorBits } from './vectors.js';

/** A kernel: see `assembly/index.ts`. */
export type Kernel = (args: number, unit: number, scratch: number) => void;

/** The kernels of a module, in the order in which threads number them. */
export const kernelNames = (module: WebAssembly.Module): string[] =>
  WebAssembly.Module.exports(module)
    .filter(({ kind }) => kind === 'function')
    .map(({ name }) => name);

/** The kernels of a module over a memory, for vectors of `bits` bits, and behind them those of more modules. */
export function instantiate(
  module: WebAssembly.Module,
  memory: WebAssembly.Memory,
  bits: VectorBits,
  more: readonly WebAssembly.Module[] = [],
): Kernel[] {
  const { exports } = new WebAssembly.Instance(module, { env: { memory } });
  if (exports.wide) (exports.wide as WebAssembly.Global).value = Number(bits === 256); // those of neurons have none
  const own = kernelNames(module).map((name) => exports[name] as Kernel);
  return [...own, ...more.flatMap((other) => instantiate(other, memory, bits))];
}
