// Checks whether the owner of a lease or a folder is a process of this machine that has ended: then there is no need to wait for it.
// Tests: test/files/temporary-folder.test.ts.
import { readFileSync, readlinkSync } from 'node:fs';
import { sha256 } from '../hash.js';

/**
 * Names the set of process ids that this process sees: the boot of the machine and, in containers, the namespace.
 * `-` where the system does not say; such owners are only ever judged by their heartbeat.
 */
export function here(): string {
  try {
    const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
    return sha256(`${boot} ${readlinkSync('/proc/self/ns/pid')}`).slice(0, 16);
  } catch {
    return '-';
  }
}

/** Whether a process certainly is no more: it was here, and there is none of its number. */
export function isGone({ place, pid }: { place: string; pid: number }): boolean {
  if (place === '-' || place !== here()) return false;
  try {
    process.kill(pid, 0);
    return false;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ESRCH';
  }
}
