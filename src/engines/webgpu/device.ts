// A device of a graphics card, with errors as exceptions: WebGPU's calls never throw where something goes wrong, and answer as if
// nothing had happened when the device is lost.
import { UnsupportedError } from '../../errors.js';
import { type AdapterDescription, type AdapterSource, describeAdapter, requestAdapter } from './adapter.js';
import { GpuError, type Operation } from './gpu-error.js';

/** Limits that an adapter may raise above what every device has, and that are asked for. */
const LIMITS = [
  'maxBufferSize',
  'maxStorageBufferBindingSize',
  'maxComputeWorkgroupStorageSize',
  'maxComputeInvocationsPerWorkgroup',
  'maxStorageBuffersPerShaderStage',
] as const;

const SCOPES = ['validation', 'out-of-memory', 'internal'] as const;

/** See the head of the file. */
export class Device {
  /** Rejects when the device is lost. */
  private readonly lost: Promise<never>;
  /** Set once the device is lost, disposed of, or reported an error that nobody waited for: it is dead then. */
  private ended?: GpuError;

  private constructor(
    readonly device: GPUDevice,
    readonly description: AdapterDescription,
  ) {
    this.lost = device.lost.then(({ reason, message }) => {
      this.ended ??= new GpuError(
        { operation: 'device' },
        `lost (${reason}): ${message || 'the driver does not say why'}; open the engine anew, and go on from the checkpoint`,
      );
      throw this.ended;
    });
    this.lost.catch(() => undefined); // awaiters get it; without any, it is no unhandled rejection
    device.addEventListener('uncapturederror', (event) => {
      event.preventDefault();
      this.ended ??= new GpuError(
        { operation: 'device' },
        `an error that nobody waited for: ${wordsOf(event.error)}`,
      );
    });
  }

  /**
   * Opens a device with all that its adapter has of memory, workgroup memory and bindings, and with timestamps where it has them.
   *
   * @throws UnsupportedError where there is no adapter
   * @throws GpuError where the adapter gives no device
   */
  static async open(source?: AdapterSource): Promise<Device> {
    const adapter = await requestAdapter(source);
    const requiredLimits = Object.fromEntries(LIMITS.map((name) => [name, adapter.limits[name]]));
    const requiredFeatures = (['timestamp-query'] as const).filter((name) => adapter.features.has(name));
    try {
      const device = await adapter.requestDevice({ requiredLimits, requiredFeatures: [...requiredFeatures] });
      return new Device(device, describeAdapter(adapter));
    } catch (error) {
      throw new GpuError({ operation: 'device' }, `the adapter gives none: ${(error as Error).message}`);
    }
  }

  get limits(): GPUSupportedLimits {
    return this.device.limits;
  }

  /** Whether the device tells the time. */
  get timestamps(): boolean {
    return this.device.features.has('timestamp-query');
  }

  /** @throws GpuError when the device is dead */
  assertAlive(): void {
    if (this.ended) throw this.ended;
  }

  /**
   * Awaits something that the device promised.
   *
   * @throws GpuError when the device is lost, or reports an error, meanwhile
   */
  async wait<T>(promise: Promise<T>): Promise<T> {
    promise.catch(() => undefined); // lost to the race it may still reject, and would end the process
    this.assertAlive();
    let result: T;
    try {
      result = await Promise.race([promise, this.lost]);
    } catch (error) {
      // All that a pending `mapAsync` says when the device goes; the reason follows.
      if ((error as Error).name === 'AbortError') await this.lost;
      throw error;
    }
    this.assertAlive();
    return result;
  }

  /**
   * Calls the device, and gives what the calls made once it has nothing to say against them.
   *
   * @param make - makes its calls at once: what it leaves for later is not looked at
   * @throws GpuError with what the device says, also for memory that it does not have
   */
  async checked<T>(what: Operation, make: () => T): Promise<T> {
    this.assertAlive();
    for (const scope of SCOPES) this.device.pushErrorScope(scope);
    let result: T | undefined;
    let thrown: unknown;
    try {
      result = make();
    } catch (error) {
      thrown = error;
    }
    const scopes = await this.wait(Promise.all(SCOPES.map(() => this.device.popErrorScope())));
    const found = (thrown as Error | undefined) ?? scopes.find((error) => error !== null);
    if (found) throw new GpuError(what, wordsOf(found));
    return result as T;
  }

  /** Refuses a range that one buffer, or one binding, of this device cannot hold. @throws UnsupportedError */
  assertFits(what: string, bytes: number, limit: 'maxBufferSize' | 'maxStorageBufferBindingSize'): void {
    const most = this.limits[limit];
    if (bytes > most)
      throw new UnsupportedError(
        `engine webgpu: ${what} takes ${mebibytes(bytes)}, and this device has at most ${mebibytes(most)} (${limit}); take a smaller batch or width, or \`--engine event\``,
      );
  }

  /** Gives the device back; whatever is awaited rejects. */
  dispose(): void {
    this.ended ??= new GpuError({ operation: 'device' }, 'it was disposed of');
    this.device.destroy();
  }
}

const mebibytes = (bytes: number): string => `${(bytes / 2 ** 20).toFixed(1)} MiB`;

/** What an error of WebGPU says, with the remedy for want of memory. */
function wordsOf(error: { message: string; constructor: { name: string } }): string {
  const outOfMemory = error.constructor.name === 'GPUOutOfMemoryError';
  return outOfMemory
    ? `out of memory (${error.message}); take a smaller batch or width`
    : error.message.trim() || error.constructor.name;
}
