// How a recording is cut: of eight events, six in the first two milliseconds.
import test from 'ava';
import { emptyStream, type EventStream } from '../../../src/data/events/events.js';
import {
  binningFigure,
  binnings,
  eventRateFigure,
  sinceStart,
} from '../../../src/studies/events/frame-cuts.js';
import { axisTitles, drawn, notes } from '../../helpers/drawn.js';
import { isAsKept } from '../../helpers/whole-figure.js';

function sample(): EventStream {
  const stream = emptyStream(4, 4, 8);
  stream.t.set([1000, 1200, 1400, 1600, 2000, 2400, 5000, 9000]); // µs
  return stream;
}
const list = binnings(sample(), 2);

test('sinceStart: milliseconds since the first event', (t) => {
  t.deepEqual(
    [0, 1, 7].map((event) => sinceStart(sample(), event)),
    [0, 0.2, 8],
  );
});

test('binnings: events and durations of frames of equal count and of equal duration', (t) => {
  t.deepEqual(list, [
    // Four events each: 0 to 1 ms (the next frame's first event), 1 to 8 ms. Of 4 ms each: six at first, two from 4 ms on.
    { frame: 1, countMilliseconds: 1, countEvents: 4, durationMilliseconds: 4, durationEvents: 6 },
    { frame: 2, countMilliseconds: 7, countEvents: 4, durationMilliseconds: 4, durationEvents: 2 },
  ]);
});

test('binningFigure: events left, durations right; equal count blue, equal duration orange', (t) => {
  const figure = binningFigure(list);
  isAsKept(t, 'events/binning', figure);
  const x = [1, 2];
  const [byCount, byDuration] = [
    'equal event count (TET, SpikingJelly number)',
    'equal duration (SpikingJelly time)',
  ];
  t.deepEqual(drawn(figure), [
    { name: byCount, x, y: [4, 4], colour: 0 },
    { name: byCount, x, y: [1, 7], colour: 0, plot: 2 },
    { name: byDuration, x, y: [6, 2], colour: 1 },
    { name: byDuration, x, y: [4, 4], colour: 1, plot: 2 },
  ]);
  t.deepEqual(notes(figure), ['events of a frame', 'duration of a frame']);
  t.deepEqual(axisTitles(figure), {
    ...{ xaxis: 'frame', yaxis: 'events' },
    ...{ xaxis2: 'frame', yaxis2: 'duration (ms)' },
  });
});

test('eventRateFigure: events a millisecond at the middle of each bin, and where both ways cut', (t) => {
  const figure = eventRateFigure(sample(), 2, 4);
  isAsKept(t, 'events/event-rate', figure);
  // Bins of 2 ms: 0, 0.2, 0.4, 0.6, 1, 1.4 | – | 4 | 8 (the last event belongs to the last bin).
  t.deepEqual(drawn(figure), [
    { name: 'events a millisecond', x: [1, 3, 5, 7], y: [3, 0, 0.5, 0.5], colour: 6 },
    { name: 'cuts of equal event count', x: [1, 1, null], y: [0, 3, null], colour: 0 },
    { name: 'cuts of equal duration', x: [4, 4, null], y: [0, 3, null], colour: 1 },
  ]);
  t.deepEqual(axisTitles(figure), { xaxis: 'time (ms)', yaxis: 'events (per ms)' });
});
