import os from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import test from 'ava';
import { inParallel, usualJobs } from '../../src/notebooks/in-parallel.js';

const signal = new AbortController().signal;

test('inParallel: every item once, begun in their order, at most as many at a time as asked', async (t) => {
  for (const jobs of [1, 2, 3, 9]) {
    const begun: number[] = [];
    let [running, most] = [0, 0];
    await inParallel([5, 1, 3, 2, 4], { jobs, signal }, async (item) => {
      begun.push(item);
      most = Math.max(most, ++running);
      await sleep(item * 4);
      running--;
    });
    t.deepEqual(begun, [5, 1, 3, 2, 4]);
    t.is(most, Math.min(jobs, 5));
  }
});

test('inParallel: the first error aborts what runs, begins nothing more, and is thrown once all have ended', async (t) => {
  const [begun, ended]: number[][] = [[], []];
  const error = await t.throwsAsync(
    inParallel([1, 2, 3, 4], { jobs: 2, signal }, async (item, stop) => {
      begun.push(item);
      if (item === 2) throw new Error('two');
      await new Promise((resolve) => stop.addEventListener('abort', resolve));
      ended.push(item);
      throw new Error('because of it');
    }),
  );
  t.is(error.message, 'two');
  t.deepEqual([begun, ended], [[1, 2], [1]]);
});

test('inParallel: its signal reaches the work', async (t) => {
  const reason = new Error('stopped');
  await inParallel([1], { jobs: 1, signal: AbortSignal.abort(reason) }, async (_, stop) => {
    t.is(stop.reason, reason);
  });
});

test('usualJobs: one a core, at most 4', (t) => {
  t.is(usualJobs(), Math.min(4, os.availableParallelism()));
});
