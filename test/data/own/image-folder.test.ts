// PNG images in folders of classes, written by Pillow.
import { copyFileSync, cpSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import test from 'ava';
import { loadOwn } from '../../../src/data/own/index.js';
import { DataError } from '../../../src/errors.js';
import { temporaryFolder } from '../../helpers/folder.js';

const OWN = 'test/fixtures/own';
const load = (path: string) => loadOwn('.', { path, name: 'mine', frameCache: '' });
const first = (data: Uint8Array, i: number): number => data[60 * i];

test('train and test: classes by name, taking turns, every pixel', async (t) => {
  const { train, test: tested, ...about } = await load(join(OWN, 'pictures'));
  t.like(about, { kind: 'images', shape: [4, 5, 3], classes: ['disc', 'ring'] });
  t.is(about.description, 'mine: 8 training and 2 test images of 2 classes from pictures');
  t.deepEqual([...train.labels], [0, 1, 0, 1, 0, 1, 0, 1]);
  t.deepEqual(
    [0, 1, 2, 7].map((i) => first(train.data, i)),
    [0, 140, 7, 161], // 7 · (n + 20 · ring)
  );
  t.deepEqual([...tested.labels], [0, 1]);
  t.deepEqual([...train.data.subarray(60, 66)], [140, 171, 202, 145, 176, 207]);
});

test('without the two folders a tenth of each class is held out; grey among colours is grey in all channels', async (t) => {
  const folder = temporaryFolder(t);
  cpSync(join(OWN, 'pictures', 'train'), folder, { recursive: true });
  for (let i = 4; i < 10; i++)
    for (const label of ['disc', 'ring'])
      copyFileSync(join(OWN, 'odd', 'grey.png'), join(folder, label, `${i}.png`));
  writeFileSync(join(folder, 'disc', '.DS_Store'), 'left behind');
  const { train, test: tested, shape } = await load(folder);
  t.deepEqual([train.count, tested.count, shape], [18, 2, [4, 5, 3]]);
  const last = train.data.subarray(-60);
  t.deepEqual([...last.subarray(0, 6)], [0, 0, 0, 5, 5, 5]);
  for (const label of ['disc', 'ring']) for (let i = 0; i < 4; i++) rmSync(join(folder, label, `${i}.png`));
  t.deepEqual((await load(folder)).shape, [4, 5, 1], 'all grey');
});

test('palettes and opaque alpha are read; sizes that differ, other files and damaged ones are refused by name', async (t) => {
  const folder = temporaryFolder(t);
  mkdirSync(join(folder, 'a'));
  mkdirSync(join(folder, 'b'));
  const put = (name: string, to: string): void => copyFileSync(join(OWN, 'odd', name), join(folder, to));
  for (const to of ['a/1.png', 'a/2.png']) put('palette.png', to);
  for (const to of ['b/1.png', 'b/2.png']) put('opaque.png', to);
  const parts = async () => {
    const { train, test: tested } = await loadOwn('.', { path: folder, name: 'mine', frameCache: '' });
    return [...train.data, ...tested.data];
  };
  await t.throwsAsync(parts(), { message: /0\.1 of 4 images leaves/ }); // nothing can be held out of four
  const refuse = async (message: RegExp): Promise<void> => {
    await t.throwsAsync(load(folder), { instanceOf: DataError, message });
  };
  put('transparent.png', 'b/3.png');
  await refuse(/3\.png: parts of it are transparent; put it on a background/);
  put('deep.png', 'b/3.png');
  await refuse(/3\.png: 16 bits a channel, expected 8/);
  writeFileSync(join(folder, 'b/3.png'), 'no picture');
  await refuse(/3\.png: no PNG: it does not begin as one/);
  rmSync(join(folder, 'b/3.png'));
  writeFileSync(join(folder, 'b/3.jpg'), 'a photograph');
  await refuse(/3\.jpg: expected files that end in \.png; move it away, or convert it/);
  rmSync(join(folder, 'b/3.jpg'));
  mkdirSync(join(folder, 'c'));
  await refuse(/c: no \.png file in it; add some, or remove the folder/);
});

test('an image of another size, and a class of one part only, are named', async (t) => {
  const folder = temporaryFolder(t);
  cpSync(join(OWN, 'pictures'), folder, { recursive: true });
  const { PNG } = await import('pngjs');
  const other = new PNG({ width: 6, height: 4 });
  other.data.fill(255);
  writeFileSync(join(folder, 'test', 'ring', '0.png'), PNG.sync.write(other));
  await t.throwsAsync(load(folder), {
    instanceOf: DataError,
    message: /test.ring.0\.png: 4 × 6 pixels, train\/disc\/0\.png has 4 × 5; give all images one size/,
  });
  rmSync(join(folder, 'test', 'ring'), { recursive: true });
  await t.throwsAsync(load(folder), { message: /class "ring" is in one of train and test only/ });
});
