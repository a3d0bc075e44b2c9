// Chooses a TensorFlow.js backend: one is taken only after it has shown that it computes right values.
import { createRequire } from 'node:module';
import { dirname, sep } from 'node:path';
import * as tf from '@tensorflow/tfjs';
import { UnsupportedError } from '../../errors.js';
import { checkBackendValues } from './backend-check.js';
import { registerWasmConvolutionGradients } from './wasm-convolution.js';
import { registerWasmIdentity } from './wasm-identity.js';

/** The backends, best first; `gpu` and `node` are both TensorFlow's own library behind tfjs-node. */
export const BACKEND_NAMES = ['gpu', 'webgpu', 'node', 'wasm', 'cpu'] as const;
/** One of {@link BACKEND_NAMES}. */
export type BackendName = (typeof BACKEND_NAMES)[number];
/** A backend, or `auto`: the best that passes its check. */
export type BackendChoice = BackendName | 'auto';

/** An open backend. */
export interface OpenBackend {
  name: BackendName;
  /** Same bits every time: true for wasm and cpu. */
  deterministic: boolean;
  /** One line for people: what was chosen and why not a better one. */
  description: string;
  /** Makes it TensorFlow.js's current one again, should another have been opened meanwhile. */
  use(): void;
}

interface BackendKind {
  /** Its name in TensorFlow.js. */
  registered: string;
  deterministic: boolean;
  /** Makes it known to TensorFlow.js. Throws when it cannot be loaded. */
  load(): Promise<void> | void;
  /** Throws when it runs, but not on what it is for. */
  verify?(): void;
  /** Remedy when it cannot be loaded. */
  install: string;
}

const require = createRequire(import.meta.url);

/** tfjs-node and tfjs-node-gpu call `util.isNullOrUndefined`, which Node 23 removed. */
function restoreIsNullOrUndefined(): void {
  const util = require('node:util') as { isNullOrUndefined?: (value: unknown) => boolean };
  util.isNullOrUndefined ??= (value) => value === null || value === undefined;
}

/** Loads a native TensorFlow binding from the first of these packages that has one. */
function loadNative(packages: string[]): void {
  restoreIsNullOrUndefined();
  const failures: string[] = [];
  for (const name of packages) {
    try {
      require(name);
    } catch (error) {
      failures.push(`${name} ${reasonOf(error)}`);
      continue;
    }
    // An alias of plain tfjs answers to this name in some trees: only a registered backend counts.
    if (tf.findBackendFactory('tensorflow')) return;
    failures.push(`${name} is installed without its native library`);
  }
  throw new Error(failures.join('; '));
}

const KINDS: Record<BackendName, BackendKind> = {
  gpu: {
    registered: 'tensorflow',
    deterministic: false,
    load: () => loadNative(['@tensorflow/tfjs-node-gpu']),
    verify() {
      if (!(tf.backend() as unknown as { isUsingGpuDevice?: boolean }).isUsingGpuDevice)
        throw new Error('@tensorflow/tfjs-node-gpu is installed but sees no GPU');
    },
    install:
      'run `npm install @tensorflow/tfjs-node-gpu` on a machine with an NVIDIA GPU, CUDA 11.2 and cuDNN 8.1 (see environment.md)',
  },
  webgpu: {
    registered: 'webgpu',
    deterministic: false,
    async load() {
      const optional: string = 'webgpu'; // not installed with the package, hence no types
      const { create, globals } = (await import(optional)) as {
        create(options: string[]): unknown;
        globals: object;
      };
      Object.assign(globalThis, globals);
      const navigator = globalThis.navigator ?? {};
      if (!('gpu' in navigator)) {
        const withGpu = Object.create(navigator, {
          gpu: { value: create([]), enumerable: true },
        }) as Navigator;
        Object.defineProperty(globalThis, 'navigator', { value: withGpu, configurable: true });
      }
      require('@tensorflow/tfjs-backend-webgpu');
    },
    install:
      'run `npm install --save-dev webgpu @tensorflow/tfjs-backend-webgpu@4.22.0` on a machine with a Vulkan, Metal or D3D12 driver',
  },
  node: {
    registered: 'tensorflow',
    deterministic: false,
    load: () => loadNative(['tfjs-node-cpu', '@tensorflow/tfjs-node']),
    install:
      'run `npm install tfjs-node-cpu@npm:@tensorflow/tfjs-node@4.22.0` where its download host is reached',
  },
  wasm: {
    registered: 'wasm',
    deterministic: true,
    load() {
      const wasm = require('@tensorflow/tfjs-backend-wasm') as typeof import('@tensorflow/tfjs-backend-wasm');
      wasm.setWasmPaths(dirname(require.resolve('@tensorflow/tfjs-backend-wasm')) + sep);
      registerWasmConvolutionGradients();
      registerWasmIdentity();
    },
    install: 'run `npm ci` again: @tensorflow/tfjs-backend-wasm is part of the package',
  },
  cpu: { registered: 'cpu', deterministic: true, load: () => undefined, install: 'run `npm ci` again' },
};

/** Remedy where a backend does not work. */
export const remedyOf = (name: BackendName): string => KINDS[name].install;

/** Loads and checks one backend. Returns undefined when it works, else why it does not. */
export async function tryBackend(name: BackendName): Promise<string | undefined> {
  const kind = KINDS[name];
  try {
    tf.enableProdMode(); // no banner, no shape checks that the layers have made already
    await kind.load();
    if (!(await tf.setBackend(kind.registered))) return 'TensorFlow.js could not start it';
    await tf.ready();
    kind.verify?.();
    return await checkBackendValues();
  } catch (error) {
    return reasonOf(error);
  }
}

/** Why something could not be loaded, in one line without the paths of this machine. */
function reasonOf(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException;
  const missing = code === 'MODULE_NOT_FOUND' || code === 'ERR_MODULE_NOT_FOUND';
  return missing ? 'is not installed' : String(message).split('\n')[0];
}

/**
 * Opens a backend and makes it TensorFlow.js's current one.
 *
 * @throws UnsupportedError when the one asked for does not work: why, and what to install
 */
export async function openBackend(choice: BackendChoice): Promise<OpenBackend> {
  const refused: string[] = [];
  for (const name of choice === 'auto' ? BACKEND_NAMES : [choice]) {
    const kind = KINDS[name];
    if (kind === undefined)
      throw new UnsupportedError(
        `backend ${String(choice)}: unknown; choose one of auto, ${BACKEND_NAMES.join(', ')}`,
      );
    const failure = await tryBackend(name);
    if (failure === undefined) {
      const reason = choice === 'auto' ? 'the best that works here' : 'as asked for';
      const others = refused.length > 0 ? `; not ${refused.join('; not ')}` : '';
      return {
        name,
        deterministic: kind.deterministic,
        description: `backend ${name} (${reason}${others})`,
        use() {
          // It has been started: nothing is left to wait for.
          if (tf.getBackend() !== kind.registered) void tf.setBackend(kind.registered);
        },
      };
    }
    if (choice !== 'auto')
      throw new UnsupportedError(
        `backend ${name} cannot be used: ${failure}; ${kind.install}, or use --backend auto`,
      );
    refused.push(`${name}: ${failure}`);
  }
  throw new UnsupportedError(`no TensorFlow.js backend works: ${refused.join('; ')}; run \`npm ci\` again`);
}
