import test from 'ava';
import { bestSoFar } from '../../src/sweep/best.js';
import { samplePlan, trialRecord, trialState } from '../helpers/sweeps.js';

const plan = samplePlan({ base: { epochs: 3 }, axes: { 'neuron.delta': [0, 0.1] }, seeds: 2 });
const best = (found: number[][], ended: Record<number, 'diverged' | 'failed'> = {}) =>
  bestSoFar(
    plan.trials,
    new Map(plan.trials.map((trial, i) => [trial.id, trialState(trial, found[i], ended[i])])),
  );

test('the best is a mean over all seeds, at an epoch that the others have completed too', (t) => {
  t.is(best([[], [], [], []]), undefined);
  t.is(best([[0.9], [], [0.9], []]), undefined, 'no configuration has all its seeds');
  t.like(best([[0.9], [0.1], [0.6], [0.6]]), {
    axes: { 'neuron.delta': 0.1 },
    validationAccuracy: 0.6,
    epoch: 1,
    among: 2,
  });
  t.like(best([[0.3, 0.4, 0.5], [0.3, 0.4, 0.5], [0.9], [0.9]]), {
    axes: { 'neuron.delta': 0 },
    epoch: 3,
    among: 1,
  });
});

test('a configuration of which a seed diverged does not lead', (t) => {
  t.like(best([[0.9, 0.9, 0.9], [0.9], [0.2, 0.2, 0.2], [0.2, 0.2, 0.2]], { 1: 'diverged' }), {
    axes: { 'neuron.delta': 0.1 },
  });
});

test('test accuracy is not looked at', (t) => {
  const states = new Map(
    plan.trials.map((trial, i) => {
      const record = trialRecord(trial, i < 2 ? [0.1, 0.1, 0.6] : [0.1, 0.1, 0.5]);
      const rows = record.rows.map((row) => ({ ...row, testAccuracy: i < 2 ? 0 : 1 }));
      return [trial.id, { status: 'done' as const, epochs: 3, record: { ...record, rows } }];
    }),
  );
  t.like(bestSoFar(plan.trials, states), { axes: { 'neuron.delta': 0 } });
});

test('without a validation part there is no best', (t) => {
  const blind = samplePlan({
    base: { epochs: 1, data: { name: 'shapes10', validation: 0 } },
    axes: { steps: [2] },
  });
  const [trial] = blind.trials;
  const state = trialState(trial, [0.5]);
  delete state.record!.rows[0].validationAccuracy;
  t.is(bestSoFar(blind.trials, new Map([[trial.id, state]])), undefined);
});
