// A lease names the one process that works on a run, in a folder of records that many processes and machines share.
import { randomBytes } from 'node:crypto';
import os from 'node:os';
import { fileURLToPath } from 'node:url';
import { setTimeout as wait } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import { LeaseError, SettingsError } from '../../errors.js';
import {
  createLease,
  leaseFile,
  leasesFolder,
  parseLease,
  readLease,
  removeLeases,
  writeState,
  type LeaseContent,
} from './file.js';
import type { BeatData } from './beat.js';
import { here } from '../../files/owner.js';
import { LEASE_MS, LeaseWatcher, type LeaseView } from './watch.js';
import { openRuns, type Runs } from '../folder.js';

export { LEASE_MS, LeaseWatcher, type LeaseView } from './watch.js';

/** Options of a claim. */
export interface ClaimOptions {
  /** Time for which others watch this owner's heartbeat stand still before they take over; default 60,000 milliseconds. */
  leaseMs?: number;
  /** Whether to wait while another process works on the run, until it has ended or is gone. Default false. */
  wait?: boolean;
  /** A token whose owner the caller has watched for the lease time: it is taken over at once. */
  takeOver?: number;
  /** Ends the waiting: AbortError. */
  signal?: AbortSignal;
  /** Called once with the current owner. */
  onWait?(owner: string): void;
  /** Watches the other owners; tests give one with a clock of their own. */
  watcher?: LeaseWatcher;
}

/** A lease in hand. */
export interface Lease {
  readonly id: string;
  /** The fencing token. */
  readonly token: number;
  /** Aborts when another process was seen to have taken over. */
  readonly lost: AbortSignal;
  /** Throws LeaseError when this process holds the lease no more; reads the files, so it is right at this moment. */
  check(): void;
  /** Publishes the progress of the work, a share in [0, 1]. */
  progress(done: number): void;
  /** Gives it back. `final`: the run is done for good, and its lease files are removed. */
  release(final?: boolean): Promise<void>;
}

/** Heartbeats within the lease time: some may be late. */
const BEATS = 6;

/**
 * Claims the lease of a run: a file is created exclusively, named by the token, which is one above the last. So of any
 * number of claims one succeeds, and the owner of a lower token can see that it lost.
 *
 * @param runsFolder - the folder of records
 * @throws LeaseError naming the owner when another process holds it and `wait` is off; DataError when the folder
 *   refuses; AbortError when the signal ends the waiting
 */
export async function claimLease(runsFolder: string, id: string, options: ClaimOptions = {}): Promise<Lease> {
  const { leaseMs = LEASE_MS, watcher = new LeaseWatcher(runsFolder), signal } = options;
  if (!(Number.isInteger(leaseMs) && leaseMs >= 100))
    throw new SettingsError(`lease: ${leaseMs} ms, expected a whole number of at least 100`);
  const folder = leasesFolder(runsFolder);
  let announced = false;
  for (;;) {
    const view = watcher.look(id);
    if (view.state !== 'held' || view.token === options.takeOver) {
      const lease = take(folder, id, view.token + 1, leaseMs);
      if (lease) {
        if (view.state !== 'free') supersede(leaseFile(folder, id, view.token));
        return lease;
      }
      continue; // another process was first: look at it
    }
    if (!options.wait) throw new LeaseError(`${id} is worked on by ${ownerText(view)}`, 'busy');
    if (!announced) options.onWait?.(ownerText(view));
    announced = true;
    await wait(Math.min(1000, (view.content?.leaseMs ?? LEASE_MS) / 10), undefined, { signal });
  }
}

/** `node7, process 4711 (token 2)`. */
export const ownerText = ({ content, token }: LeaseView): string =>
  content
    ? `${content.host}, process ${content.pid} (token ${token})`
    : `a process that has just begun (token ${token})`;

/** Opens a folder of records for the holder of a lease: whatever is written is refused when the lease is lost. */
export const leasedRuns = (runsFolder: string, lease: Lease): Runs =>
  openRuns(runsFolder, { guard: () => lease.check() });

/** Creates the file and starts to beat; undefined when another process was first. */
function take(folder: string, id: string, token: number, leaseMs: number): Lease | undefined {
  const file = leaseFile(folder, id, token);
  const owner = randomBytes(8).toString('hex');
  const content: LeaseContent = {
    done: 0,
    state: 'held',
    token,
    leaseMs,
    owner,
    host: os.hostname().replace(/[^\x21-\x7e]/g, '?'),
    pid: process.pid,
    place: here(),
  };
  if (!createLease(file, content)) return undefined;
  const done = new SharedArrayBuffer(8);
  const data: BeatData = { file, owner, everyMs: Math.max(10, Math.floor(leaseMs / BEATS)), done };
  const worker = new Worker(beatEntry(), {
    workerData: data,
    execArgv: [],
    env: {},
    name: `sgs-snn lease ${id}`,
  });
  worker.unref();
  const lost = new AbortController();
  const lose = (): LeaseError => {
    const error = new LeaseError(
      `${id}: the lease of this process (token ${token}) was taken over because its heartbeat stood still for ` +
        `${leaseMs / 1000} s; this write is refused, the new owner's result stands`,
      'lost',
    );
    lost.abort(error);
    return error;
  };
  worker.on('message', lose);
  worker.on('error', () => undefined); // without beats the lease will be taken over, and every write checks
  return {
    id,
    token,
    lost: lost.signal,
    check() {
      const text = readLease(file);
      const now = text === undefined ? undefined : parseLease(text);
      const held = now?.owner === owner && now.state === 'held';
      if (!held || readLease(leaseFile(folder, id, token + 1)) !== undefined) throw lose();
    },
    progress(share) {
      new Float64Array(done)[0] = share;
    },
    async release(final = false) {
      await worker.terminate();
      if (final) removeLeases(folder, id);
      else if (!lost.signal.aborted && readLease(file) !== undefined) writeState(file, 'released');
    },
  };
}

/** Marks the lease file of a lower token as lost, for its owner to read when it wakes up; a missing file says the same. */
function supersede(file: string): void {
  try {
    writeState(file, 'superseded');
  } catch {
    // the file of the higher token says the same
  }
}

/** The built entry of the beating thread: threads cannot run TypeScript. */
const beatEntry = (): string =>
  fileURLToPath(
    new URL(
      import.meta.url.endsWith('.ts') ? '../../../dist/records/lease/beat.js' : './beat.js',
      import.meta.url,
    ),
  );
