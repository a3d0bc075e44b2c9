// Entry of the thread that beats for a lease: a thread of its own, because a training step may keep the main one
// busy for longer than the lease lasts. A process that is stopped or killed beats no more.
// Tests: test/records/lease/lease.test.ts.
import { parentPort, workerData } from 'node:worker_threads';
import { parseLease, readLease, writeBeat } from './file.js';

/** Start data of the thread. */
export interface BeatData {
  file: string;
  owner: string;
  everyMs: number;
  /** One float64: share of the work done. */
  done: SharedArrayBuffer;
}

const { file, owner, everyMs, done: buffer } = workerData as BeatData;
const done = new Float64Array(buffer);
let beats = 0;

const timer = setInterval(() => {
  try {
    const text = readLease(file);
    const content = text === undefined ? undefined : parseLease(text);
    if (content?.owner === owner && content.state === 'held') {
      writeBeat(file, ++beats, Math.min(1, Math.max(0, done[0])));
      return;
    }
  } catch {
    return; // a disk that does not answer now may answer at the next beat; every write checks the lease anyway
  }
  clearInterval(timer);
  parentPort?.postMessage('lost');
}, everyMs);
