// The embedded event set: made once, the same everywhere, read as CIFAR10-DVS is.
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import test from 'ava';
import { readAedat2 } from '../../../src/data/events/aedat.js';
import { SHAPES10_CLASSES } from '../../../src/data/sets/shapes10.js';
import { shapes10dvs } from '../../../src/data/sets/shapes10-dvs.js';
import { SettingsError } from '../../../src/errors.js';
import { sha256 } from '../../../src/hash.js';
import { temporaryFolder } from '../../helpers/folder.js';

test('shapes10dvs: two recordings a class of 0.4 s and 500 to 40,000 events have the pinned bytes and frames', async (t) => {
  const folder = join(temporaryFolder(t), 'shapes10-dvs');
  const labels = new Set<string>();
  const set = await shapes10dvs({ folder, recordings: 2, onProgress: ({ label }) => labels.add(label) });
  t.is(
    sha256(readFileSync(join(folder, 'manifest.json'))),
    '323922d4c8265ec0359ef7b9e89eabd04c0b24106006417d5253a713244311a3',
  );
  t.is(set.fingerprint, 'b8afe6280a02d08228beba39d9d745e636475c56150fa7cdc56ca643e44b71e3');
  t.deepEqual([set.name, set.kind, set.frames, set.shape], ['shapes10-dvs', 'frames', 10, [48, 48, 2]]);
  t.deepEqual([set.pipeline, set.recordingSplit.name], ['tet', 'first-900']);
  t.deepEqual(
    [[...set.train.labels], [...set.test.labels]],
    [
      [0, 1, 2, 3, 4, 5, 6, 7, 8, 9],
      [0, 1, 2, 3, 4, 5, 6, 7, 8, 9],
    ],
  );
  t.deepEqual([...labels], ['making shapes10-dvs', 'reading shapes10-dvs']);
  t.deepEqual(readdirSync(folder).sort(), [...SHAPES10_CLASSES, 'manifest.json'].sort());
  t.deepEqual(readdirSync(join(folder, 'star')), ['shapes10_star_0.aedat', 'shapes10_star_1.aedat']);
  for (const name of SHAPES10_CLASSES) {
    const { count, t: time, p } = readAedat2(join(folder, name, `shapes10_${name}_0.aedat`));
    t.true(count > 500 && count < 40_000, `${name}: ${count} events`);
    t.true(time[0] >= 0 && time[count - 1] > 390_000 && time[count - 1] <= 400_000, name);
    const on = p.reduce((sum, polarity) => sum + polarity, 0);
    t.true(Math.abs(on / count - 0.5) < 0.1, `${name}: ${on} of ${count} ON`);
  }
});

test('shapes10dvs: more recordings begin with the fewer, another seed gives others, an altered file is made anew', async (t) => {
  const parent = temporaryFolder(t);
  const first = (folder: string): string =>
    sha256(readFileSync(join(folder, 'disc', 'shapes10_disc_0.aedat')));
  const [two, three, other] = ['two', 'three', 'other'].map((name) => join(parent, name));
  const set = await shapes10dvs({ folder: two, recordings: 2 });
  await shapes10dvs({ folder: three, recordings: 3 });
  await shapes10dvs({ folder: other, recordings: 2, seed: 1 });
  t.is(first(three), first(two));
  t.not(first(other), first(two));
  writeFileSync(join(two, 'disc', 'shapes10_disc_0.aedat'), 'x');
  t.is((await shapes10dvs({ folder: two, recordings: 2 })).fingerprint, set.fingerprint);
  t.is(first(two), first(three));
});

test('shapes10dvs: fewer than two recordings a class are refused', async (t) => {
  for (const recordings of [1, 0, 2.5, NaN])
    await t.throwsAsync(shapes10dvs({ folder: temporaryFolder(t), recordings }), {
      instanceOf: SettingsError,
      message: /recordings must be an integer ≥ 2 \(a class\), got/,
    });
});
