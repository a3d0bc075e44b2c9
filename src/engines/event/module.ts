// Loads the kernels' WebAssembly module: the `fma` build where relaxed multiply-add exists and is fused here, else
// the `plain` one.
import { readFileSync } from 'node:fs';
import { setFlagsFromString } from 'node:v8';
import { UnsupportedError } from '../../errors.js';

/** The two builds of the kernels. */
export type Build = 'plain' | 'fma';

const compiled = new Map<Build, WebAssembly.Module>();

/**
 * The kernels, compiled. Node 20 hides relaxed SIMD behind a flag of V8, which can be set while running.
 *
 * @throws UnsupportedError when the build's file is missing or this Node cannot compile it
 */
export function loadKernels(build: Build): WebAssembly.Module {
  const known = compiled.get(build);
  if (known) return known;
  const file = new URL(`./kernels-${build}.wasm`, kernelFolder());
  let bytes: Buffer;
  try {
    bytes = readFileSync(file);
  } catch {
    throw new UnsupportedError(
      `engine event: ${file.pathname} is missing; run \`npm run build\`, or install the package again`,
    );
  }
  if (build === 'fma') allowRelaxedSimd();
  try {
    const module = new WebAssembly.Module(new Uint8Array(bytes));
    compiled.set(build, module);
    return module;
  } catch (error) {
    throw new UnsupportedError(
      `engine event: the ${build} build does not compile on Node ${process.versions.node}: ${(error as Error).message}`,
    );
  }
}

/** Beside this file in the package; under `dist` when the sources run directly. */
const kernelFolder = (): URL =>
  import.meta.url.endsWith('.ts')
    ? new URL('../../../dist/engines/event/', import.meta.url)
    : new URL('.', import.meta.url);

/** Has an effect on Node 20 and 21 only; later versions have relaxed SIMD without a flag. */
export function allowRelaxedSimd(): void {
  if (Number(process.versions.node.split('.')[0]) < 22)
    setFlagsFromString('--experimental-wasm-relaxed-simd');
}
