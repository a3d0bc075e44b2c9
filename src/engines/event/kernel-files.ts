// The kernels' files, by Node: where they are, and how they become modules. A bundler for browsers takes browser/kernel-files.ts in
// its place. Tests: test/engines/event/module.test.ts.
import { readFileSync } from 'node:fs';
import { setFlagsFromString } from 'node:v8';
import { UnsupportedError } from '../../errors.js';
import { runtime } from '../../host/process.js';

/**
 * Compiles the kernels of a build. Node 20 hides relaxed SIMD behind a flag of V8, which can be set while running.
 *
 * @throws UnsupportedError when the build's file is missing or this Node cannot compile it
 */
export function compileKernels(build: string): WebAssembly.Module {
  const file = builtFile(`kernels-${build}.wasm`);
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
    return new WebAssembly.Module(new Uint8Array(bytes));
  } catch (error) {
    throw new UnsupportedError(
      `engine event: the ${build} build does not compile on ${runtime()}: ${(error as Error).message}`,
    );
  }
}

/** A file that the build makes: beside this one in the package; under `dist` when the sources run directly. */
export const builtFile = (name: string): URL =>
  new URL(import.meta.url.endsWith('.ts') ? `../../../dist/engines/event/${name}` : name, import.meta.url);

/** Has an effect on Node 20 and 21 only; later versions have relaxed SIMD without a flag. */
export function allowRelaxedSimd(): void {
  if (Number(process.versions.node.split('.')[0]) < 22)
    setFlagsFromString('--experimental-wasm-relaxed-simd');
}
