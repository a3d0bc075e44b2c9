// From events to frames: which events belong to which frame, how many fired at each pixel, and that as bytes.
import { SettingsError } from '../../errors.js';
import { firstStepBack, type EventStream } from './events.js';

/**
 * The boundaries of frames of equal event count: frame i holds the events `bounds[i]` to `bounds[i + 1] − 1`, in
 * the order of the file.
 *
 * Every frame has `⌊count/frames⌋` events; the remainder (fewer than `frames` events) goes to the last frame, as in
 * SpikingJelly (`split_by='number'`), or is left out, as in TET's script. With fewer events than frames all but the
 * last are empty.
 *
 * @param count - how many events
 * @param frames - how many frames, ≥ 1
 * @param remainder - `last` (default): every event lands in exactly one frame; `drop`
 * @returns `[frames + 1]`
 * @throws SettingsError when `frames` is not a positive integer
 */
export function splitByCount(count: number, frames: number, remainder: 'last' | 'drop' = 'last'): Int32Array {
  checkFrames('splitByCount', frames);
  const share = Math.floor(count / frames);
  const bounds = Int32Array.from({ length: frames + 1 }, (_, i) => i * share);
  if (remainder === 'last') bounds[frames] = count;
  return bounds;
}

/**
 * The boundaries of frames of equal duration. With `d = ⌊(t_last − t_first)/frames⌋`, frame i holds the events with
 * `t_first + i·d ≤ t < t_first + (i + 1)·d`; the last one also holds those up to the end. This is SpikingJelly's
 * `split_by='time'`, except that a frame without events is empty here and an error there.
 *
 * @param stream - events whose time never decreases
 * @param frames - how many frames, ≥ 1
 * @returns `[frames + 1]`: every event lands in exactly one frame
 * @throws SettingsError when `frames` is not a positive integer or time steps back
 */
export function splitByDuration(stream: EventStream, frames: number): Int32Array {
  checkFrames('splitByDuration', frames);
  const { t, count } = stream;
  const back = firstStepBack(stream);
  if (back >= 0)
    throw new SettingsError(
      `splitByDuration: time must not decrease, got ${t[back]} µs after ${t[back - 1]} at event ${back}; ` +
        'use frames of equal count',
    );
  const bounds = new Int32Array(frames + 1);
  bounds[frames] = count;
  if (count === 0) return bounds;
  const duration = Math.floor((t[count - 1] - t[0]) / frames);
  for (let frame = 1, event = 0; frame < frames; frame++) {
    while (event < count && t[event] < t[0] + frame * duration) event++;
    bounds[frame] = event;
  }
  return bounds;
}

/**
 * Counts the events of each frame, polarity and pixel.
 *
 * @param stream - N events
 * @param bounds - `[T + 1]`, from {@link splitByCount} or {@link splitByDuration}
 * @returns `[T, 2, H, W]`, polarity 0 = OFF, 1 = ON; the sum is the number of events within the bounds
 */
export function countEvents({ width, height, x, y, p }: EventStream, bounds: Int32Array): Uint32Array {
  const plane = width * height;
  const frames = bounds.length - 1;
  const counts = new Uint32Array(frames * 2 * plane);
  for (let frame = 0; frame < frames; frame++)
    for (let i = bounds[frame]; i < bounds[frame + 1]; i++)
      counts[(frame * 2 + p[i]) * plane + y[i] * width + x[i]]++;
  return counts;
}

/**
 * One frame as bytes: counts divided by the largest count of the frame (both polarities), times 255, cut to an integer;
 * a frame without events is black.
 *
 * Computed in single precision, as a float32 tensor goes through torchvision's ToPILImage; for counts up to 6,000 that
 * is `⌊255·k/max⌋` (all pairs tried).
 *
 * @param counts - `[2, H, W]`
 * @returns as many bytes
 */
export function frameBytes(counts: Uint32Array): Uint8Array {
  let most = 0;
  for (let i = 0; i < counts.length; i++) if (counts[i] > most) most = counts[i];
  const bytes = new Uint8Array(counts.length);
  if (most === 0) return bytes;
  const byteOf = Uint8Array.from({ length: most + 1 }, (_, count) =>
    Math.trunc(Math.fround(Math.fround(count / most) * 255)),
  );
  for (let i = 0; i < counts.length; i++) bytes[i] = byteOf[counts[i]];
  return bytes;
}

function checkFrames(name: string, frames: number): void {
  if (!Number.isInteger(frames) || frames < 1)
    throw new SettingsError(`${name}: frames must be a positive integer, got ${frames}; use for instance 10`);
}
