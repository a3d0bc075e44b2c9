// Event recordings: no event is lost between stream and figure.
import test from 'ava';
import { emptyStream, type EventStream } from '../../src/data/events/events.js';
import { binningFigure, binnings, eventRateFigure } from '../../src/studies/events/frame-cuts.js';
import { eventCloud, eventProjections } from '../../src/studies/events/cloud.js';
import { framePictures, pipelineRows } from '../../src/studies/events/frames.js';

/** 1,000 events, more of them early: one a pixel of a diagonal, polarities in turn. */
function sample(): EventStream {
  const stream = emptyStream(128, 128, 1000);
  for (let i = 0; i < 1000; i++) {
    stream.x[i] = i % 128;
    stream.y[i] = (i * 3) % 128;
    stream.t[i] = 500 + i * i; // µs
    stream.p[i] = i % 2;
  }
  return stream;
}

test('cloud and projections show every event when there is room, every n-th when there is not, y upwards', (t) => {
  const stream = sample();
  const all = eventCloud(stream, 1000).data as unknown as { x: number[]; y: number[]; z: number[] }[];
  t.is(all[0].x.length + all[1].x.length, 1000);
  t.deepEqual([all[1].x[0], all[1].y[0], all[1].z[0]], [0, 1, 124]);
  const few = eventProjections(stream, 100).data as unknown as { x: number[] }[];
  t.is(few.length, 4);
  t.is(few[0].x.length + few[2].x.length, 100);
});

test('binnings: every event is in one frame of each cut; counts are equal, durations are equal within 1 %', (t) => {
  const list = binnings(sample(), 4);
  t.deepEqual(
    list.map(({ countEvents }) => countEvents),
    [250, 250, 250, 250],
  );
  t.is(
    list.reduce((sum, { durationEvents }) => sum + durationEvents, 0),
    1000,
  );
  t.true(list[0].durationEvents > list[3].durationEvents);
  for (const { durationMilliseconds } of list)
    t.true(Math.abs(durationMilliseconds / (998.001 / 4) - 1) < 0.01);
  t.is(binningFigure(list).data.length, 4);
});

test('eventRateFigure: the area under the rate is the number of events', (t) => {
  const [rate] = eventRateFigure(sample(), 4).data as unknown as { x: number[]; y: number[] }[];
  const width = 998 / 100;
  t.true(Math.abs(rate.y.reduce((sum, y) => sum + y * width, 0) - 1000) < 1e-6);
});

test('framePictures: one picture a frame, white where nothing happened; pipelineRows names all pipelines', (t) => {
  const pictures = framePictures(sample(), 'tet-plain', 4, 48);
  t.is(pictures.length, 4);
  for (const { pixels } of pictures) {
    t.is(pixels.length, 48 * 48 * 3);
    const values = Array.from(pixels);
    t.true(values.some((value) => value < 255) && values.every((value) => value >= 0 && value <= 255));
  }
  t.deepEqual(
    pipelineRows().map(({ pipeline }) => pipeline),
    ['tet', 'tet-plain', 'tet-script', 'duration'],
  );
});
