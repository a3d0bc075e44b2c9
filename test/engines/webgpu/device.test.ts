import { Device } from '../../../src/engines/webgpu/device.js';
import { GpuError } from '../../../src/engines/webgpu/gpu-error.js';
import { UnsupportedError } from '../../../src/errors.js';
import { NULL_BACKEND, testWithPackage } from '../../helpers/gpu.js';

const STORAGE = 0x80; // GPUBufferUsage.STORAGE

testWithPackage(
  'a call that the device refuses: GpuError with operation and layer; what was made otherwise',
  async (t) => {
    const device = await Device.open(NULL_BACKEND);
    const error = await t.throwsAsync(
      device.checked({ operation: 'kernel k', layer: 'conv2' }, () =>
        device.device.createBuffer({ size: 16, usage: 0xffffff }),
      ),
      { instanceOf: GpuError, message: /^engine webgpu: kernel k of layer conv2: .*usage/is },
    );
    t.deepEqual([error.operation, error.layer], ['kernel k', 'conv2']);
    const buffer = await device.checked({ operation: 'room' }, () =>
      device.device.createBuffer({ size: 16, usage: STORAGE }),
    );
    t.is(buffer.size, 16);
    device.dispose();
  },
);

testWithPackage('what make throws is a GpuError, and the next call is as good as before', async (t) => {
  const device = await Device.open(NULL_BACKEND);
  const thrown = device.checked({ operation: 'step' }, () => {
    throw new TypeError('no such thing');
  });
  await t.throwsAsync(thrown, { instanceOf: GpuError, message: 'engine webgpu: step: no such thing' });
  t.is(await device.checked({ operation: 'step' }, () => 3), 3);
  device.dispose();
});

testWithPackage(
  'an error that nobody waited for ends the device: all that follows rejects with it',
  async (t) => {
    const device = await Device.open(NULL_BACKEND);
    device.device.createBuffer({ size: 16, usage: 0xffffff });
    await new Promise((resolve) => setTimeout(resolve, 50));
    const expected = { instanceOf: GpuError, message: /an error that nobody waited for: .*usage/is };
    await t.throwsAsync(
      device.checked({ operation: 'step' }, () => 1),
      expected,
    );
    t.throws(() => device.assertAlive(), expected);
  },
);

testWithPackage('a device that goes: what is awaited rejects, and everything after it', async (t) => {
  const device = await Device.open(NULL_BACKEND);
  const waiting = device.wait(new Promise(() => undefined)); // would wait for ever
  device.device.destroy();
  const expected = {
    instanceOf: GpuError,
    message: /device: lost \(destroyed\): .*go on from the checkpoint$/s,
  };
  await t.throwsAsync(waiting, expected);
  await t.throwsAsync(
    device.checked({ operation: 'step' }, () => 1),
    expected,
  );
});

testWithPackage('what one buffer or one binding cannot hold: UnsupportedError with the limit', async (t) => {
  const device = await Device.open(NULL_BACKEND);
  t.throws(() => device.assertFits('kernel k', 2 ** 40, 'maxStorageBufferBindingSize'), {
    instanceOf: UnsupportedError,
    message:
      'engine webgpu: kernel k takes 1048576.0 MiB, and this device has at most 128.0 MiB (maxStorageBufferBindingSize); take a smaller batch or width, or `--engine event`',
  });
  t.notThrows(() => device.assertFits('kernel k', 2 ** 20, 'maxBufferSize'));
  device.dispose();
});
