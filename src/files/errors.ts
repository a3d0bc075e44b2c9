// Errors of the operating system, with the file's name and the remedy.
import { DataError } from '../errors.js';

/** Errors of the operating system, in words, with the remedy. */
const REASONS: Record<string, [found: string, remedy: string]> = {
  ENOENT: ['there is no such file', 'check the name'],
  'write ENOENT': ['the system makes nothing of this name', 'name another folder'],
  EISDIR: ['a folder, expected a file', 'move it away'],
  ENOTDIR: ['a part of the path is a file, expected a folder', 'move that file away or name another folder'],
  EEXIST: ['a file, expected a folder', 'move that file away or name another folder'],
  EACCES: ['permission denied', 'change its permissions or name another folder'],
  EPERM: ['not permitted', 'change its permissions or name another folder'],
  EROFS: ['the disk is read-only', 'name another folder'],
  ENOSPC: ['the disk is full', 'free some space'],
  EDQUOT: ['the disk quota is used up', 'free some space'],
  EFBIG: ['larger than the system allows', 'raise the limit (ulimit -f) or name another disk'],
};

/**
 * An error of the operating system as a {@link DataError} about a file; any other error unchanged.
 *
 * @param doing - what was tried: `read`, `write`, `list`, `make` or `remove`
 */
export function fileError(file: string, doing: string, error: unknown): Error {
  const { code, message } = error as NodeJS.ErrnoException;
  if (!code || !(error instanceof Error) || !('syscall' in error)) return error as Error;
  const [found, remedy] = REASONS[`${doing} ${code}`] ?? REASONS[code] ?? [message, 'check the disk'];
  return new DataError(file, `cannot ${doing} it (${code}): ${found}`, remedy);
}
