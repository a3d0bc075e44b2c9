// The implementation of WebGPU at work, with its version: it compiles the kernels, so that another one may give other bits.
import { runtime } from '../../host/process.js';
import { type AdapterSource, pageGpu } from './adapter.js';

/** In words: the package with its version, or the browser. */
export async function implementationOf({ gpu, options }: AdapterSource = {}): Promise<string> {
  if (gpu || (!options && pageGpu())) return runtime();
  const node: string = 'node:module'; // a bundler for pages looks for no such thing
  const { createRequire } = (await import(node)) as typeof import('node:module');
  const { version } = createRequire(import.meta.url)('webgpu/package.json') as { version: string };
  return `webgpu ${version}`;
}
