// The 4 GiB that 32-bit WebAssembly can address, and what to say when a plan does not fit.
import { UnsupportedError } from '../../errors.js';

/** Bytes of one WebAssembly page. */
export const PAGE = 65536;
/** Pages that 32-bit addresses reach: 4 GiB. The last page is left out, so that an end address fits in 32 bits. */
export const MAXIMUM_PAGES = 65535;
/** Bytes that one model can have. */
export const LARGEST_MEMORY = MAXIMUM_PAGES * PAGE;

const gib = (bytes: number): string => `${(bytes / 2 ** 30).toFixed(2)} GiB`;

/**
 * Refuses a plan that needs more than WebAssembly can address.
 *
 * @param bytesOf - what a batch of a size needs; it may fall a little where a layer is cut into fewer slices, so that the
 *   batch named may be a little smaller than the largest
 * @throws UnsupportedError with the number and the largest batch that would fit
 */
export function checkFits(name: string, batch: number, bytesOf: (batch: number) => number): void {
  const limit = LARGEST_MEMORY;
  const bytes = bytesOf(batch);
  if (bytes <= limit) return;
  let [fits, tooLarge] = [0, batch];
  while (tooLarge - fits > 1) {
    const middle = Math.floor((fits + tooLarge) / 2);
    if (bytesOf(middle) <= limit) fits = middle;
    else tooLarge = middle;
  }
  throw new UnsupportedError(
    `engine event: ${name}: a batch of ${batch} needs ${gib(bytes)}, WebAssembly can address ${gib(limit)}; ` +
      (fits > 0
        ? `the largest batch that fits is ${fits}`
        : 'not even a batch of 1 fits: take a smaller width'),
  );
}

/**
 * Refuses a model whose own regions (parameters, gradients, optimizer) need more than WebAssembly can address.
 *
 * @throws UnsupportedError with the number
 */
export function checkModelFits(name: string, bytes: number): void {
  if (bytes <= LARGEST_MEMORY) return;
  throw new UnsupportedError(
    `engine event: ${name}: parameters, gradients and optimizer need ${gib(bytes)}, WebAssembly can address ${gib(LARGEST_MEMORY)}; take a smaller width`,
  );
}

/**
 * The size of the parts in which a batch is evaluated: the whole where it fits, else halved until it does. Where not even
 * one example fits, 1.
 *
 * @param bytesOf - what a batch of a size needs
 */
export function fittingPart(
  batch: number,
  bytesOf: (batch: number) => number,
  limit = LARGEST_MEMORY,
): number {
  let part = batch;
  while (part > 1 && bytesOf(part) > limit) part = Math.ceil(part / 2);
  return part;
}
