// The kernels of a module over one memory, numbered in the same order on every thread.

/** A kernel: see `assembly/index.ts`. */
export type Kernel = (args: number, unit: number, scratch: number) => void;

/** The kernels of a module, in the order in which threads number them. */
export const kernelNames = (module: WebAssembly.Module): string[] =>
  WebAssembly.Module.exports(module)
    .filter(({ kind }) => kind === 'function')
    .map(({ name }) => name);

/** The kernels of a module over a memory. */
export function instantiate(module: WebAssembly.Module, memory: WebAssembly.Memory): Kernel[] {
  const { exports } = new WebAssembly.Instance(module, { env: { memory } });
  return kernelNames(module).map((name) => exports[name] as Kernel);
}
