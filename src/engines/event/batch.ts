// Ops written down for the threads of a pool: arguments in the model's memory, the rest for the control block.
import { EngineError } from '../../errors.js';
import { BATCH_OPS, type BatchOp } from './control.js';
import type { Op } from './op.js';

/** Bytes at the start of a pool's area in a model's memory, where the arguments of a batch's ops lie. */
export const ARGUMENT_BYTES = 1 << 16;

/**
 * Writes the arguments of as many ops as fit, from the first one on.
 *
 * @param address - of {@link ARGUMENT_BYTES} bytes
 * @param names - numbers of the kernels
 * @throws EngineError when an op names no kernel, or its arguments never fit
 */
export function writeBatch(
  memory: WebAssembly.Memory,
  address: number,
  names: ReadonlyMap<string, number>,
  ops: readonly Op[],
  first: number,
): BatchOp[] {
  const slots = new Int32Array(memory.buffer, address, ARGUMENT_BYTES / 4);
  const batch: BatchOp[] = [];
  for (let used = 0; first + batch.length < ops.length && batch.length < BATCH_OPS;) {
    const { kernel, args, units } = ops[first + batch.length];
    const index = names.get(kernel);
    if (index === undefined) throw new EngineError(`engine event: no kernel is named ${kernel}`);
    if (used + args.length > slots.length) {
      if (batch.length > 0) break;
      throw new EngineError(
        `engine event: kernel ${kernel} has ${args.length} arguments, at most ${slots.length} fit`,
      );
    }
    slots.set(args, used);
    batch.push({ kernel: index, args: address + used * 4, units });
    used += args.length;
  }
  return batch;
}
