import type { Region } from '../../../src/engines/plan/arena.js';
import { dispatch, f32 } from '../../../src/engines/webgpu/dispatch.js';
import { Gpu } from '../../../src/engines/webgpu/gpu.js';
import { GpuError } from '../../../src/engines/webgpu/gpu-error.js';
import type { Memory } from '../../../src/engines/webgpu/memory.js';
import { UnsupportedError } from '../../../src/errors.js';
import { testOnDriver } from '../../helpers/gpu.js';
import { normals } from '../../helpers/tensors.js';

const test = await testOnDriver();

const COUNT = 640;
const range = (index: number): Region => ({ address: index * 2560, bytes: COUNT * 4 });

/** `y = factor·x + y`. */
const scale = (factor: number, [x, y] = [range(0), range(1)]) => ({
  ...dispatch(
    'scale',
    [COUNT / 64],
    [
      { name: 'x', type: 'f32', region: x },
      { name: 'y', type: 'f32', region: y },
    ],
    { FACTOR: f32(factor) },
    `@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3u) { y[id.x] = FACTOR * x[id.x] + y[id.x]; }`,
  ),
  layer: 'conv2',
});

const floats = (buffer: ArrayBuffer): number[] => [...new Float32Array(buffer)];

test('what is written is what kernels read; they run in order, with their own numbers, and memory begins with zeros', async (t) => {
  const gpu = await Gpu.open();
  const memory = await gpu.allocate(3 * 2560);
  const x = normals('x', COUNT);
  memory.write(0, x);
  const twice = await memory.prepare([scale(2), scale(0.5)]);
  const then = await memory.prepare([scale(4, [range(1), range(2)])]);
  const [y, z] = await memory.run([twice, then], [range(1), range(2)]);
  t.deepEqual(
    floats(y),
    Array.from(x, (value) => Math.fround(value * 2.5)),
  );
  t.deepEqual(
    floats(z),
    Array.from(x, (value) => Math.fround(value * 10)),
  );
  memory.write(4, Float32Array.of(7));
  t.deepEqual(floats((await memory.run([], [{ address: 0, bytes: 8 }]))[0]), [x[0], 7]);
  gpu.dispose();
});

test('memory that grows keeps what it holds, and what was prepared runs in it', async (t) => {
  const gpu = await Gpu.open();
  const memory = await gpu.allocate(2 * 2560);
  memory.write(0, new Float32Array(COUNT).fill(3));
  const prepared = await memory.prepare([scale(1)]);
  await memory.run([prepared]);
  await memory.grow(1 << 20);
  t.is(memory.bytes, 1 << 20);
  const [y] = await memory.run([prepared], [range(1)]);
  t.deepEqual(floats(y), Array(COUNT).fill(6));
  await memory.grow(100);
  t.is(memory.bytes, 1 << 20);
  gpu.dispose();
});

test('two memories of one card are apart and share pipelines', async (t) => {
  const gpu = await Gpu.open();
  const [one, two] = [await gpu.allocate(2 * 2560), await gpu.allocate(2 * 2560)];
  one.write(0, new Float32Array(COUNT).fill(1));
  two.write(0, new Float32Array(COUNT).fill(2));
  const [first, second] = [await one.prepare([scale(1)]), await two.prepare([scale(1)])];
  const [[a], [b]] = await Promise.all([one.run([first], [range(1)]), two.run([second], [range(1)])]);
  t.deepEqual([floats(a)[0], floats(b)[0]], [1, 2]);
  t.is(gpu.pipelineCount, 1);
  one.dispose();
  t.is(floats((await two.run([second], [range(1)]))[0])[0], 4);
  gpu.dispose();
});

test('validation: GpuError with kernel and layer, and the memory is as good as before', async (t) => {
  const gpu = await Gpu.open();
  const memory = await gpu.allocate(2 * 2560);
  const expected = { instanceOf: GpuError, message: /^engine webgpu: kernel scale of layer conv2: / };
  await t.throwsAsync(memory.prepare([scale(1), scale(1, [range(0), range(0)])]), expected);
  await t.throwsAsync(memory.prepare([scale(1, [range(0), range(2)])]), expected);
  await t.throwsAsync(memory.run([], [{ address: 0, bytes: 1 << 20 }]), {
    instanceOf: GpuError,
    message: /^engine webgpu: a run of 0 kernels: /,
  });
  memory.write(0, new Float32Array(COUNT).fill(5));
  const [y] = await memory.run([await memory.prepare([scale(1)])], [range(1)]);
  t.is(floats(y)[0], 5);
  gpu.dispose();
});

test('out of memory: UnsupportedError above the limit of a buffer, GpuError where the driver has no more; the rest lives', async (t) => {
  const gpu = await Gpu.open();
  await t.throwsAsync(gpu.allocate(gpu.limits.memory + 4), { instanceOf: UnsupportedError });
  const memory = await gpu.allocate(2 * 2560);
  const { vendor, software } = gpu.description;
  if (software && vendor === 'mesa') t.log('lavapipe hands out memory that the machine does not have');
  else
    await t.throwsAsync(hoard(gpu), {
      instanceOf: GpuError,
      message: /bytes of memory: out of memory .*; take a smaller batch or width$/s,
    });
  memory.write(0, new Float32Array(COUNT).fill(5));
  const [y] = await memory.run([await memory.prepare([scale(1)])], [range(1)]);
  t.is(floats(y)[0], 5);
  gpu.dispose();
});

/** Allocates until there is no more. */
async function hoard(gpu: Gpu): Promise<void> {
  const held: Memory[] = [];
  while (held.length < 256) held.push(await gpu.allocate(Math.floor(gpu.limits.memory / 4) * 4));
}

test('the device is lost under a run: it rejects with the reason, and so does all that follows', async (t) => {
  const gpu = await Gpu.open();
  const memory = await gpu.allocate(2 * 2560);
  const prepared = await memory.prepare([scale(1)]);
  const running = memory.run([prepared], [range(1)]);
  gpu.dispose();
  const expected = { instanceOf: GpuError, message: /^engine webgpu: device: it was disposed of/ };
  await t.throwsAsync(running, expected);
  await t.throwsAsync(memory.run([prepared], [range(1)]), expected);
  await t.throwsAsync(memory.prepare([{ ...scale(1), code: 'new' }]), expected);
  await t.throwsAsync(gpu.allocate(16), expected);
});

test('times of dispatches: one each, in order, with kernel and layer, none below 0', async (t) => {
  const gpu = await Gpu.open();
  const memory = await gpu.allocate(2 * 2560);
  memory.write(0, new Float32Array(COUNT).fill(1));
  const prepared = await memory.prepare([scale(1), { ...scale(2), layer: undefined }]);
  if (gpu.timestamps) {
    const times = await memory.times(prepared);
    t.deepEqual(
      times.map(({ kernel, layer }) => ({ kernel, layer })),
      [
        { kernel: 'scale', layer: 'conv2' },
        { kernel: 'scale', layer: undefined },
      ],
    );
    t.true(times.every(({ nanoseconds }) => nanoseconds >= 0));
    t.is(floats((await memory.run([], [range(1)]))[0])[0], 3); // and they did their work
  } else await t.throwsAsync(memory.times(prepared), { instanceOf: UnsupportedError });
  gpu.dispose();
});
