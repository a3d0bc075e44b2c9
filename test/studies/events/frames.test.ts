// Frames of a recording as pictures, and the pipelines in a table.
import test from 'ava';
import { emptyStream } from '../../../src/data/events/events.js';
import { framePictures, pipelineRows } from '../../../src/studies/events/frames.js';

test('framePictures: OFF blue, ON orange, white where nothing happened, a picture for each step', (t) => {
  const stream = emptyStream(8, 8, 4);
  stream.x.set([1, 1, 6, 6]);
  stream.y.set([2, 2, 3, 3]);
  stream.t.set([0, 10, 20, 30]);
  stream.p.set([0, 0, 1, 1]);
  const pictures = framePictures(stream, 'tet-plain', 2, 8);
  t.deepEqual(
    pictures.map(({ width, height, channels, caption }) => [width, height, channels, caption]),
    [
      [8, 8, 3, 'tet-plain, t = 1'],
      [8, 8, 3, 'tet-plain, t = 2'],
    ],
  );
  const coloured = pictures.map(({ pixels }) =>
    Array.from({ length: 64 }, (_, i) => [i, ...Array.from(pixels).slice(3 * i, 3 * i + 3)]).filter(
      ([, ...rgb]) => rgb.some((value) => value < 255),
    ),
  );
  // Each frame's one pixel has its events' full strength: row 2, column 1 and row 3, column 6.
  t.deepEqual(coloured, [[[17, 0x00, 0x72, 0xb2]], [[30, 0xd5, 0x5e, 0x00]]]);
});

test('pipelineRows: how each pipeline goes from events to frames', (t) => {
  t.deepEqual(pipelineRows(), [
    { pipeline: 'tet', split: 'count', pixel: 'count', resize: 'grey and alpha' },
    { pipeline: 'tet-plain', split: 'count', pixel: 'count', resize: 'planes' },
    {
      pipeline: 'tet-script',
      split: 'count, remainder dropped',
      pixel: 'occupancy',
      resize: 'grey and alpha',
    },
    { pipeline: 'duration', split: 'duration', pixel: 'count', resize: 'planes' },
  ]);
});
