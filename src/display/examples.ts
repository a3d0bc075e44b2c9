// Examples of a data set as pictures: images as they are, event frames in two colours on white.
import type { Dataset } from '../data/dataset.js';
import { SettingsError } from '../errors.js';
import type { Picture } from '../figures/images.js';

/** Choice and look of the examples. */
export interface ExampleSettings {
  /** Default `train`. */
  part?: 'train' | 'test';
  /** Event data: which frame, 0 … frames − 1; default 0. */
  frame?: number;
  /** Text below each; default the class name. */
  caption?: (index: number, className: string) => string;
}

/** Colours of OFF and ON events (blue and vermilion: told apart with any colour vision). */
const POLARITY_COLOURS = [
  [0x00, 0x72, 0xb2],
  [0xd5, 0x5e, 0x00],
];

/**
 * Pictures of examples, for `showImages`.
 *
 * @param dataset - images, or event frames (OFF blue, ON vermilion, white where nothing happened)
 * @param indices - places in the part, 0 … count − 1
 * @param settings - `part`: default `train`; `frame`: which frame of event data, default 0; `caption`: default the class
 *   name
 * @returns a picture for each index, `[H, W, 1 or 3]`; give them to `showImages` or `imageGrid`
 * @throws SettingsError when an index or the frame does not exist
 */
export function examplePictures(
  dataset: Dataset,
  indices: Iterable<number>,
  { part = 'train', frame = 0, caption = (_, className) => className }: ExampleSettings = {},
): Picture[] {
  const examples = dataset[part];
  const [height, width, channels] = dataset.shape;
  const frames = dataset.frames ?? 1;
  if (!Number.isInteger(frame) || frame < 0 || frame >= frames)
    throw new SettingsError(`examplePictures: frame must be 0 … ${frames - 1}, got ${frame}`);
  const size = height * width * channels;
  return Array.from(indices, (index) => {
    if (!Number.isInteger(index) || index < 0 || index >= examples.count)
      throw new SettingsError(
        `examplePictures: the ${part} part of ${dataset.name} has examples 0 … ${examples.count - 1}, got ${index}`,
      );
    const start = (index * frames + frame) * size;
    const bytes = examples.data.subarray(start, start + size);
    const text = caption(index, dataset.classes[examples.labels[index]]);
    return channels === 2
      ? { width, height, channels: 3, pixels: colourEvents(bytes), caption: text }
      : { width, height, channels: channels as 1 | 3, pixels: bytes, caption: text };
  });
}

/** A frame of event strengths `[H, W, 2]` as RGB `[H, W, 3]`: white, drawn towards each polarity's colour. */
export function colourEvents(bytes: Uint8Array): Uint8Array {
  const rgb = new Uint8Array((bytes.length / 2) * 3);
  for (let pixel = 0; pixel < bytes.length / 2; pixel++)
    for (let c = 0; c < 3; c++) {
      const [off, on] = POLARITY_COLOURS.map(
        (colour, polarity) => ((255 - colour[c]) * bytes[2 * pixel + polarity]) / 255,
      );
      rgb[3 * pixel + c] = Math.max(0, Math.round(255 - off - on));
    }
  return rgb;
}
