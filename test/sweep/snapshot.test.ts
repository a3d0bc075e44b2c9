// The time left of a sweep: by its records, else by the pace of what runs. Its counts: executor.test.ts.
import test from 'ava';
import type { Executor, RunningTrial } from '../../src/sweep/executor.js';
import { Photographer } from '../../src/sweep/snapshot.js';
import { samplePlan, trialState } from '../helpers/sweeps.js';

const plan = samplePlan({ base: { epochs: 4 }, seeds: 3 });
const [first] = plan.trials;

/** A trial under way that told its progress at two moments. */
const running = (from: number, to: number, seconds: number): RunningTrial => ({
  ...{ trial: first, startedAt: 0, process: undefined as never },
  message: { kind: 'progress', done: to, epoch: 2, epochs: 4 },
  heard: { first: { done: from, at: 5000 }, last: { done: to, at: 5000 + 1000 * seconds } },
});

const left = (jobs: number, entry: RunningTrial, states = new Map()): string =>
  new Photographer({
    ...{ plan, states, jobs, elsewhere: new Map(), unevaluated: new Map() },
    running: new Map([[first.id, entry]]),
    isSettled: ({ id }: { id: string }) => states.get(id)?.status === 'done',
  } as unknown as Executor).take().left;

test('before a record is there the time left follows from the pace of what runs', (t) => {
  // A quarter, which is one epoch, in 120 s; half of this trial and two whole ones are left: 10 epochs.
  t.is(left(1, running(0.25, 0.5, 120)), '20 min 0 s left');
  t.is(left(2, running(0.25, 0.5, 120)), '10 min 0 s left');
});

test('nothing is said of the time left in the first minute, or where nothing has come forward', (t) => {
  t.is(left(1, running(0, 0.1, 59)), '');
  t.is(left(1, running(0.25, 0.25, 120)), '');
  t.is(left(1, { ...running(0, 0.1, 120), heard: undefined }), '');
});

test('a trial that is evaluated keeps the pace of its training', (t) => {
  const entry: RunningTrial = { ...running(0.25, 0.5, 120), message: { kind: 'evaluating', label: 'noise' } };
  t.is(left(1, entry), '16 min 0 s left', 'two whole trainings of four epochs');
});

test('records and paces count alike: the median of them', (t) => {
  const done = trialState(plan.trials[1], [0.1, 0.2, 0.3, 0.4]); // 12.5 s an epoch
  const states = new Map([[plan.trials[1].id, done]]);
  // (12.5 + 120) / 2 s for each of two epochs here and four of the third.
  t.is(left(1, running(0.25, 0.5, 120), states), '6 min 38 s left');
});
