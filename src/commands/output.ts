// Handles output that cannot be written: the reader has gone, or the disk is full.
import { writeSync } from 'node:fs';
import { fileError } from '../files/errors.js';

let watched = false;

/** What a shell reports of a program that a closed pipe has ended: 128 + SIGPIPE. */
const CLOSED_PIPE = 141;

/**
 * Watches what the command prints. Where its reader has seen enough (`sgs runs list | head`) the command ends quietly, as
 * programs in a pipe do; any other refusal (`sgs runs list > /dev/full`) is one line and exit code 1, so that no half of a
 * table is taken for the whole.
 */
export function watchOutput(): void {
  if (watched) return;
  watched = true;
  let failed: NodeJS.ErrnoException | undefined;
  process.stdout.on('error', (error) => {
    failed = error;
    process.exit();
  });
  process.stderr.on('error', ({ code }: NodeJS.ErrnoException) =>
    process.exit(code === 'EPIPE' ? CLOSED_PIPE : 1),
  );
  process.on('exit', () => {
    // A command that ends at once, as the help does, ends before its error is known.
    const refused = failed ?? (process.stdout.errored as NodeJS.ErrnoException | null);
    if (refused === null) return;
    process.exitCode = refused.code === 'EPIPE' ? CLOSED_PIPE : 1;
    if (refused.code !== 'EPIPE') sayLast(`sgs: ${fileError('the output', 'write', refused).message}`);
  });
}

/** Writes a line to stderr at once: nothing that is left for later is written after `exit`. */
function sayLast(line: string): void {
  try {
    writeSync(process.stderr.fd, `${line}\n`);
  } catch {
    // it cannot be written either: the exit code says it
  }
}
