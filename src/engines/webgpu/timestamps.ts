// The time that dispatches take on the device itself, each in a pass of its own.
import { UnsupportedError } from '../../errors.js';
import { type Bound, encode } from './bound.js';
import type { Device } from './device.js';

/** How long a dispatch took. */
export interface DispatchTime {
  kernel: string;
  layer?: string;
  nanoseconds: number;
}

/** Most timestamps of one set, of every device. */
const SET = 4096;

// GPUBufferUsage and GPUMapMode: Node has no such globals.
const [MAP_READ, COPY_SRC, COPY_DST, QUERY_RESOLVE] = [0x1, 0x4, 0x8, 0x200];
const READ = 1;

/**
 * Runs dispatches in order, in one command buffer.
 *
 * @throws UnsupportedError on a device without timestamps
 * @throws GpuError when the device is lost or refuses the work
 */
export async function timed(device: Device, work: readonly Bound[]): Promise<DispatchTime[]> {
  if (!device.timestamps)
    throw new UnsupportedError('engine webgpu: this device tells no time; measure whole steps instead');
  const times: DispatchTime[] = [];
  for (let from = 0; from < work.length; from += SET / 2)
    times.push(...(await timedSet(device, work.slice(from, from + SET / 2))));
  return times;
}

async function timedSet(device: Device, work: readonly Bound[]): Promise<DispatchTime[]> {
  const { device: gpu } = device;
  const count = 2 * work.length;
  const { staging, done } = await device.checked(
    { operation: `a timed run of ${work.length} kernels` },
    () => {
      const querySet = gpu.createQuerySet({ type: 'timestamp', count });
      const resolved = gpu.createBuffer({ size: count * 8, usage: QUERY_RESOLVE | COPY_SRC });
      const copy = gpu.createBuffer({ size: count * 8, usage: MAP_READ | COPY_DST });
      const encoder = gpu.createCommandEncoder();
      for (const [i, bound] of work.entries()) {
        const [beginningOfPassWriteIndex, endOfPassWriteIndex] = [2 * i, 2 * i + 1];
        encode(encoder, [bound], {
          timestampWrites: { querySet, beginningOfPassWriteIndex, endOfPassWriteIndex },
        });
      }
      encoder.resolveQuerySet(querySet, 0, count, resolved, 0);
      encoder.copyBufferToBuffer(resolved, 0, copy, 0, count * 8);
      gpu.queue.submit([encoder.finish()]);
      const mapped = copy.mapAsync(READ);
      mapped.catch(() => undefined); // handled below
      return { staging: copy, done: mapped };
    },
  );
  await device.wait(done);
  const ticks = new BigUint64Array(staging.getMappedRange().slice(0));
  staging.destroy();
  return work.map(({ dispatch: { kernel, layer } }, i) => ({
    kernel,
    layer,
    nanoseconds: Number(ticks[2 * i + 1] - ticks[2 * i]),
  }));
}
