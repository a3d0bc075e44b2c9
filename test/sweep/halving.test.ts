import test from 'ava';
import { stream } from '../../src/random.js';
import { targetsOf } from '../../src/sweep/halving.js';
import type { SweepPlan } from '../../src/sweep/plan.js';
import type { TrialState } from '../../src/sweep/state.js';
import { samplePlan, trialState } from '../helpers/sweeps.js';

const halving = (count: number, more: object = {}, seeds?: number): SweepPlan =>
  samplePlan({
    base: { epochs: 9 },
    axes: { 'neuron.delta': Array.from({ length: count }, (_, i) => i / 1000) },
    ...(seeds !== undefined && { seeds }),
    search: { kind: 'halving', rungs: [1, 3], reduction: 3, ...more },
  });

/** Targets in the order of the configurations, given the validation accuracies that each trial has so far. */
function targets(
  { sweep, trials }: SweepPlan,
  found: readonly (readonly number[])[],
  ended: Record<number, TrialState['status']> = {},
): number[] {
  const states = new Map(trials.map((trial, i) => [trial.id, trialState(trial, found[i] ?? [], ended[i])]));
  return [...targetsOf(sweep.search, 9, trials, states).values()];
}

test('everything goes to the first rung; the best third of those that are there goes on, at once', (t) => {
  const plan = halving(9);
  t.deepEqual(targets(plan, []), Array<number>(9).fill(1));
  t.deepEqual(targets(plan, [[0.5], [0.6]]), Array<number>(9).fill(1), 'two are too few for a third');
  t.deepEqual(targets(plan, [[0.5], [0.6], [0.4]]), [1, 3, 1, 1, 1, 1, 1, 1, 1]);
  const all = [[0.5], [0.6], [0.4], [0.7], [0.1], [0.2], [0.3], [0.35], [0.8]];
  t.deepEqual(targets(plan, all), [1, 3, 1, 3, 1, 1, 1, 1, 3]);
});

test('synchronous: nobody goes on before a rung is complete', (t) => {
  const plan = halving(9, { synchronous: true });
  t.deepEqual(targets(plan, [[0.5], [0.6], [0.4]]), Array<number>(9).fill(1));
  const all = [[0.5], [0.6], [0.4], [0.7], [0.1], [0.2], [0.3], [0.35], [0.8]];
  t.deepEqual(targets(plan, all), [1, 3, 1, 3, 1, 1, 1, 1, 3]);
});

test('what was promoted and then overtaken is finished to the next rung', (t) => {
  const plan = halving(6);
  t.deepEqual(targets(plan, [[0.5, 0.5], [0.6], [0.7]]), [3, 1, 3, 1, 1, 1]);
});

test('in the end one configuration reaches the last epoch, however few there are', (t) => {
  for (const count of [1, 2, 4, 9, 20]) {
    const plan = halving(count);
    const accuracies = plan.trials.map((_, i) => stream(count, 'probe', 'halving', i).uniform());
    const found = plan.trials.map((): number[] => []);
    for (let round = 0; round < 3; round++)
      targets(plan, found).forEach((target, i) => {
        while (found[i].length < target) found[i].push(accuracies[i]);
      });
    const ends = found.map((rows) => rows.length);
    t.deepEqual(targets(plan, found), ends, 'nothing is left to do');
    t.is(ends.indexOf(9), accuracies.indexOf(Math.max(...accuracies)));
    t.is(
      ends.filter((end) => end === 9).length,
      Math.max(1, Math.floor(Math.max(1, Math.floor(count / 3)) / 3)),
    );
  }
});

test('seeds of a configuration go on together, by their mean, when all are there', (t) => {
  const plan = halving(3, {}, 2);
  const found = [[0.9], [0.1], [0.6], [0.6], [0.5], []];
  t.deepEqual(targets(plan, found), [1, 1, 1]);
  t.deepEqual(
    targets(plan, [...found.slice(0, 5), [0.5]]),
    [1, 3, 1],
    '0.6 twice is better than 0.9 and 0.1',
  );
});

test('a run that diverged or failed is out, and holds nobody up', (t) => {
  const plan = halving(3);
  t.deepEqual(targets(plan, [[], [0.6], [0.5]], { 0: 'diverged' }), [0, 3, 1]);
  t.deepEqual(targets(plan, [[0.9], [0.6], [0.5]], { 0: 'failed' }), [0, 3, 1]);
});

test('a grid is trained to the end', (t) => {
  const plan = samplePlan({ axes: { steps: [2, 4] } });
  t.deepEqual([...targetsOf(plan.sweep.search, 9, plan.trials, new Map()).values()], [Infinity, Infinity]);
});
