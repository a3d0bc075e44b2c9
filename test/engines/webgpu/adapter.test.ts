import test from 'ava';
import { describeAdapter, notLoaded, requestAdapter } from '../../../src/engines/webgpu/adapter.js';
import { UnsupportedError } from '../../../src/errors.js';
import { NULL_BACKEND, testWithPackage } from '../../helpers/gpu.js';

/** An implementation that gives this adapter. */
const giving = (adapter: GPUAdapter | null): GPU =>
  ({ requestAdapter: async () => adapter }) as unknown as GPU;

test('no adapter: UnsupportedError with what to install', async (t) => {
  await t.throwsAsync(requestAdapter({ gpu: giving(null) }), {
    instanceOf: UnsupportedError,
    message: /there is no graphics card that it can use; install a driver .* or take `--engine event`$/,
  });
});

test('an adapter is described by vendor, architecture, device and driver; one of the processor is software', (t) => {
  const info = {
    vendor: 'a',
    architecture: 'b',
    device: 'c',
    description: 'driver 1',
    isFallbackAdapter: false,
  };
  const described = (more: object) => describeAdapter({ info: { ...info, ...more } as GPUAdapterInfo });
  t.deepEqual(described({}), {
    vendor: 'a',
    architecture: 'b',
    device: 'c',
    driver: 'driver 1',
    software: false,
  });
  t.true(described({ isFallbackAdapter: true }).software);
});

test('a package that is not installed, and one that does not load: what to run, and the reason where it tells', (t) => {
  const remedy = 'run `npm install --save-dev webgpu@0.6.2`, or take `--engine event`';
  const missing = Object.assign(new Error("Cannot find package 'webgpu' imported from /a/b.js"), {
    code: 'ERR_MODULE_NOT_FOUND',
  });
  t.is(notLoaded(missing).message, `engine webgpu: package webgpu is not installed; ${remedy}`);
  t.is(
    notLoaded(new Error('GLIBC_2.34 not found\n at …')).message,
    `engine webgpu: package webgpu cannot be loaded (GLIBC_2.34 not found); ${remedy}`,
  );
});

testWithPackage('the backend of nothing is software, from the package', async (t) => {
  const { device, software } = describeAdapter(await requestAdapter(NULL_BACKEND));
  t.deepEqual({ device, software }, { device: 'null-backend', software: true });
});
