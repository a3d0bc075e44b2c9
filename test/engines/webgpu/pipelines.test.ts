import { Device } from '../../../src/engines/webgpu/device.js';
import { dispatch } from '../../../src/engines/webgpu/dispatch.js';
import { GpuError } from '../../../src/engines/webgpu/gpu-error.js';
import { Pipelines } from '../../../src/engines/webgpu/pipelines.js';
import { NULL_BACKEND, testWithPackage } from '../../helpers/gpu.js';

const region = { address: 0, bytes: 256 };
const fill = (value: string, n: number) =>
  dispatch(
    'fill',
    [1],
    [{ name: 'a', type: 'f32', region }],
    { N: n },
    `@compute @workgroup_size(64)
fn main(@builtin(local_invocation_index) i: u32) { a[i] = ${value}; }`,
  );

testWithPackage('dispatches of equal code share a pipeline, whatever their numbers', async (t) => {
  const device = await Device.open(NULL_BACKEND);
  const pipelines = new Pipelines(device);
  const [one, two, other] = await Promise.all([
    pipelines.for(fill('f32(N)', 1)),
    pipelines.for(fill('f32(N)', 2)),
    pipelines.for(fill('2.0 * f32(N)', 2)),
  ]);
  t.is(one, two);
  t.not(one, other);
  t.is(pipelines.count, 2);
  device.dispose();
});

testWithPackage(
  'code that is refused: GpuError with kernel, layer, and the line and column in it; the device lives',
  async (t) => {
    const device = await Device.open(NULL_BACKEND);
    const pipelines = new Pipelines(device);
    const broken = { ...fill('vec2f(N)', 1), layer: 'conv2' };
    const error = await t.throwsAsync(pipelines.for(broken), { instanceOf: GpuError });
    t.regex(
      error.message,
      /^engine webgpu: kernel fill of layer conv2: its WGSL is refused\n {2}line 5, column 59: no matching constructor .*\n {4}fn main.*}$/,
    );
    t.is(error.layer, 'conv2');
    await t.notThrowsAsync(pipelines.for(fill('f32(N)', 1)));
    device.dispose();
  },
);
