import { isAbsolute, resolve } from 'node:path';
import test from 'ava';
import { presetTrials } from '../../src/studies/trials.js';
import { byData, placesOf } from '../../src/commands/reproduction.js';

test('quick is made afresh in a folder of its own; what somebody names is never emptied', (t) => {
  t.true(placesOf({ preset: 'quick' }).afresh);
  t.regex(placesOf({ preset: 'quick' }).runs, /data.runs.quick$/);
  for (const more of [{ runs: 'mine' }, { keep: true }, { train: false }, { only: ['energy'] }])
    t.false(placesOf({ preset: 'quick', ...more }).afresh, JSON.stringify(more));
  for (const preset of ['desk', 'paper'] as const) t.false(placesOf({ preset }).afresh);
});

test('a folder for records is absolute: notebooks, which run elsewhere, read the same', (t) => {
  const { runs, figures } = placesOf({ preset: 'desk', runs: 'some/where' });
  t.is(runs, resolve('some/where'));
  t.true(isAbsolute(figures));
});

test('trainings whose data is not here are left out, with a line that says how to get it', (t) => {
  const trials = presetTrials('desk');
  const { found, lacking } = byData(trials, '/nowhere');
  t.deepEqual([...new Set(found.map(({ experiment }) => experiment.data.name))], ['shapes10-dvs']);
  t.is(lacking.length, 3);
  t.regex(
    lacking[0].line,
    /^cifar10 is not in \/nowhere: \d+ trainings are left out; `sgs data cifar10` downloads it$/,
  );
  t.regex(lacking[2].line, /^cifar10-dvs is not in \/nowhere: 1 training is left out/);
});
