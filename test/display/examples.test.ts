import test from 'ava';
import type { Dataset } from '../../src/data/dataset.js';
import { examplePictures } from '../../src/display/examples.js';
import { SettingsError } from '../../src/errors.js';

const part = (data: number[], labels: number[]): Dataset['train'] => ({
  data: Uint8Array.from(data),
  labels: Uint8Array.from(labels),
  count: labels.length,
});
const base = { classes: ['cat', 'dog'], fingerprint: '', description: '' };
const images: Dataset = {
  ...base,
  name: 'shapes10',
  kind: 'images',
  shape: [1, 2, 3],
  train: part([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12], [1, 0]),
  test: part([9, 9, 9, 9, 9, 9], [0]),
};
const frames: Dataset = {
  ...base,
  name: 'shapes10-dvs',
  kind: 'frames',
  shape: [1, 2, 2],
  frames: 2,
  train: part([0, 0, 0, 0, 255, 0, 0, 255], [1]),
  test: part([], []),
};

test('examplePictures: bytes of the examples asked for, captioned with their class', (t) => {
  const pictures = examplePictures(images, [1, 0]);
  t.deepEqual(
    pictures.map(({ pixels }) => [...(pixels as Uint8Array)]),
    [
      [7, 8, 9, 10, 11, 12],
      [1, 2, 3, 4, 5, 6],
    ],
  );
  t.deepEqual(
    pictures.map(({ caption }) => caption),
    ['cat', 'dog'],
  );
  t.like(examplePictures(images, [0], { part: 'test', caption: (i, name) => `${i} ${name}` })[0], {
    width: 2,
    height: 1,
    channels: 3,
    caption: '0 cat',
  });
});

test('examplePictures: event frames are white, OFF blue, ON vermilion', (t) => {
  const [quiet] = examplePictures(frames, [0]);
  t.deepEqual([...(quiet.pixels as Uint8Array)], [255, 255, 255, 255, 255, 255]);
  const [busy] = examplePictures(frames, [0], { frame: 1 });
  t.deepEqual([...(busy.pixels as Uint8Array)], [0x00, 0x72, 0xb2, 0xd5, 0x5e, 0x00]);
});

test('examplePictures: a frame of a later example is that example’s own', (t) => {
  const two = {
    ...frames,
    train: part([0, 0, 0, 0, 255, 0, 0, 255, 0, 255, 255, 0, 0, 255, 0, 255], [1, 0]),
  };
  const [first] = examplePictures(two, [1]);
  t.deepEqual([...(first.pixels as Uint8Array)], [0xd5, 0x5e, 0x00, 0x00, 0x72, 0xb2]);
  const [second] = examplePictures(two, [1], { frame: 1 });
  t.deepEqual([...(second.pixels as Uint8Array)], [0xd5, 0x5e, 0x00, 0xd5, 0x5e, 0x00]);
  t.is(second.caption, 'cat');
});

test('examplePictures: examples and frames that do not exist are refused', (t) => {
  t.throws(() => examplePictures(images, [2]), {
    instanceOf: SettingsError,
    message: /train part of shapes10 has examples 0 … 1, got 2/,
  });
  t.throws(() => examplePictures(frames, [0], { frame: 2 }), {
    instanceOf: SettingsError,
    message: /frame must be 0 … 1, got 2/,
  });
});
