import test from 'ava';
import { didYouMean } from '../src/did-you-mean.js';

test('didYouMean: the nearest known name where a third of its letters or one differ, whatever their case; else nothing', (t) => {
  const known = ['delta', 'detachReset', 'tau', 'scaleFloor'];
  for (const [given, meant] of [
    ['deltaa', 'delta'],
    ['dleta', 'delta'],
    ['DELTA', 'delta'],
    ['ta', 'tau'],
    ['scale_floor', 'scaleFloor'],
    ['detachreset', 'detachReset'],
  ])
    t.is(didYouMean(given, known), `; did you mean "${meant}"?`);
  for (const given of ['epochs', '', 'x', 'delta'.repeat(1_000_000)]) t.is(didYouMean(given, known), '');
});
