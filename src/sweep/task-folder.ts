// The temporary folder in which the processes of trials find what they are to do. Tests: test/sweep/executor.test.ts.
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileError } from '../files/errors.js';
import { makeTemporaryFolder } from '../files/temporary-folder.js';
import type { PlannedTrial } from './plan.js';

/** Makes its folder at once, below the system's temporary one. */
export class TaskFolder {
  private readonly folder = makeTemporaryFolder('sgs-sweep');

  /**
   * Writes what the process of a trial reads; its file. The folder is made again where it is gone: systems tidy their
   * temporary folder while a sweep takes its days.
   *
   * @throws DataError when it cannot be written
   */
  write({ id, experiment, evaluations, fingerprint }: PlannedTrial): string {
    const file = join(this.folder, `${id}.json`);
    try {
      mkdirSync(this.folder, { recursive: true });
      writeFileSync(file, JSON.stringify({ experiment, evaluations, fingerprint }));
    } catch (error) {
      throw fileError(file, 'write', error);
    }
    return file;
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}
