// The memory of a model on a device, one buffer, and the work in it: dispatches are bound to its ranges once, and run as one command
// buffer.
import type { Region } from '../plan/arena.js';
import { type Bound, encode } from './bound.js';
import type { Device } from './device.js';
import type { Dispatch } from './dispatch.js';
import { named } from './gpu-error.js';
import { operationOf, type Pipelines } from './pipelines.js';
import { type DispatchTime, timed } from './timestamps.js';

/** Dispatches that are ready to run, in order. */
export interface Prepared {
  readonly dispatches: readonly Dispatch[];
  /** Those of the buffer that it was bound to. */
  bound: { buffer: GPUBuffer; list: readonly Bound[] };
}

// GPUBufferUsage: Node has no such global.
const [MAP_READ, COPY_SRC, COPY_DST, UNIFORM, STORAGE] = [0x1, 0x4, 0x8, 0x40, 0x80];
const READ = 1; // GPUMapMode.READ

/** Bytes from the numbers of one dispatch to those of the next: the alignment that every device takes. */
const SLOT = 256;

/** See the head of the file. */
export class Memory {
  private constructor(
    private readonly device: Device,
    private readonly pipelines: Pipelines,
    private buffer: GPUBuffer,
  ) {}

  /**
   * Allocates memory; it holds zeros.
   *
   * @throws UnsupportedError for more than one buffer of the device can hold
   * @throws GpuError when the device has no more to give
   */
  static async allocate(device: Device, pipelines: Pipelines, bytes: number): Promise<Memory> {
    return new Memory(device, pipelines, await bufferOf(device, bytes));
  }

  /** How large it is. */
  get bytes(): number {
    return this.buffer.size;
  }

  /**
   * Makes it so large, and keeps what it holds. What was prepared stays so.
   *
   * @throws UnsupportedError and GpuError as {@link Memory.allocate}: it is then as it was
   */
  async grow(bytes: number): Promise<void> {
    if (bytes <= this.bytes) return;
    const larger = await bufferOf(this.device, bytes);
    const encoder = this.device.device.createCommandEncoder();
    encoder.copyBufferToBuffer(this.buffer, 0, larger, 0, this.buffer.size);
    this.device.device.queue.submit([encoder.finish()]);
    this.buffer.destroy();
    this.buffer = larger;
  }

  /** Writes before whatever runs next. */
  write(address: number, { buffer, byteOffset, byteLength }: Float32Array | Uint32Array): void {
    this.device.assertAlive();
    this.device.device.queue.writeBuffer(this.buffer, address, buffer as ArrayBuffer, byteOffset, byteLength);
  }

  /**
   * Compiles dispatches and binds them to the memory.
   *
   * @throws UnsupportedError for a range that is larger than a binding of the device
   * @throws GpuError with the kernel and the layer of the first that the device does not take
   */
  async prepare(dispatches: readonly Dispatch[]): Promise<Prepared> {
    for (const dispatch of dispatches)
      for (const { bytes } of dispatch.regions)
        this.device.assertFits(named(operationOf(dispatch)), bytes, 'maxStorageBufferBindingSize');
    return { dispatches, bound: await this.bind(dispatches) };
  }

  /**
   * Runs what was prepared, in order, in one command buffer, and reads ranges behind it.
   *
   * @returns the bytes of each range
   * @throws GpuError when the device is lost or refuses the work
   */
  async run(prepared: readonly Prepared[], reads: readonly Region[] = []): Promise<ArrayBuffer[]> {
    const work = await this.boundOf(prepared);
    const total = reads.reduce((sum, { bytes }) => sum + bytes, 0);
    const { device } = this.device;
    const { staging, done } = await this.device.checked(
      { operation: `a run of ${work.length} kernels` },
      () => {
        const encoder = device.createCommandEncoder();
        if (work.length > 0) encode(encoder, work);
        const copy = total > 0 ? this.copy(encoder, reads, total) : undefined;
        device.queue.submit([encoder.finish()]);
        const finished: Promise<unknown> = copy ? copy.mapAsync(READ) : device.queue.onSubmittedWorkDone();
        finished.catch(() => undefined); // handled below
        return { staging: copy, done: finished };
      },
    );
    await this.device.wait(done);
    return staging ? taken(staging, reads) : reads.map(() => new ArrayBuffer(0));
  }

