// A child process that works on runs as a trial does, without computing anything: it claims the lease of one, writes
// checkpoints from where the last one stands, then weights and the record, and goes on to the next.
// Arguments: the folder, the first seed, how many seeds, milliseconds of a step, of a lease, `wait` or `skip` where
// another works on a run.
import { setTimeout as wait } from 'node:timers/promises';
import { DataError, LeaseError } from '../../src/errors.js';
import { claimLease, leasedRuns } from '../../src/records/lease/lease.js';
import { openRuns } from '../../src/records/folder.js';
import { numerics, sampleCheckpoint, sampleRun, sampleWeights } from './records.js';

const STEPS = 6;
const [folder, first, count, stepMs, leaseMs, waiting] = process.argv.slice(2);
const plain = openRuns(folder);
const say = (...words: unknown[]): void => void process.stdout.write(`${words.join(' ')}\n`);

async function work(seed: number): Promise<void> {
  const record = sampleRun({ settings: { seed }, weights: seed % 7 });
  const { id } = record;
  if (plain.has(id)) return;
  const lease = await claimLease(folder, id, { leaseMs: Number(leaseMs), wait: waiting === 'wait' });
  try {
    if (plain.has(id)) return;
    const runs = leasedRuns(folder, lease);
    const from = runs.hasCheckpoint(id) ? runs.readCheckpoint(id, numerics).step : 0;
    say('claimed', seed, 'token', lease.token, 'from', from);
    for (let step = from + 1; step <= STEPS; step++) {
      runs.writeCheckpoint({ ...sampleCheckpoint(seed % 7), runId: id, step });
      await wait(Number(stepMs));
    }
    runs.writeWeights(id, sampleWeights(seed % 7));
    say(runs.put(record) ? 'wrote' : 'found', seed);
    runs.removeCheckpoint(id);
  } finally {
    await lease.release(plain.has(id));
  }
}

// Nobody waits for it any more when the process that started it is gone.
process.on('disconnect', () => process.exit(1));
process.channel?.unref();
say('ready');
let busy = true;
while (busy) {
  busy = false;
  for (let seed = Number(first); seed < Number(first) + Number(count); seed++)
    try {
      await work(seed);
    } catch (error) {
      if (error instanceof LeaseError && error.kind === 'busy') busy = true;
      else if (error instanceof LeaseError || error instanceof DataError) {
        say('refused', seed, error.message);
        process.exit(error instanceof LeaseError ? 75 : 1);
      } else throw error;
    }
  if (busy) await wait(20);
}
say('finished');
