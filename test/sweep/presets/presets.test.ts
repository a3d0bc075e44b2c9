// Presets: the networks of their trials, and how trials vary.
import test from 'ava';
import { networksOf } from '../../../src/sweep/presets/presets.js';
import { presetTrials, trialsOf } from '../../../src/studies/trials.js';
import { combinations, variant } from '../../../src/sweep/presets/plan.js';

test('networks of trials: by label, that of most trainings first', (t) => {
  t.deepEqual(networksOf(trialsOf('desk', 'sgs-ablation')), ['convNet-5 × 0.5', 'resnet19 × 0.25']);
  const trials = presetTrials('desk');
  const [few] = trials.filter(({ experiment }) => experiment.network.architecture === 'vggsnn');
  const many = trials.filter(({ experiment }) => experiment.network.architecture === 'resnet19');
  t.deepEqual(networksOf([few, ...many]), ['resnet19 × 0.25', 'vggsnn × 0.125']);
  t.deepEqual(networksOf([]), []);
});

test('combinations: the first axis is outermost; variant: sets what is given and says so', (t) => {
  t.deepEqual(combinations({ a: [1, 2], b: ['x', 'y'] }), [
    { a: 1, b: 'x' },
    { a: 1, b: 'y' },
    { a: 2, b: 'x' },
    { a: 2, b: 'y' },
  ]);
  t.deepEqual(variant({ epochs: 3 }, { seed: 1, delta: 0, surrogate: 'atan' }), {
    epochs: 3,
    name: 'atan, delta = 0, seed 1',
    seed: 1,
    neuron: { delta: 0, surrogate: { name: 'atan' } },
  });
});
