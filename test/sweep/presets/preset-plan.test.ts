// Needs dist (npm run build): trials are described in a process of the built package.
import { readFileSync } from 'node:fs';
import test from 'ava';
import { openRuns } from '../../../src/records/folder.js';
import { openTrials, presetPlan } from '../../../src/sweep/presets/preset-plan.js';
import { presetTrials } from '../../../src/studies/trials.js';
import { bestText } from '../../../src/sweep/snapshot.js';
import { temporaryFolder } from '../../helpers/folder.js';

const expected = JSON.parse(readFileSync('data/expected.json', 'utf8')) as Record<string, string>;

test('presetPlan: each trial once, with the run id whose weights are committed, its name, and no configuration that leads', async (t) => {
  const trials = presetTrials('quick').filter(({ experiment }) => experiment.data.name === 'shapes10');
  const plan = await presetPlan('quick', trials, { engine: 'event' });
  t.is(plan.sweep.name, 'quick');
  t.deepEqual(
    plan.trials.map(({ index, experiment, evaluations }) => ({ index, experiment, evaluations })),
    trials.map(({ experiment, evaluations }, index) => ({ index, experiment, evaluations })),
  );
  const known = plan.trials.filter(({ id }) => Object.hasOwn(expected, id));
  t.is(known.length, trials.length, 'ids that data/expected.json has');
  t.is(bestText({ plan, states: new Map() }), '');
  const seeds = plan.trials.filter(({ experiment }) => experiment.seed !== plan.trials[0].experiment.seed);
  t.true(new Set(plan.trials.map(({ configuration }) => configuration)).size <= trials.length);
  t.true(seeds.every(({ configuration }) => /^[0-9a-f]{16}$/.test(configuration)));
});

test('presetPlan: no trials need no process, and the fingerprint of the data that is meant goes along', async (t) => {
  t.deepEqual((await presetPlan('desk', [], {})).trials, []);
  const [trial] = presetTrials('quick');
  const meant = { ...trial, fingerprint: 'of data that no one has' };
  const plan = await presetPlan('quick', [meant], { engine: 'event' });
  t.is(plan.trials[0].fingerprint, 'of data that no one has');
});

test('openTrials: without records all; where an engine is asked for, all in any case', (t) => {
  const trials = presetTrials('quick').slice(0, 3);
  t.deepEqual(openTrials(trials, openRuns(temporaryFolder(t))), trials);
  t.deepEqual(openTrials(trials, openRuns(temporaryFolder(t)), 'tfjs'), trials);
});
