// The error of everything that goes wrong on a graphics card: names the operation, and the layer where it works for one. Tests:
// test/engines/webgpu/device.test.ts.
import { EngineError } from '../../errors.js';

/** Work of a card: an allocation, a kernel, a step. */
export interface Operation {
  operation: string;
  /** The layer that it is for, where it is one's. */
  layer?: string;
}

/** Work of a card as words: `kernel convForward of layer conv2`. */
export const named = ({ operation, layer }: Operation): string =>
  layer === undefined ? operation : `${operation} of layer ${layer}`;

/** See the head of the file. */
export class GpuError extends EngineError {
  override name = 'GpuError';
  readonly operation: string;
  readonly layer?: string;

  /**
   * @param what - what was being done
   * @param reason - what the device says of it, and what to do
   */
  constructor(what: Operation, reason: string) {
    super(`engine webgpu: ${named(what)}: ${reason}`);
    this.operation = what.operation;
    this.layer = what.layer;
  }
}
