import test from 'ava';
import { sweepEnd } from '../../src/commands/sweep-end.js';
import type { Executor } from '../../src/sweep/executor.js';
import type { TrialState } from '../../src/sweep/state.js';
import { samplePlan, trialState } from '../helpers/sweeps.js';

const plan = samplePlan({ base: { epochs: 2 }, axes: { 'neuron.delta': [0, 0.1, 0.2] } });
const [a, b, c] = plan.trials;

const ended = (
  states: TrialState[],
  unevaluated: [string, string][] = [],
  settled = true,
): Pick<Executor, 'plan' | 'states' | 'unevaluated' | 'isSettled'> => ({
  plan,
  states: new Map(plan.trials.map(({ id }, i) => [id, states[i]])),
  unevaluated: new Map(unevaluated),
  isSettled: () => settled,
});

test('a sweep that is done says the best and where the records are', (t) => {
  const states = [trialState(a, [0.1, 0.2]), trialState(b, [0.1, 0.4]), trialState(c, [0.1, 0.3])];
  t.deepEqual(sweepEnd(ended(states), 'runs', false), {
    lines: ['best of 3 by validation at epoch 2: 40.00 %, neuron.delta = 0.1', 'records: runs'],
    code: 0,
  });
});

test('what failed, and what could not be evaluated, is named with its reason and counted', (t) => {
  const states: TrialState[] = [
    trialState(a, [0.1, 0.2]),
    { status: 'failed', epochs: 0, reason: 'killed by SIGKILL' },
    { ...trialState(c, [0.1, 0.3], 'trained'), reason: 'the weights are not here' },
  ];
  const { lines, code } = sweepEnd(ended(states, [[c.id, 'the weights are not here']]), 'runs', false);
  t.is(code, 1);
  t.deepEqual(
    lines.filter((line) => !/^(best|records)/.test(line)),
    [
      `failed: ${b.id}, neuron.delta = 0.1: killed by SIGKILL`,
      `not evaluated: ${c.id}, neuron.delta = 0.2: the weights are not here`,
      '1 of 3 trials failed; --retry-failed tries them again',
      '1 of 3 trials are trained but not evaluated; the same command tries again',
    ],
  );
});

test('a sweep that was stopped says what is left', (t) => {
  const states: TrialState[] = plan.trials.map(() => ({ status: 'missing', epochs: 0 }));
  const { lines, code } = sweepEnd(ended(states, [], false), 'runs', true);
  t.is(code, 130);
  t.is(lines.at(-1), 'stopped with 3 of 3 trials to do; the same command goes on');
});
