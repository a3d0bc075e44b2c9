import { isAbsolute, resolve } from 'node:path';
import test from 'ava';
import { placesOf } from '../../../src/commands/reproduction/options.js';

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
