import test from 'ava';
import { addEvents, dropEvents } from '../../../src/data/events/event-noise.js';
import { emptyStream, firstStepBack, type EventStream } from '../../../src/data/events/events.js';
import { SettingsError } from '../../../src/errors.js';

/** A recording whose events differ all: x, y and p go round, t counts from −500 in steps of 3. */
function recording(count: number): EventStream {
  const events = emptyStream(16, 8, count);
  for (let i = 0; i < count; i++) {
    events.x[i] = i % 16;
    events.y[i] = (i >> 4) % 8;
    events.p[i] = i % 2;
    events.t[i] = -500 + 3 * i;
  }
  return events;
}

const rows = ({ x, y, t, p, count }: EventStream): string[] =>
  Array.from({ length: count }, (_, i) => `${x[i]} ${y[i]} ${t[i]} ${p[i]}`);
const draw = { seed: 1, index: 0 };

test('dropEvents keeps a part in order: a share 1 − p (within 5 σ), all at 0, none at 1', (t) => {
  const events = recording(10_000);
  const kept = dropEvents(events, 0.3, draw);
  t.true(Math.abs(kept.count - 7000) < 5 * Math.sqrt(10_000 * 0.3 * 0.7), `${kept.count}`);
  const all = rows(events);
  let at = -1;
  for (const row of rows(kept)) {
    at = all.indexOf(row, at + 1);
    if (at < 0) break;
  }
  t.true(at >= 0, 'every kept event is a recorded one, in order');
  t.deepEqual(rows(dropEvents(events, 0, draw)), all);
  t.is(dropEvents(events, 1, draw).count, 0);
});

test('addEvents adds round(rate · count) events in order of time and keeps the recorded ones in order', (t) => {
  const events = recording(5000);
  const more = addEvents(events, 0.25, draw);
  t.is(more.count, 6250);
  t.is(firstStepBack(more), -1);
  const all = rows(more);
  let at = -1;
  for (const row of rows(events)) at = all.indexOf(row, at + 1);
  t.true(at >= 0);
  t.is(Math.min(...more.t), -500);
  t.is(Math.max(...more.t), -500 + 3 * 4999);
  t.deepEqual(rows(addEvents(events, 0, draw)), rows(events));
});

test('added events are spread over pixels, polarities and time (each within 5 σ)', (t) => {
  const events = emptyStream(4, 2, 2);
  events.t[1] = 1_000_000;
  const added = addEvents(events, 4000, draw);
  const n = 8000;
  const pixels = new Array<number>(8).fill(0);
  let on = 0;
  let early = 0;
  for (let i = 0; i < added.count; i++) {
    pixels[added.y[i] * 4 + added.x[i]]++;
    on += added.p[i];
    if (added.t[i] < 500_000) early++;
  }
  for (const count of pixels) t.true(Math.abs(count - n / 8) < 5 * Math.sqrt((n * 7) / 64) + 2, `${count}`);
  for (const count of [on, early]) t.true(Math.abs(count - n / 2) < 5 * Math.sqrt(n / 4) + 2, `${count}`);
});

test('a recording that steps back in time keeps its order, and an empty one stays empty', (t) => {
  const events = recording(3);
  events.t.set([100, 50, 200]);
  const more = addEvents(events, 2, draw);
  t.is(more.count, 9);
  const times = [...more.t];
  t.true(times.indexOf(100) < times.indexOf(50) && times.indexOf(50) < times.lastIndexOf(200));
  t.is(addEvents(emptyStream(4, 4, 0), 10, draw).count, 0);
  t.is(dropEvents(emptyStream(4, 4, 0), 0.5, draw).count, 0);
});

test('event noise is pinned: which of 50 events are kept at 0.9, and which five are added at 0.1', (t) => {
  const events = recording(50);
  const noise = { seed: 3, index: 2 };
  t.deepEqual([...dropEvents(events, 0.9, noise).t], [-476, -434, -395, -389]);
  const recorded = new Set(rows(events));
  t.deepEqual(
    rows(addEvents(events, 0.1, noise)).filter((row) => !recorded.has(row)),
    ['11 6 -482 0', '6 3 -467 1', '11 3 -448 0', '4 6 -435 0', '10 0 -407 1'],
  );
});

test('event noise is a function of seed, level and index', (t) => {
  const events = recording(200);
  for (const noise of [dropEvents, addEvents]) {
    const made = (level: number, seed: number, index: number): string =>
      rows(noise(events, level, { seed, index })).join();
    t.is(made(0.3, 1, 0), made(0.3, 1, 0));
    t.is(new Set([made(0.3, 1, 0), made(0.3, 2, 0), made(0.3, 1, 1), made(0.31, 1, 0)]).size, 4);
  }
});

test('probabilities and rates out of range are refused', (t) => {
  const events = recording(3);
  for (const probability of [-0.1, 1.1, NaN])
    t.throws(() => dropEvents(events, probability, draw), {
      instanceOf: SettingsError,
      message: /dropEvents: probability must be in \[0, 1\], got/,
    });
  for (const rate of [-1, NaN, Infinity])
    t.throws(() => addEvents(events, rate, draw), {
      instanceOf: SettingsError,
      message: /addEvents: rate must be a number ≥ 0, got/,
    });
});
