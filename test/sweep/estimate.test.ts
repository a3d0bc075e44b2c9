import test from 'ava';
import { estimate } from '../../src/sweep/estimate.js';
import { samplePlan, trialRecord } from '../helpers/sweeps.js';

const plan = samplePlan({ base: { epochs: 3 }, axes: { 'neuron.delta': [0, 0.1], steps: [2, 4] } });
const [short, long] = plan.trials;

test('an estimate comes from records alike, epoch by epoch', (t) => {
  const records = [trialRecord(short, [0.1, 0.2, 0.3])]; // 12.5 s an epoch
  const same = estimate(records, [{ trial: plan.trials[2], epochs: 2 }]);
  t.deepEqual(same, {
    seconds: 25,
    basis: 'from the seconds of 1 record of the same network, data, T and batch',
  });
});

test('records of other settings give a rough one, and say so', (t) => {
  const records = [trialRecord(short, [0.1, 0.2, 0.3])];
  const { seconds, basis } = estimate(records, [
    { trial: plan.trials[2], epochs: 1 },
    { trial: long, epochs: 1 },
  ]);
  t.is(seconds, 12.5 + 25, 'twice the time steps take twice as long');
  t.is(
    basis,
    'rough: from 1 record on the same engine, by multiply–accumulates; 1 of 2 kinds of trials have records of their own',
  );
});

test('without a record there is none', (t) => {
  t.deepEqual(estimate([], [{ trial: short, epochs: 1 }]), {
    seconds: undefined,
    basis: 'no record to go by: train one trial first',
  });
  t.deepEqual(estimate([], []).seconds, 0);
});
