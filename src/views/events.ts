// An event recording looked at: the cloud of events, its projections for print, frames, and how they are cut.
import type { EventStream } from '../data/events.js';
import { splitByCount, splitByDuration } from '../data/frames.js';
import { framer, PIPELINES, type PipelineName } from '../data/pipelines.js';
import { colourEvents } from '../display/examples.js';
import { axis, colourOf, theme, type Figure, type Trace } from '../figure.js';
import type { Picture } from '../images.js';
import { bars, line, points } from '../traces.js';
import { panels } from './panels.js';

/** Polarities with the colours they have in every figure here. */
const POLARITIES = [
  { name: 'OFF, darker', p: 0, colour: 0 },
  { name: 'ON, brighter', p: 1, colour: 1 },
] as const;

/** Every n-th event, so that at most `most` are left: indices into the stream. */
function thinned({ count }: EventStream, most: number): number[] {
  const every = Math.max(1, Math.ceil(count / most));
  return Array.from({ length: Math.floor((count - 1) / every) + 1 }, (_, i) => i * every);
}

/** Milliseconds since the first event, to a hundredth. */
const sinceStart = ({ t }: EventStream, event: number): number => Math.round((t[event] - t[0]) / 10) / 100;

/** A recording as a cloud in x, time and y; needs a browser with WebGL: print {@link eventProjections}. */
export function eventCloud(stream: EventStream, most = 1500): Figure {
  const chosen = thinned(stream, most);
  const data = POLARITIES.map(({ name, p, colour }): Trace => {
    const here = chosen.filter((event) => stream.p[event] === p);
    return {
      type: 'scatter3d',
      mode: 'markers',
      name,
      x: here.map((event) => sinceStart(stream, event)),
      y: here.map((event) => stream.x[event]),
      z: here.map((event) => stream.height - 1 - stream.y[event]),
      marker: { size: 1.8, color: colourOf(colour), opacity: 0.8 },
      hovertemplate: 't %{x} ms, x %{y}, y %{z}<extra>%{fullData.name}</extra>',
    };
  });
  const title = (text: string): object => ({ title: { text } });
  return {
    data,
    layout: theme({
      title: { text: `${stream.count.toLocaleString('en-US')} events in x, y and time` },
      height: 620,
      margin: { l: 0, r: 0, t: 76, b: 0 },
      legend: { itemsizing: 'constant' },
      scene: {
        xaxis: title('time (ms)'),
        yaxis: title('x (pixels)'),
        zaxis: title('height (pixels)'),
        aspectmode: 'manual',
        aspectratio: { x: 2, y: 1, z: 1 },
        camera: { eye: { x: 1.5, y: -2.3, z: 1 }, center: { x: 0, y: 0, z: -0.15 } },
      },
    }),
  };
}

/** The same events in x–t and y–t, side by side: what print can show. */
export function eventProjections(stream: EventStream, most = 800): Figure {
  const chosen = thinned(stream, most);
  const data = POLARITIES.flatMap(({ name, p, colour }) => {
    const here = chosen.filter((event) => stream.p[event] === p);
    const t = here.map((event) => sinceStart(stream, event));
    return [stream.x, stream.y].map((column, i): Trace => {
      const trace = points({
        name,
        x: t,
        y: here.map((event) => (i === 0 ? column[event] : stream.height - 1 - column[event])),
        colour,
        symbol: 0,
        plot: i + 1,
        inLegend: i === 0,
      });
      return { ...trace, marker: { color: colourOf(colour), size: 3, opacity: 0.7, symbol: 'circle' } };
    });
  });
  const axes = panels(
    [
      { title: 'x–t', xaxis: axis('time', 'ms'), yaxis: axis('x', 'pixels', { range: [0, stream.width] }) },
      {
        title: 'y–t',
        xaxis: axis('time', 'ms'),
        yaxis: axis('height', 'pixels', { range: [0, stream.height] }),
      },
    ],
    { columns: 2, gapX: 0.12 },
  );
  return {
    data,
    layout: theme({
      title: { text: 'Events over time: every line is an edge that moves' },
      width: 920,
      height: 460,
      margin: { t: 104 },
      legend: { itemsizing: 'constant' },
      ...axes,
    }),
  };
}

