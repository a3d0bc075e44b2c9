// The graphics card of this machine as WebGPU shows it: from the package `webgpu` in Node, from `navigator.gpu` in a page.
import { UnsupportedError } from '../../errors.js';

/** A card and its driver, in words. */
export interface AdapterDescription {
  vendor: string;
  architecture: string;
  device: string;
  /** The driver with its version, where the browser tells. */
  driver: string;
  /** True where the processor does the work of a card, or nothing does. */
  software: boolean;
}

/** Where an adapter comes from. */
export interface AdapterSource {
  /** An implementation; default: `navigator.gpu`, else the package `webgpu`. */
  gpu?: GPU;
  /** What the package is created with, `backend=null` for one. Chooses the package, also where there is a `navigator.gpu`. */
  options?: readonly string[];
}

/**
 * What the package's `create` gave, for ever: once nothing refers to it, it is collected under the living device, and the process
 * dies.
 */
const created = new Map<string, Promise<GPU>>();

/**
 * Asks for the fastest adapter.
 *
 * @throws UnsupportedError where the package is not installed, or has no driver to work with
 */
export async function requestAdapter({ gpu, options }: AdapterSource = {}): Promise<GPUAdapter> {
  const source = gpu ?? (options ? undefined : pageGpu()) ?? (await packageGpu(options ?? []));
  const adapter = await source.requestAdapter({ powerPreference: 'high-performance' });
  if (adapter) return adapter;
  throw new UnsupportedError(
    'engine webgpu: there is no graphics card that it can use; install a driver for Vulkan 1.1 (on Linux with libvulkan1), Metal or Direct3D 12, or take `--engine event`',
  );
}

/** What an adapter says of itself. */
export function describeAdapter({ info }: Pick<GPUAdapter, 'info'>): AdapterDescription {
  const { vendor, architecture, device, description: driver } = info;
  const software = info.isFallbackAdapter || device === 'null-backend';
  return { vendor, architecture, device, driver, software };
}

/** That of a page. In Node `navigator.gpu` is what another package, such as TensorFlow.js's backend, put there. */
export const pageGpu = (): GPU | undefined =>
  globalThis.process?.versions?.node === undefined
    ? (globalThis.navigator as Navigator | undefined)?.gpu
    : undefined;

/** One for each choice of options, also for those who ask for it at the same time. */
function packageGpu(options: readonly string[]): Promise<GPU> {
  const key = options.join('\n');
  const known = created.get(key);
  if (known) return known;
  const gpu = loadPackage().then(({ create }) => create([...options]));
  created.set(key, gpu);
  gpu.catch(() => created.delete(key)); // it may be installed by the next time
  return gpu;
}

async function loadPackage(): Promise<{ create(options: string[]): GPU }> {
  const optional: string = 'webgpu'; // an optional peer: not installed with the package
  try {
    return (await import(optional)) as { create(options: string[]): GPU };
  } catch (error) {
    throw notLoaded(error as Error);
  }
}

/** Why the package cannot be loaded, in words for people. */
export function notLoaded(error: Error & { code?: string }): UnsupportedError {
  const missing = error.code === 'ERR_MODULE_NOT_FOUND';
  const why = missing ? 'is not installed' : `cannot be loaded (${error.message.split('\n')[0]})`;
  return new UnsupportedError(
    `engine webgpu: package webgpu ${why}; run \`npm install --save-dev webgpu@0.6.2\`, or take \`--engine event\``,
    { cause: error },
  );
}
