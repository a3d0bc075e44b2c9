// An open graphics card: a device, the pipelines that its models share, and memory for each.
// Tests: test/engines/webgpu/memory.test.ts.
import type { AdapterDescription, AdapterSource } from './adapter.js';
import { Device } from './device.js';
import { Memory } from './memory.js';
import { Pipelines } from './pipelines.js';

/** See the head of the file. */
export class Gpu {
  private readonly pipelines: Pipelines;

  private constructor(private readonly device: Device) {
    this.pipelines = new Pipelines(device);
  }

  /**
   * Opens the card.
   *
   * @param source - default: the page's, else the package `webgpu`
   * @throws UnsupportedError where there is none: what to install
   * @throws GpuError where it gives no device
   */
  static async open(source?: AdapterSource): Promise<Gpu> {
    return new Gpu(await Device.open(source));
  }

  /** Card and driver. */
  get description(): AdapterDescription {
    return this.device.description;
  }

  /** The most bytes of a model's memory, and of one range of it that a kernel reads or writes. */
  get limits(): { memory: number; binding: number } {
    const { maxBufferSize, maxStorageBufferBindingSize } = this.device.limits;
    return { memory: maxBufferSize, binding: maxStorageBufferBindingSize };
  }

  /** Whether `Memory.times` works here. */
  get timestamps(): boolean {
    return this.device.timestamps;
  }

  /** How many different kernels were compiled. */
  get pipelineCount(): number {
    return this.pipelines.count;
  }

  /**
   * Memory for a model.
   *
   * @throws UnsupportedError for more than one buffer can hold
   * @throws GpuError when there is no more
   */
  allocate(bytes: number): Promise<Memory> {
    return Memory.allocate(this.device, this.pipelines, bytes);
  }

  /** Gives the card back; whatever runs rejects. */
  dispose(): void {
    this.device.dispose();
  }
}