/** How a recording is cut into T frames: where the cuts are, and how many events each frame gets. */
export interface Binning {
  frame: number;
  /** Frames of equal event count: duration in ms and events. */
  countMilliseconds: number;
  countEvents: number;
  /** Frames of equal duration. */
  durationMilliseconds: number;
  durationEvents: number;
}

/** Cuts a recording both ways. */
export function binnings(stream: EventStream, frames: number): Binning[] {
  const byCount = splitByCount(stream.count, frames);
  const byDuration = splitByDuration(stream, frames);
  const milliseconds = (bounds: Int32Array, i: number): number =>
    bounds[i + 1] > bounds[i]
      ? sinceStart(stream, Math.min(bounds[i + 1], stream.count - 1)) - sinceStart(stream, bounds[i])
      : 0;
  return Array.from({ length: frames }, (_, i) => ({
    frame: i + 1,
    countMilliseconds: milliseconds(byCount, i),
    countEvents: byCount[i + 1] - byCount[i],
    durationMilliseconds: milliseconds(byDuration, i),
    durationEvents: byDuration[i + 1] - byDuration[i],
  }));
}

/** Events and durations of the frames of both cuts. */
export function binningFigure(list: readonly Binning[]): Figure {
  const x = list.map(({ frame }) => frame);
  const cuts = [
    {
      name: 'equal event count (TET, SpikingJelly number)',
      ms: 'countMilliseconds',
      n: 'countEvents',
      colour: 0,
    },
    {
      name: 'equal duration (SpikingJelly time)',
      ms: 'durationMilliseconds',
      n: 'durationEvents',
      colour: 1,
    },
  ] as const;
  const axes = panels(
    [
      {
        title: 'events of a frame',
        xaxis: axis('frame', undefined, { dtick: 1 }),
        yaxis: axis('events', undefined, { rangemode: 'tozero' }),
      },
      {
        title: 'duration of a frame',
        xaxis: axis('frame', undefined, { dtick: 1 }),
        yaxis: axis('duration', 'ms', { rangemode: 'tozero' }),
      },
    ],
    { columns: 2, gapX: 0.12 },
  );
  return {
    data: cuts.flatMap(({ name, ms, n, colour }) => [
      bars({ name, x, y: list.map((row) => row[n]), colour, pattern: colour }),
      bars({ name, x, y: list.map((row) => row[ms]), colour, pattern: colour, plot: 2, inLegend: false }),
    ]),
    layout: theme({
      title: { text: 'Two ways to cut a recording into frames' },
      width: 920,
      height: 420,
      margin: { t: 104 },
      barmode: 'group',
      ...axes,
    }),
  };
}

/** Event rate over the recording, with the cuts of both ways. */
export function eventRateFigure(stream: EventStream, frames: number, bins = 100): Figure {
  const last = sinceStart(stream, stream.count - 1);
  const width = last / bins;
  const counts = new Float64Array(bins);
  for (let i = 0; i < stream.count; i++)
    counts[Math.min(bins - 1, Math.floor(sinceStart(stream, i) / width))] += 1;
  const most = Math.max(...counts) / width;
  const cut = (name: string, bounds: Int32Array, colour: number, dash: number): Trace[] => {
    const inner = [...bounds]
      .slice(1, -1)
      .map((event) => sinceStart(stream, Math.min(event, stream.count - 1)));
    return line({
      name,
      x: inner.flatMap((t) => [t, t, null]),
      y: inner.flatMap(() => [0, most, null]),
      colour,
      dash,
    });
  };
  return {
    data: [
      ...line({
        name: 'events a millisecond',
        x: Array.from(counts, (_, i) => Math.round((i + 0.5) * width * 100) / 100),
        y: Array.from(counts, (n) => n / width),
        colour: 6,
      }),
      ...cut('cuts of equal event count', splitByCount(stream.count, frames), 0, 0),
      ...cut('cuts of equal duration', splitByDuration(stream, frames), 1, 1),
    ],
    layout: theme({
      title: { text: 'Event rate and where frames are cut' },
      height: 400,
      xaxis: axis('time', 'ms'),
      yaxis: axis('events', 'per ms', { rangemode: 'tozero' }),
    }),
  };
}

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
