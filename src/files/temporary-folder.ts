// Folders of one process below the system's temporary one. Their names hold the process, so that those of killed
// processes are removed by the next one.
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { namesIn, removeQuietly, removeUntouched } from './leftovers.js';
import { here, isGone } from './owner.js';

/** `<kind>.<place>.<process id>.<six letters>`; see `here` for the place. */
const NAME = /^([a-z-]+)\.([0-9a-f]{16}|-)\.(\d+)\.\w{6}$/;

/**
 * Makes a temporary folder for this process, and removes those of its kind whose process is no more. Of processes that
 * cannot be seen from here (another container, a time before the last start) those untouched for a day are removed.
 *
 * @param kind - small letters and hyphens, such as `sgs-kernel`
 * @param parent - where it is made; default the system's temporary folder
 */
export function makeTemporaryFolder(kind: string, parent: string = tmpdir()): string {
  const place = here();
  const unseen: string[] = [];
  for (const name of namesIn(parent)) {
    const [, ofKind, ofPlace, pid] = NAME.exec(name) ?? [];
    if (ofKind !== kind) continue;
    if (isGone({ place: ofPlace, pid: Number(pid) })) removeQuietly(join(parent, name), { recursive: true });
    else if (ofPlace === '-' || ofPlace !== place) unseen.push(name);
  }
  removeUntouched(parent, unseen);
  return mkdtempSync(join(parent, `${kind}.${place}.${process.pid}.`));
}
