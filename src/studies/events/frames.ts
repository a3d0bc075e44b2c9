// Frames of a recording as pictures, and the pipelines that make them.
import type { EventStream } from '../../data/events/events.js';
import { framer, PIPELINES, type PipelineName } from '../../data/events/pipelines.js';
import { colourEvents } from '../../display/examples.js';
import type { Picture } from '../../figures/images.js';

/** Frames of a recording under one pipeline as pictures: OFF blue, ON orange, on white. */
export function framePictures(
  stream: EventStream,
  pipeline: PipelineName,
  frames: number,
  side = 48,
): Picture[] {
  const bytes = framer(pipeline, frames, side)(stream);
  const size = side * side * 2;
  return Array.from({ length: frames }, (_, t) => ({
    width: side,
    height: side,
    channels: 3,
    pixels: colourEvents(bytes.subarray(t * size, (t + 1) * size)),
    caption: `${pipeline}, t = ${t + 1}`,
  }));
}

/** The pipelines in a table: how each goes from events to frames. */
export const pipelineRows = (): { pipeline: string; split: string; pixel: string; resize: string }[] =>
  Object.entries(PIPELINES).map(([pipeline, { split, pixel, resize }]) => ({
    pipeline,
    split,
    pixel,
    resize,
  }));
