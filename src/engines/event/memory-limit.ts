// The 4 GiB that 32-bit WebAssembly can address, and what to say when a plan does not fit.
import { UnsupportedError } from '../../errors.js';

/** Bytes of one WebAssembly page. */
export const PAGE = 65536;
/** Pages that 32-bit addresses reach: 4 GiB. The last page is left out, so that an end address fits in 32 bits. */
export const MAXIMUM_PAGES = 65535;

const gib = (bytes: number): string => `${(bytes / 2 ** 30).toFixed(2)} GiB`;

/**
 * Refuses a plan that needs more than WebAssembly can address.
 *
 * @param bytesOf - what a batch of a size needs; it may fall a little where a layer is cut into fewer slices, so that the
 *   batch named may be a little smaller than the largest
 * @throws UnsupportedError with the number and the largest batch that would fit
 */
export function checkFits(name: string, batch: number, bytesOf: (batch: number) => number): void {
  const limit = MAXIMUM_PAGES * PAGE;
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
