// Folders that disappear with their test.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ExecutionContext } from 'ava';

/** Makes an empty folder that is removed when the test is over. */
export function temporaryFolder(t: ExecutionContext): string {
  const folder = mkdtempSync(join(tmpdir(), 'sgs-test-'));
  t.teardown(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}
