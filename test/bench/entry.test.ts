import test from 'ava';
import { entryOf, entrySchema, type Circumstances } from '../../bench/entry.js';
import { MEASURES } from '../../bench/measures.js';
import { entryWith } from '../helpers/entries.js';

const { pairs, threads, engine, build, machine, load, node, tfjs, pytorch, commit, dirty } = entryWith();
const around: Circumstances = {
  ...{ pairs, threads, engine, build, machine, load, node, tfjs, pytorch, commit, dirty },
};
const times = [{ peer: 'eager nchw', ours: [1, 2, 3], theirs: [4, 6, 8] }];
const findings = { unit: 's' as const, times, distances: {}, rates: {}, missing: {}, notes: [] };

test('entryOf: ratios of medians, the targets as they are now, the operating point', (t) => {
  const entry = entryOf('infer-i', findings, around, new Date(0));
  t.notThrows(() => entrySchema.parse(JSON.parse(JSON.stringify(entry))));
  t.like(entry, { time: '1970-01-01T00:00:00.000Z', point: 'i', ratios: { 'eager nchw': 3 } });
  t.deepEqual(entry.targets, MEASURES['infer-i'].targets);
  t.is(entryOf('activity', findings, around, new Date(0)).point, null);
});

test('entryOf: of a missing peer only the name, for its reason may name places of the machine', (t) => {
  const missing = { compiled: 'no compiler in a folder' };
  const entry = entryOf('train-i', { ...findings, missing }, around, new Date(0));
  t.deepEqual(entry.missing, ['compiled']);
  t.false(JSON.stringify(entry).includes('folder'));
});
