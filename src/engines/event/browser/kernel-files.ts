// The kernels' files in a page: fetched and compiled before the engine is opened, which asks for them without waiting.
import { UnsupportedError } from '../../../errors.js';
import { runtime } from '../../../host/process.js';
import type * as node from '../kernel-files.js';

/** By build: the module, or why there is none. */
const fetched = new Map<string, WebAssembly.Module | string>();

/**
 * Fetches and compiles the kernels. A browser that has no relaxed SIMD cannot compile the build `fma`, which then counts as
 * missing.
 *
 * @param builds - names of the builds
 * @param folder - where `kernels-<build>.wasm` are
 */
export async function fetchKernels(builds: readonly string[], folder: URL): Promise<void> {
  for (const build of builds) {
    const file = new URL(`kernels-${build}.wasm`, folder);
    try {
      const response = await fetch(file);
      if (!response.ok) throw new Error(`${file.pathname} is not there (${response.status})`);
      fetched.set(build, await WebAssembly.compile(await response.arrayBuffer()));
    } catch (error) {
      fetched.set(build, (error as Error).message);
    }
  }
}

export const compileKernels: typeof node.compileKernels = (build) => {
  const found = fetched.get(build);
  if (found instanceof WebAssembly.Module) return found;
  throw new UnsupportedError(
    `engine event: the ${build} build does not run in ${runtime()}: ${found ?? 'it was not fetched; call fetchKernels first'}`,
  );
};
