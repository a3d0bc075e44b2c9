import test from 'ava';
import * as tf from '@tensorflow/tfjs';
import { openBackend, tryBackend, type BackendChoice } from '../../../src/engines/tfjs/backend.js';
import { checkBackendValues } from '../../../src/engines/tfjs/backend-check.js';
import { UnsupportedError } from '../../../src/errors.js';

test.serial(
  'cpu and wasm pass the check of stored values within 1e-4 and call themselves deterministic',
  async (t) => {
    for (const name of ['cpu', 'wasm'] as const) {
      const backend = await openBackend(name);
      t.is(backend.name, name);
      t.true(backend.deterministic);
      t.is(tf.getBackend(), name);
    }
  },
);

test.serial('auto takes the best that works and says why not a better one, in one line', async (t) => {
  const { name, description } = await openBackend('auto');
  t.regex(description, /^backend \w+ \(the best that works here/);
  t.notRegex(description, /\n/);
  if (name === 'wasm') t.regex(description, /not gpu: .*; not webgpu: is not installed; not node: /);
});

test.serial('a backend that cannot be loaded is an error that says what to install', async (t) => {
  for (const [name, remedy] of [
    [
      'gpu',
      /backend gpu cannot be used: .*npm install @tensorflow\/tfjs-node-gpu.*CUDA 11\.2.*--backend auto/,
    ],
    [
      'webgpu',
      /backend webgpu cannot be used: .*npm install --save-dev webgpu @tensorflow\/tfjs-backend-webgpu/,
    ],
    ['node', /backend node cannot be used: .*npm install tfjs-node-cpu/],
  ] as const) {
    if ((await tryBackend(name)) === undefined) {
      t.log(`${name} works on this machine: its error is not tested`);
      continue;
    }
    await t.throwsAsync(() => openBackend(name), { instanceOf: UnsupportedError, message: remedy });
  }
  await t.throwsAsync(() => openBackend('cuda' as BackendChoice), {
    instanceOf: UnsupportedError,
    message: /backend cuda: unknown; choose one of auto, gpu, webgpu, node, wasm, cpu/,
  });
});

test.serial('a backend whose convolution gradient is wrong is not taken', async (t) => {
  await openBackend('cpu');
  const right = tf.getKernel('Conv2DBackpropFilter', 'cpu')!;
  tf.unregisterKernel('Conv2DBackpropFilter', 'cpu');
  tf.registerKernel({
    ...right,
    kernelFunc: (call) => {
      const info = right.kernelFunc(call) as tf.TensorInfo;
      return tf.tidy(() => tf.engine().makeTensorFromDataId(info.dataId, info.shape, info.dtype).mul(1.01));
    },
  });
  const failure = await checkBackendValues();
  tf.unregisterKernel('Conv2DBackpropFilter', 'cpu');
  tf.registerKernel(right);
  t.regex(
    failure ?? '',
    /it computes the convolution's filter gradient wrong: off by 0\.0\d+, at most 0\.0001/,
  );
  t.is(await checkBackendValues(), undefined);
});
