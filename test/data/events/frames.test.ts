// Events to frames: the boundaries by hand, every event in exactly one frame, counts and bytes.
import test from 'ava';
import fc from 'fast-check';
import { emptyStream, type EventStream } from '../../../src/data/events/events.js';
import { countEvents, frameBytes, splitByCount, splitByDuration } from '../../../src/data/events/frames.js';
import { SettingsError } from '../../../src/errors.js';
import { randomEvents } from '../../helpers/events.js';

const at = (...times: number[]): EventStream => ({
  ...emptyStream(4, 4, times.length),
  t: Int32Array.from(times),
});

test('splitByCount: ⌊N/T⌋ events a frame, the remainder in the last one or dropped', (t) => {
  t.deepEqual([...splitByCount(23, 5)], [0, 4, 8, 12, 16, 23]);
  t.deepEqual([...splitByCount(23, 5, 'drop')], [0, 4, 8, 12, 16, 20]);
  t.deepEqual([...splitByCount(20, 5)], [...splitByCount(20, 5, 'drop')]);
  t.deepEqual([...splitByCount(3, 5)], [0, 0, 0, 0, 0, 3]);
  t.deepEqual([...splitByCount(0, 2)], [0, 0, 0]);
});

test('splitByDuration: half-open frames of ⌊span/T⌋ µs, the last one to the end', (t) => {
  // Span 31, d = 10: edges at 100, 110, 120; the last frame runs to 131.
  t.deepEqual([...splitByDuration(at(100, 109, 110, 110, 119, 120, 130, 131), 3)], [0, 2, 5, 8]);
  t.deepEqual([...splitByDuration(at(-20, -11, -10, 10), 3)], [0, 2, 3, 4], 'negative times; a frame each');
  t.deepEqual([...splitByDuration(at(0, 1, 2, 90), 3)], [0, 3, 3, 4], 'a frame without events is empty');
  t.deepEqual([...splitByDuration(at(5, 5, 6), 3)], [0, 0, 0, 3], 'shorter than T µs: all in the last frame');
  t.deepEqual([...splitByDuration(at(), 2)], [0, 0, 0]);
  t.deepEqual(
    [...splitByDuration(at(-2147483648, 2147483647), 2)],
    [0, 1, 2],
    'the widest span does not overflow',
  );
});

test('every event lands in exactly one frame, by count and by duration (property, 500 streams)', (t) => {
  const streams = fc.record({
    seed: fc.nat(1e6),
    count: fc.nat(300),
    start: fc.integer({ min: -1e6, max: 1e6 }),
    longestGap: fc.constantFrom(0, 1, 50, 100_000),
    frames: fc.integer({ min: 1, max: 40 }),
  });
  fc.assert(
    fc.property(streams, ({ seed, count, frames, ...shape }) => {
      const stream = randomEvents(seed, count, { width: 16, height: 12, ...shape });
      for (const bounds of [splitByCount(count, frames), splitByDuration(stream, frames)]) {
        t.is(bounds.length, frames + 1);
        t.is(bounds[0], 0);
        t.is(bounds[frames], count);
        for (let i = 0; i < frames; i++) t.true(bounds[i] <= bounds[i + 1]);
        // What is in the frames is the stream, polarity by polarity and pixel by pixel.
        const whole = countEvents(stream, Int32Array.of(0, count));
        const counts = countEvents(stream, bounds);
        for (let i = 0; i < whole.length; i++) {
          let sum = 0;
          for (let frame = 0; frame < frames; frame++) sum += counts[frame * whole.length + i];
          if (sum !== whole[i]) t.fail(`pixel ${i}: ${sum} of ${whole[i]} events`);
        }
      }
    }),
    { numRuns: 500, seed: 1 },
  );
});

test('splitByDuration: an event is in the frame of its time (property, 200 streams)', (t) => {
  fc.assert(
    fc.property(fc.nat(1e6), fc.integer({ min: 1, max: 20 }), (seed, frames) => {
      const { t: times, ...rest } = randomEvents(seed, 200, { start: -3000, longestGap: 90 });
      const bounds = splitByDuration({ t: times, ...rest }, frames);
      const duration = Math.floor((times[199] - times[0]) / frames);
      for (let frame = 0; frame < frames; frame++)
        for (let i = bounds[frame]; i < bounds[frame + 1]; i++)
          t.is(Math.min(Math.floor((times[i] - times[0]) / duration), frames - 1), frame);
    }),
    { numRuns: 200, seed: 2 },
  );
});

test('countEvents: [T, 2, H, W], polarity 0 = OFF first, rows of width pixels', (t) => {
  const stream: EventStream = {
    ...emptyStream(3, 2, 4),
    x: Uint8Array.of(2, 2, 0, 1),
    y: Uint8Array.of(1, 1, 0, 0),
    p: Uint8Array.of(1, 1, 0, 1),
  };
  const counts = countEvents(stream, Int32Array.of(0, 3, 4));
  t.deepEqual([...counts.subarray(0, 12)], [1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 2]);
  t.deepEqual([...counts.subarray(12)], [0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0]);
});

test('frameBytes: ⌊255·k/max⌋ for all k ≤ max ≤ 600; black without events', (t) => {
  t.deepEqual([...frameBytes(Uint32Array.of(0, 1, 2, 3))], [0, 85, 170, 255]);
  t.deepEqual([...frameBytes(Uint32Array.of(7, 20, 0, 1))], [89, 255, 0, 12]);
  t.deepEqual([...frameBytes(new Uint32Array(4))], [0, 0, 0, 0]);
  for (let most = 1; most <= 600; most++) {
    const bytes = frameBytes(Uint32Array.from({ length: most + 1 }, (_, k) => k));
    for (let k = 0; k <= most; k++) if (bytes[k] !== Math.floor((255 * k) / most)) t.fail(`${k}/${most}`);
  }
});

test('frames must be a positive integer, and time must not decrease for frames of equal duration', (t) => {
  for (const frames of [0, -1, 1.5, NaN]) {
    t.throws(() => splitByCount(10, frames), {
      instanceOf: SettingsError,
      message: /frames must be a positive/,
    });
    t.throws(() => splitByDuration(at(1), frames), { instanceOf: SettingsError, message: /frames must be/ });
  }
  t.throws(() => splitByDuration(at(5, 4), 2), {
    instanceOf: SettingsError,
    message: /got 4 µs after 5 at event 1/,
  });
});
