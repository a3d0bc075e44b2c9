// Judges from outside whether the owner of a lease still works: by watching its heartbeat, never by a time of day.
// Tests: test/records/lease/lease.test.ts.
import { highestTokens, leaseFile, leasesFolder, parseLease, readLease, type LeaseContent } from './file.js';
import { isGone } from '../../files/owner.js';

/** State of a run's lease as an observer knows it. `free`: there is none, or it was given back. `stale`: its owner is gone. */
export interface LeaseView {
  state: 'free' | 'held' | 'stale';
  /** The highest token so far; 0 where there is none. */
  token: number;
  /** Its owner, now or until it ended. */
  content?: LeaseContent;
}

/** Time that others wait for an owner that is gone, unless it said otherwise, milliseconds. */
export const LEASE_MS = 60_000;

interface Sighting {
  token: number;
  text: string;
  /** When it was last looked at, by the observer's own clock. */
  at: number;
  /** Time for which it was seen to stand still, milliseconds. */
  still: number;
}

/**
 * Watches the leases of a folder of records. Times are this process's own monotonic clock, so that clocks of other
 * machines, and jumps of this one's, do not matter. One look counts for a quarter of the lease time at most: an observer
 * that slept does not take the owner's life for its own sleep.
 */
export class LeaseWatcher {
  private readonly seen = new Map<string, Sighting>();
  private readonly folder: string;

  /**
   * @param runsFolder - the folder of records
   * @param now - a clock in milliseconds that never goes back
   */
  constructor(
    runsFolder: string,
    private readonly now: () => number = () => performance.now(),
  ) {
    this.folder = leasesFolder(runsFolder);
  }

  /** Looks at the leases of these runs; those with a free one are left out. */
  lookAll(ids: Iterable<string>): Map<string, LeaseView> {
    const tokens = highestTokens(this.folder);
    const views = new Map<string, LeaseView>();
    for (const id of ids) {
      const view = this.lookAt(id, tokens.get(id) ?? 0);
      if (view.state !== 'free') views.set(id, view);
    }
    return views;
  }

  /** Looks at the lease of one run. Look again and again to learn whether its owner is gone. */
  look(id: string): LeaseView {
    return this.lookAt(id, highestTokens(this.folder).get(id) ?? 0);
  }

  private lookAt(id: string, token: number): LeaseView {
    const text = token === 0 ? undefined : readLease(leaseFile(this.folder, id, token));
    if (text === undefined) {
      this.seen.delete(id);
      return { state: 'free', token };
    }
    const content = parseLease(text);
    if (content?.state === 'released') return { state: 'free', token, content };
    const still = this.stillFor(id, token, text, content?.leaseMs ?? LEASE_MS);
    const stale = still >= (content?.leaseMs ?? LEASE_MS) || (content !== undefined && isGone(content));
    return { state: stale ? 'stale' : 'held', token, ...(content && { content }) };
  }

  private stillFor(id: string, token: number, text: string, leaseMs: number): number {
    const at = this.now();
    const before = this.seen.get(id);
    const same = before !== undefined && before.token === token && before.text === text;
    const still = same ? before.still + Math.min(at - before.at, leaseMs / 4) : 0;
    this.seen.set(id, { token, text, at, still });
    return still;
  }
}
