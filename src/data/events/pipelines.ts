// The named ways from a recording to what a network sees: frames of bytes, `[T, side, side, 2]`, OFF then ON.
import { SettingsError } from '../../errors.js';
import type { EventStream } from './events.js';
import { countEvents, frameBytes, splitByCount, splitByDuration } from './frames.js';
import { bilinearResizer, greyAlphaResizer, type Resize } from '../images/resize.js';

/** Settings of a pipeline. All divide each frame by its largest value, keep 8 bits and resize bilinearly. */
export interface Pipeline {
  /** Frames of equal event count (the remainder in the last frame, or dropped) or of equal duration. */
  split: 'count' | 'count, remainder dropped' | 'duration';
  /** What a pixel says of its events: how many, or that there were any. */
  pixel: 'count' | 'occupancy';
  /** Polarities resized one by one, or together as Pillow resizes a grey and an alpha channel. */
  resize: 'planes' | 'grey and alpha';
}

/**
 * The pipelines that can be named in an experiment.
 *
 * `tet`: how TET (Deng et al. 2022) and its descendants see CIFAR10-DVS: 10 frames of equal event count, counts by
 * polarity, and TET's loader to the bit: ToPILImage, Resize, ToTensor of torchvision on a tensor of two channels. Such
 * a tensor becomes an image of mode LA, so **the OFF channel is treated as grey and the ON channel as its
 * transparency**: OFF events count only where ON events are near, and are weighted by them. See {@link greyAlphaResizer}.
 *
 * `tet-plain`: the same without that accident: each polarity is resized alone.
 *
 * `tet-script`: as `tet`, on the frames that TET's published preprocessing script (`preprocess/dvscifar_dataloader.py`)
 * computes. Its NumPy `frames[i, p, x, y] += 1` counts a repeated pixel once, so a frame says only where events were; and
 * up to T − 1 events at the end are dropped. The script's columns run the other way: its frames are the exact mirror
 * image of ours (its training augmentation flips at random).
 *
 * `duration`: as `tet-plain` with frames of equal duration (SpikingJelly's `split_by='time'`).
 */
export const PIPELINES = {
  tet: { split: 'count', pixel: 'count', resize: 'grey and alpha' },
  'tet-plain': { split: 'count', pixel: 'count', resize: 'planes' },
  'tet-script': { split: 'count, remainder dropped', pixel: 'occupancy', resize: 'grey and alpha' },
  duration: { split: 'duration', pixel: 'count', resize: 'planes' },
} as const satisfies Record<string, Pipeline>;

/** One of {@link PIPELINES}. */
export type PipelineName = keyof typeof PIPELINES;

/** The default pipeline of event data. */
export const DEFAULT_PIPELINE = 'tet' satisfies PipelineName;

/**
 * Checks the name of a pipeline.
 *
 * @throws SettingsError naming those there are
 */
export function pipelineName(name: string): PipelineName {
  if (!Object.hasOwn(PIPELINES, name))
    throw new SettingsError(`no pipeline ${JSON.stringify(name)}; use ${Object.keys(PIPELINES).join(', ')}`);
  return name as PipelineName;
}

/**
 * Prepares a pipeline for any number of recordings.
 *
 * @param name - which one
 * @param frames - frames of a recording T, ≥ 1, default 10 (TET)
 * @param side - pixels of a frame, each way, ≥ 1, default 48 (TET)
 * @returns a function from a recording to `[T, side, side, 2]`, channel 0 = OFF, 1 = ON
 * @throws SettingsError when the name, the frames or the side are not such; for `duration`, later, when time steps back
 */
export function framer(name: PipelineName, frames = 10, side = 48): (stream: EventStream) => Uint8Array {
  const { split, pixel, resize }: Pipeline = PIPELINES[pipelineName(name)];
  for (const [what, value] of Object.entries({ frames, side }))
    if (!Number.isInteger(value) || value < 1)
      throw new SettingsError(`framer: ${what} must be a positive integer, got ${value}`);
  let resizer = polarityResizer(resize, { width: 128, height: 128, toWidth: side, toHeight: side });
  let [width, height] = [128, 128];
  return (stream) => {
    if (stream.width !== width || stream.height !== height) {
      ({ width, height } = stream);
      resizer = polarityResizer(resize, { width, height, toWidth: side, toHeight: side });
    }
    const bounds =
      split === 'duration'
        ? splitByDuration(stream, frames)
        : splitByCount(stream.count, frames, split === 'count' ? 'last' : 'drop');
    const counts = countEvents(stream, bounds);
    if (pixel === 'occupancy') for (let i = 0; i < counts.length; i++) if (counts[i] > 1) counts[i] = 1;
    const plane = width * height;
    const result = new Uint8Array(frames * side * side * 2);
    for (let frame = 0, at = 0; frame < frames; frame++) {
      const bytes = frameBytes(counts.subarray(frame * 2 * plane, (frame + 1) * 2 * plane));
      const [off, on] = resizer(bytes.subarray(0, plane), bytes.subarray(plane));
      for (let i = 0; i < off.length; i++) {
        result[at++] = off[i];
        result[at++] = on[i];
      }
    }
    return result;
  };
}

type PolarityResizer = (off: Uint8Array, on: Uint8Array) => [off: Uint8Array, on: Uint8Array];

function polarityResizer(resize: Pipeline['resize'], sizes: Resize): PolarityResizer {
  if (resize === 'grey and alpha') return greyAlphaResizer(sizes);
  const plane = bilinearResizer(sizes);
  return (off, on) => [plane(off), plane(on)];
}
