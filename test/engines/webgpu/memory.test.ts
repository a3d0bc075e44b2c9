import { dispatch } from '../../../src/engines/webgpu/dispatch.js';
import { Gpu } from '../../../src/engines/webgpu/gpu.js';
import { GpuError } from '../../../src/engines/webgpu/gpu-error.js';
import { UnsupportedError } from '../../../src/errors.js';
import { NULL_BACKEND, testWithPackage } from '../../helpers/gpu.js';

const fill = (addresses: number[], bytes = 256) => ({
  ...dispatch(
    'fill',
    [1],
    addresses.map((address, i) => ({ name: 'ab'[i], type: 'f32', region: { address, bytes } })),
    { N: 3 },
    `@compute @workgroup_size(64)
fn main(@builtin(local_invocation_index) i: u32) { ${addresses.map((_, i) => `${'ab'[i]}[i] = f32(N);`).join(' ')} }`,
  ),
  layer: 'conv2',
});

testWithPackage('memory, binding and a run with reads: as many bytes as asked for', async (t) => {
  const gpu = await Gpu.open(NULL_BACKEND);
  const memory = await gpu.allocate(1000);
  t.is(memory.bytes, 1000);
  const prepared = await memory.prepare([fill([0]), fill([0, 256])]);
  t.is(gpu.pipelineCount, 2);
  const read = await memory.run(
    [prepared, prepared],
    [
      { address: 256, bytes: 64 },
      { address: 0, bytes: 4 },
    ],
  );
  t.deepEqual(
    read.map(({ byteLength }) => byteLength),
    [64, 4],
  );
  t.deepEqual(await memory.run([prepared]), []);
  gpu.dispose();
});

testWithPackage(
  'what cannot be bound or run: GpuError with kernel and layer when it is prepared; the memory lives',
  async (t) => {
    const gpu = await Gpu.open(NULL_BACKEND);
    const memory = await gpu.allocate(1024);
    const refused = async (message: RegExp, ...[addresses, bytes]: Parameters<typeof fill>) =>
      t.throwsAsync(memory.prepare([fill([0]), fill(addresses, bytes)]), { instanceOf: GpuError, message });
    await refused(/^engine webgpu: kernel fill of layer conv2: .*alignment/is, [100]);
    await refused(/^engine webgpu: kernel fill of layer conv2: .*larger than the size/is, [0], 4096);
    await refused(/^engine webgpu: kernel fill of layer conv2: .*aliasing/is, [0, 0]);
    await t.notThrowsAsync(memory.run([await memory.prepare([fill([256])])], [{ address: 0, bytes: 4 }]));
    gpu.dispose();
  },
);

testWithPackage('more than a buffer or a binding can hold: UnsupportedError', async (t) => {
  const gpu = await Gpu.open(NULL_BACKEND);
  const { memory: most, binding } = gpu.limits;
  const message = (what: string): RegExp =>
    new RegExp(`^engine webgpu: ${what} takes .* take a smaller batch`);
  await t.throwsAsync(gpu.allocate(most + 4), {
    instanceOf: UnsupportedError,
    message: message('the memory of the model'),
  });
  const memory = await gpu.allocate(1024);
  await t.throwsAsync(memory.prepare([fill([0], binding + 4)]), {
    instanceOf: UnsupportedError,
    message: message('kernel fill of layer conv2'),
  });
  gpu.dispose();
});

testWithPackage('a card that was given back: what runs and what follows rejects', async (t) => {
  const gpu = await Gpu.open(NULL_BACKEND);
  const memory = await gpu.allocate(1024);
  const prepared = await memory.prepare([fill([0])]);
  const running = memory.run([prepared], [{ address: 0, bytes: 4 }]);
  gpu.dispose();
  const expected = { instanceOf: GpuError, message: /it was disposed of/ };
  await t.throwsAsync(running, expected);
  await t.throwsAsync(memory.run([prepared]), expected);
  await t.throwsAsync(memory.prepare([fill([0])]), expected);
  t.throws(() => memory.write(0, new Float32Array(1)), expected);
});
