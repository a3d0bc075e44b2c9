// Memory of a process, from the counters of Linux.
import { readFileSync, writeFileSync } from 'node:fs';
import { UnsupportedError } from '../src/errors.js';

/**
 * Bytes of memory held by this process: `VmRSS` now, or `VmHWM`, the most since {@link forgetPeak}.
 *
 * @throws UnsupportedError where there is no /proc
 */
export function resident(what: 'VmRSS' | 'VmHWM'): number {
  let status: string;
  try {
    status = readFileSync('/proc/self/status', 'utf8');
  } catch {
    throw new UnsupportedError('memory: this system has no /proc/self/status; run the measure on Linux');
  }
  return Number(new RegExp(`^${what}:\\s*(\\d+) kB`, 'm').exec(status)?.[1]) * 1024;
}

/** Sets `VmHWM` to what is held now. */
export const forgetPeak = (): void => writeFileSync('/proc/self/clear_refs', '5');
