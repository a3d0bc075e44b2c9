// A recording as a cloud and as projections: every event at its place, OFF blue, ON orange, y upwards.
import test from 'ava';
import { emptyStream, type EventStream } from '../../../src/data/events/events.js';
import { eventCloud, eventProjections } from '../../../src/studies/events/cloud.js';
import { axisTitles, drawn } from '../../helpers/drawn.js';
import { isAsKept } from '../../helpers/whole-figure.js';

/** Four events on 10 × 20 pixels (height 10): polarities 0, 1, 1, 0. */
function sample(): EventStream {
  const stream = emptyStream(20, 10, 4);
  stream.x.set([1, 2, 3, 4]);
  stream.y.set([0, 9, 5, 6]);
  stream.t.set([500, 1500, 2500, 4750]); // µs
  stream.p.set([0, 1, 1, 0]);
  return stream;
}

test('eventCloud: time in ms since the first event, x, and height from below', (t) => {
  const figure = eventCloud(sample(), 4);
  isAsKept(t, 'events/cloud', figure);
  t.deepEqual(
    figure.data.map(({ name, x, y, z, marker }) => [name, x, y, z, (marker as { color: string }).color]),
    [
      ['OFF, darker', [0, 4.25], [1, 4], [9, 3], '#0072B2'],
      ['ON, brighter', [1, 2], [2, 3], [0, 4], '#D55E00'],
    ],
  );
  const { scene, title } = figure.layout as {
    scene: Record<string, { title: { text: string } }>;
    title: { text: string };
  };
  t.deepEqual(
    ['xaxis', 'yaxis', 'zaxis'].map((name) => scene[name].title.text),
    ['time (ms)', 'x (pixels)', 'height (pixels)'],
  );
  t.is(title.text, '4 events in x, y and time');
});

test('eventProjections: x over time left, height over time right', (t) => {
  const figure = eventProjections(sample(), 4);
  isAsKept(t, 'events/projections', figure);
  t.deepEqual(drawn(figure), [
    { name: 'OFF, darker', x: [0, 4.25], y: [1, 4], colour: 0 },
    { name: 'OFF, darker', x: [0, 4.25], y: [9, 3], colour: 0, plot: 2 },
    { name: 'ON, brighter', x: [1, 2], y: [2, 3], colour: 1 },
    { name: 'ON, brighter', x: [1, 2], y: [0, 4], colour: 1, plot: 2 },
  ]);
  t.deepEqual(axisTitles(figure), {
    ...{ xaxis: 'time (ms)', yaxis: 'x (pixels)' },
    ...{ xaxis2: 'time (ms)', yaxis2: 'height (pixels)' },
  });
});

test('cloud and projections: every n-th event where there is no room for all', (t) => {
  t.deepEqual(
    eventCloud(sample(), 2).data.map(({ x }) => x),
    [[0], [2]],
  );
  t.deepEqual(
    eventProjections(sample(), 3).data.map(({ x }) => x),
    [[0], [0], [2], [2]],
  );
});
