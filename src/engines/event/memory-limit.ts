// The 4 GiB that 32-bit WebAssembly can address.
import type { Capacity } from '../plan/fitting.js';

/** Bytes of one WebAssembly page. */
export const PAGE = 65536;
/** Pages that 32-bit addresses reach: 4 GiB. The last page is left out, so that an end address fits in 32 bits. */
export const MAXIMUM_PAGES = 65535;

/** Memory that one model can have. */
export const CAPACITY: Capacity = {
  engine: 'event',
  bytes: MAXIMUM_PAGES * PAGE,
  limit: 'WebAssembly can address',
};
