// Noise for robustness on event recordings: events that get lost, and events that nothing in the scene caused.
import { SettingsError } from '../../errors.js';
import { stream } from '../../random.js';
import { emptyStream, type EventStream } from './events.js';

/** Identity of the draw: noise on a recording is a function of seed, kind of noise, level and the recording's index. */
export interface EventNoise {
  seed: number;
  /** The recording's index in its part of the data set. */
  index: number;
}

/**
 * Drops each event with a probability, independently.
 *
 * @param probability - in [0, 1]; 0 keeps all
 * @returns a new recording, order and times kept
 * @throws SettingsError when the probability is out of range
 */
export function dropEvents(
  events: EventStream,
  probability: number,
  { seed, index }: EventNoise,
): EventStream {
  if (!(probability >= 0 && probability <= 1))
    throw new SettingsError(`dropEvents: probability must be in [0, 1], got ${probability}`);
  const random = stream(seed, 'noise', 'event-drop', probability, index);
  const kept: number[] = [];
  for (let i = 0; i < events.count; i++) if (!random.chance(probability)) kept.push(i);
  const result = emptyStream(events.width, events.height, kept.length);
  kept.forEach((from, to) => copyEvent(events, from, result, to));
  return result;
}

/**
 * Adds random events: pixel and polarity uniform, time uniform between the recording's first and last event. Their
 * number is `round(rate · count)`; an empty recording stays empty.
 *
 * @param rate - added events by recorded event, ≥ 0; 0.1 adds a tenth
 * @returns a new recording in order of time, an added event after a recorded one of the same microsecond
 * @throws SettingsError when the rate is negative or not finite
 */
export function addEvents(events: EventStream, rate: number, { seed, index }: EventNoise): EventStream {
  if (!(rate >= 0 && rate < Infinity))
    throw new SettingsError(`addEvents: rate must be a number ≥ 0, got ${rate}; 0.1 adds a tenth`);
  const { width, height, count } = events;
  const random = stream(seed, 'noise', 'event-add', rate, index);
  const { first, last } = timeSpan(events);
  const times = Int32Array.from({ length: Math.round(rate * count) }, () =>
    random.integer(first, last),
  ).sort();
  const result = emptyStream(width, height, count + times.length);
  let recorded = 0;
  let added = 0;
  for (let to = 0; to < result.count; to++) {
    if (recorded < count && (added === times.length || events.t[recorded] <= times[added])) {
      copyEvent(events, recorded++, result, to);
    } else {
      result.x[to] = random.integer(0, width - 1);
      result.y[to] = random.integer(0, height - 1);
      result.p[to] = random.integer(0, 1);
      result.t[to] = times[added++];
    }
  }
  return result;
}

/** Earliest and latest time; looked for, because a reader may have kept a recording that steps back. */
function timeSpan({ t, count }: EventStream): { first: number; last: number } {
  let first = t[0];
  let last = t[0];
  for (let i = 1; i < count; i++) {
    if (t[i] < first) first = t[i];
    if (t[i] > last) last = t[i];
  }
  return { first, last };
}

function copyEvent(from: EventStream, i: number, to: EventStream, k: number): void {
  to.x[k] = from.x[i];
  to.y[k] = from.y[i];
  to.t[k] = from.t[i];
  to.p[k] = from.p[i];
}
