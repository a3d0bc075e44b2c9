// Setting memory to zero.
import { kernelArguments } from '../kernel-arguments.js';
import type { Op } from '../op.js';

/** Bytes that one unit clears. */
const SLICE = 1 << 18;

/** Sets `bytes` bytes at `address` to zero. */
export const zero = (address: number, bytes: number): Op => ({
  kernel: 'zero',
  args: kernelArguments('zero', { address, bytes, slice: SLICE }),
  units: Math.ceil(bytes / SLICE),
  scratch: 0,
});
