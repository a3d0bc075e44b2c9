// Identity without a copy for the TensorFlow.js wasm backend. Every tensor that a gradient needs later is cloned
// by TensorFlow.js; the wasm backend copies its bytes, where all others only count one more reference.
// Tests: test/engines/tfjs/backend.test.ts.
import * as tf from '@tensorflow/tfjs';

let registered = false;

/** Replaces the kernel; doing it again changes nothing. */
export function registerWasmIdentity(): void {
  if (registered) return;
  tf.unregisterKernel('Identity', 'wasm');
  tf.registerKernel({
    kernelName: 'Identity',
    backendName: 'wasm',
    kernelFunc: ({ inputs, backend }): tf.TensorInfo => {
      const { dataId, shape, dtype } = inputs.x as tf.TensorInfo;
      (backend as { incRef(dataId: object): void }).incRef(dataId);
      return { dataId, shape, dtype };
    },
  });
  registered = true;
}
