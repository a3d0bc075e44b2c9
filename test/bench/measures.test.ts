import test from 'ava';
import { FAMILY_NAMES, isLimited } from '../../bench/families.js';
import { MEASURES, notCounted, TARGET_CONDITIONS } from '../../bench/measures.js';

test('every target is positive, its aim above it, and no limited peer has one', (t) => {
  for (const { targets } of Object.values(MEASURES))
    for (const [family, { least, aim = Infinity }] of Object.entries(targets)) {
      t.true(least > 0 && aim > least);
      t.false(isLimited(`${family} nchw`), family);
    }
});

test('targets against PyTorch are of families that there are', (t) => {
  const named = Object.values(MEASURES).flatMap(({ kind, targets }) =>
    kind === 'pytorch' || kind === 'memory' ? Object.keys(targets) : [],
  );
  t.deepEqual(
    named.filter((family) => !(FAMILY_NAMES as string[]).includes(family)),
    [],
  );
});

test('notCounted: too few pairs, other threads, another engine or build', (t) => {
  t.is(notCounted(TARGET_CONDITIONS), undefined);
  t.is(notCounted({ ...TARGET_CONDITIONS, pairs: 21 }), undefined);
  t.regex(notCounted({ ...TARGET_CONDITIONS, pairs: 6 })!, /^6 pairs/);
  t.regex(notCounted({ ...TARGET_CONDITIONS, threads: 4 })!, /^4 threads/);
  t.regex(notCounted({ ...TARGET_CONDITIONS, engine: 'tfjs' })!, /^engine tfjs/);
  t.regex(notCounted({ ...TARGET_CONDITIONS, build: 'plain' })!, /^build plain/);
});