  /**
   * Runs what was prepared with the time that each dispatch takes on the device.
   *
   * @throws UnsupportedError on a device without timestamps
   */
  async times(prepared: Prepared): Promise<DispatchTime[]> {
    return timed(this.device, await this.boundOf([prepared]));
  }

  /** Gives the memory back. */
  dispose(): void {
    this.buffer.destroy();
  }

  /** What was prepared, bound anew where the memory has grown since. */
  private async boundOf(prepared: readonly Prepared[]): Promise<Bound[]> {
    for (const each of prepared)
      if (each.bound.buffer !== this.buffer) each.bound = await this.bind(each.dispatches);
    return prepared.flatMap(({ bound }) => bound.list);
  }

  private async bind(dispatches: readonly Dispatch[]): Promise<Prepared['bound']> {
    const { buffer } = this;
    const pipelines = await Promise.all(dispatches.map((dispatch) => this.pipelines.for(dispatch)));
    const slots = new Uint32Array((Math.max(dispatches.length, 1) * SLOT) / 4);
    for (const [i, { numbers }] of dispatches.entries()) slots.set(numbers, (i * SLOT) / 4);
    const { device } = this.device;
    const uniform = await this.device.checked({ operation: 'numbers of kernels' }, () => {
      const made = device.createBuffer({ size: slots.byteLength, usage: UNIFORM | COPY_DST });
      device.queue.writeBuffer(made, 0, slots);
      return made;
    });
    const list = dispatches.map((dispatch, i) =>
      this.device.checked(operationOf(dispatch), () => {
        const bound = {
          dispatch,
          pipeline: pipelines[i],
          groups: this.groupsOf(dispatch, uniform, i * SLOT),
        };
        // Encoded for nothing: what is wrong with it says so here, by its name, and not in a step of hundreds.
        const trial = device.createCommandEncoder();
        encode(trial, [bound]);
        trial.finish();
        return bound;
      }),
    );
    return { buffer, list: await Promise.all(list) };
  }

  private groupsOf(
    { kernel, regions, numbers }: Dispatch,
    uniform: GPUBuffer,
    offset: number,
  ): GPUBindGroup[] {
    const group = (type: 'storage' | 'uniform', resources: GPUBufferBinding[]): GPUBindGroup =>
      this.device.device.createBindGroup({
        label: kernel,
        layout: this.pipelines.layout(resources.length, type),
        entries: resources.map((resource, binding) => ({ binding, resource })),
      });
    const ranges = regions.map(({ address, bytes }) => ({
      buffer: this.buffer,
      offset: address,
      size: bytes,
    }));
    const groups = [group('storage', ranges)];
    if (numbers.length > 0) groups.push(group('uniform', [{ buffer: uniform, offset, size: SLOT }]));
    return groups;
  }

  private copy(encoder: GPUCommandEncoder, reads: readonly Region[], total: number): GPUBuffer {
    const staging = this.device.device.createBuffer({ size: total, usage: MAP_READ | COPY_DST });
    let at = 0;
    for (const { address, bytes } of reads) {
      encoder.copyBufferToBuffer(this.buffer, address, staging, at, bytes);
      at += bytes;
    }
    return staging;
  }
}

const bufferOf = async (device: Device, bytes: number): Promise<GPUBuffer> => {
  const size = Math.ceil(Math.max(bytes, 4) / 4) * 4;
  device.assertFits('the memory of the model', size, 'maxBufferSize');
  const usage = STORAGE | COPY_SRC | COPY_DST;
  return device.checked({ operation: `${size} bytes of memory` }, () =>
    device.device.createBuffer({ label: 'memory', size, usage }),
  );
};

/** The ranges in a mapped buffer, which is given back. */
function taken(staging: GPUBuffer, reads: readonly Region[]): ArrayBuffer[] {
  const mapped = staging.getMappedRange();
  let at = 0;
  const ranges = reads.map(({ bytes }) => mapped.slice(at, (at += bytes)));
  staging.unmap();
  staging.destroy();
  return ranges;
}
