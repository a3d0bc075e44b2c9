// The memory of one model: its regions, views of them, and growth.
import { UnsupportedError } from '../../errors.js';
import type { Host } from '../plan/host.js';
import { MAXIMUM_PAGES, PAGE } from './memory-limit.js';

/** Below lie the module's own statics. */
export const FIRST_ADDRESS = 65536;

/** A shared WebAssembly memory that grows when a plan needs more, and the views of it. */
export class ModelMemory implements Host {
  readonly memory: WebAssembly.Memory;

  /**
   * @param bytes - what is needed at first
   * @throws UnsupportedError when it is more than can be addressed, or than the machine has to give
   */
  constructor(bytes: number) {
    try {
      this.memory = new WebAssembly.Memory({
        initial: pagesFor(bytes),
        maximum: MAXIMUM_PAGES,
        shared: true,
      });
    } catch (error) {
      throw notToBeHad(bytes, error);
    }
  }

  /**
   * Makes sure that addresses below `bytes` exist.
   *
   * @throws UnsupportedError when the machine has no more to give
   */
  reach(bytes: number): void {
    const missing = pagesFor(bytes) - this.memory.buffer.byteLength / PAGE;
    if (missing <= 0) return;
    try {
      this.memory.grow(missing);
    } catch (error) {
      throw notToBeHad(bytes, error);
    }
  }

  floats(address: number, count: number): Float32Array {
    return new Float32Array(this.memory.buffer, address, count);
  }
  doubles(address: number, count: number): Float64Array {
    return new Float64Array(this.memory.buffer, address, count);
  }
  words(address: number, count: number): Uint32Array {
    return new Uint32Array(this.memory.buffer, address, count);
  }
}

const pagesFor = (bytes: number): number => Math.ceil(bytes / PAGE);

const notToBeHad = (bytes: number, error: unknown): UnsupportedError =>
  new UnsupportedError(
    `engine event: ${(bytes / 2 ** 30).toFixed(2)} GiB of memory cannot be allocated (${(error as Error).message}); take a smaller batch or width`,
  );
