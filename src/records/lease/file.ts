// The file of a lease: `leases/<run id>.<token>`. Its first line is all that a heartbeat rewrites, in place, and its
// second all that ends it, so that neither can undo the other. Tests: test/records/lease/lease.test.ts.
import { closeSync, fsyncSync, openSync, readdirSync, readFileSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { fileError } from '../../files/errors.js';
import { createExclusive } from '../../files/whole.js';
import { checkId } from '../../hash.js';

/** `held`: its owner works. `released`: its owner has stopped. `superseded`: another process took over. */
export type LeaseState = 'held' | 'released' | 'superseded';

/** Content of a lease file. */
export interface LeaseContent {
  /** Share of the work done, in [0, 1]. */
  done: number;
  state: LeaseState;
  /** The fencing token: 1 for the first owner, one more for each that follows. */
  token: number;
  /** Time for which others watch a heartbeat stand still before they take over, milliseconds. */
  leaseMs: number;
  /** 16 random hex digits of the owner. */
  owner: string;
  /** For people: the machine's name. */
  host: string;
  pid: number;
  /** Machine and boot that the process ids belong to, see `here`. */
  place: string;
}

const NAME = /^((?:run|eval)-[0-9a-f]{16})\.(\d{1,15})$/;
const WIDTH = { beats: 16, done: 6, state: 10 };
const BEATS_AT = 'beats '.length;
const STATE_AT = BEATS_AT + WIDTH.beats + ' done '.length + WIDTH.done + '\nstate '.length;

/** The folder of the leases of a folder of records. */
export const leasesFolder = (runsFolder: string): string => join(runsFolder, 'leases');

/** The file of a run's lease with a token. */
export const leaseFile = (folder: string, id: string, token: number): string =>
  join(folder, `${checkId(id)}.${token}`);

/** Content of a heartbeat. */
const beatText = (beats: number, done: number): string =>
  `${String(beats).padStart(WIDTH.beats, '0')} done ${done.toFixed(4)}`;

/** Creates the file of a new lease, durably; false when another process was first. */
export const createLease = (file: string, content: LeaseContent): boolean =>
  createExclusive(
    file,
    `beats ${beatText(0, content.done)}\nstate ${content.state.padEnd(WIDTH.state)}\ntoken ${content.token}\n` +
      `lease ${content.leaseMs} ms\nowner ${content.owner}\nhost ${content.host}\npid ${content.pid}\nplace ${content.place}\n`,
  );

/** The text of a lease file, or undefined where there is none. Any change of it is a sign of life. */
export function readLease(file: string): string | undefined {
  try {
    return readFileSync(file, 'latin1');
  } catch (error) {
    if (['ENOENT', 'ESTALE'].includes((error as NodeJS.ErrnoException).code ?? '')) return undefined;
    throw fileError(file, 'read', error);
  }
}

/** Reads a lease's text; undefined when it is not whole yet, its creator having died or not finished. */
export function parseLease(text: string): LeaseContent | undefined {
  const found =
    /^beats \d+ done ([\d.]+)\nstate (held|released|superseded) *\ntoken (\d+)\nlease (\d+) ms\nowner (\S+)\nhost (.*)\npid (\d+)\nplace (\S+)\n$/.exec(
      text,
    );
  if (!found) return undefined;
  const [, done, state, token, leaseMs, owner, host, pid, place] = found;
  return {
    done: Number(done),
    state: state as LeaseState,
    token: Number(token),
    leaseMs: Number(leaseMs),
    owner,
    host,
    pid: Number(pid),
    place,
  };
}

/** Writes a heartbeat. Throws where the file is gone: it never makes one. */
export const writeBeat = (file: string, beats: number, done: number): void =>
  overwrite(file, BEATS_AT, beatText(beats, done), false);

/** Ends a lease, durably. Throws where the file is gone. */
export const writeState = (file: string, state: LeaseState): void =>
  overwrite(file, STATE_AT, state.padEnd(WIDTH.state), true);

function overwrite(file: string, position: number, text: string, sync: boolean): void {
  const handle = openSync(file, 'r+');
  try {
    writeSync(handle, text, position, 'latin1');
    if (sync) fsyncSync(handle);
  } finally {
    closeSync(handle); // on NFS this sends it to the server
  }
}

/** The highest token of each run that has a lease file. */
export function highestTokens(folder: string): Map<string, number> {
  const tokens = new Map<string, number>();
  for (const name of names(folder)) {
    const [, id, token] = NAME.exec(name) ?? [];
    if (id && Number(token) > (tokens.get(id) ?? 0)) tokens.set(id, Number(token));
  }
  return tokens;
}

/**
 * Removes all lease files of a run that has ended. A file that cannot be removed stays; it is of no use any more. So is
 * what another process is writing to claim it: without it that claim would fail instead of finding the run done.
 */
export function removeLeases(folder: string, id: string): void {
  for (const name of names(folder)) {
    if (NAME.exec(name)?.[1] !== id) continue;
    try {
      rmSync(join(folder, name), { force: true });
    } catch {
      // no permission, or a read-only disk: no reason to lose what was trained
    }
  }
}

function names(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw fileError(folder, 'list', error);
  }
}
