// Memory that an engine can have, and errors of plans that do not fit.
import { UnsupportedError } from '../../errors.js';

/** The memory that one model can have. */
export interface Capacity {
  engine: string;
  bytes: number;
  /** What sets the limit, in words that a number of GiB follows: `WebAssembly can address`. */
  limit: string;
}

const gib = (bytes: number): string => `${(bytes / 2 ** 30).toFixed(2)} GiB`;

/**
 * Refuses a plan that needs more than there can be.
 *
 * @param bytesOf - what a batch of a size needs; it may fall a little where a layer is cut into fewer slices, so that the
 *   batch named may be a little smaller than the largest
 * @throws UnsupportedError with the number and the largest batch that would fit
 */
export function checkFits(
  capacity: Capacity,
  name: string,
  batch: number,
  bytesOf: (batch: number) => number,
): void {
  const bytes = bytesOf(batch);
  if (bytes <= capacity.bytes) return;
  let [fits, tooLarge] = [0, batch];
  while (tooLarge - fits > 1) {
    const middle = Math.floor((fits + tooLarge) / 2);
    if (bytesOf(middle) <= capacity.bytes) fits = middle;
    else tooLarge = middle;
  }
  throw new UnsupportedError(
    `engine ${capacity.engine}: ${name}: a batch of ${batch} needs ${gib(bytes)}, ${capacity.limit} ${gib(capacity.bytes)}; ` +
      (fits > 0
        ? `the largest batch that fits is ${fits}`
        : 'not even a batch of 1 fits: take a smaller width'),
  );
}

/**
 * Refuses a model whose own regions (parameters, gradients, optimizer) need more than there can be.
 *
 * @throws UnsupportedError with the number
 */
export function checkModelFits(capacity: Capacity, name: string, bytes: number): void {
  if (bytes <= capacity.bytes) return;
  throw new UnsupportedError(
    `engine ${capacity.engine}: ${name}: parameters, gradients and optimizer need ${gib(bytes)}, ${capacity.limit} ${gib(capacity.bytes)}; take a smaller width`,
  );
}

/**
 * The size of the parts in which a batch is evaluated: the whole where it fits, else halved until it does. Where not even
 * one example fits, 1.
 *
 * @param bytesOf - what a batch of a size needs
 */
export function fittingPart(batch: number, bytesOf: (batch: number) => number, limit: number): number {
  let part = batch;
  while (part > 1 && bytesOf(part) > limit) part = Math.ceil(part / 2);
  return part;
}
