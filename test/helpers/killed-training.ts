// Trainings as processes of their own that are killed on their way.
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { statSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';

/**
 * Runs `sgs train` with these words.
 *
 * @param folder - for records and checkpoints
 * @param meanwhile - may send it a signal
 * @returns whether it ended by itself
 */
export async function training(
  folder: string,
  words: readonly string[],
  meanwhile: (child: ChildProcess) => Promise<unknown> = () => Promise.resolve(),
): Promise<boolean> {
  const child = spawn(process.execPath, ['scripts/sgs.mjs', 'train', ...words, '--runs', folder], {
    stdio: 'ignore',
  });
  const ended = once(child, 'close') as Promise<[code: number | null]>;
  await meanwhile(child);
  return (await ended)[0] === 0;
}

const ended = ({ exitCode, signalCode }: ChildProcess): boolean => exitCode !== null || signalCode !== null;

/** Waits until the checkpoint of a run was seen to change so often, or its process has ended. */
export async function checkpoints(child: ChildProcess, file: string, changes: number): Promise<void> {
  const look = (): string => {
    const stats = statSync(file, { bigint: true, throwIfNoEntry: false });
    return stats ? `${stats.ino} ${stats.mtimeNs}` : '';
  };
  for (let seen = look(); changes > 0 && !ended(child); await wait(2)) {
    const now = look();
    if (now !== seen) changes -= 1;
    seen = now;
  }
}
