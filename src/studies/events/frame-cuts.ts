// Cuts of a recording into frames: of equal event count, or of equal duration.
import type { EventStream } from '../../data/events/events.js';
import { splitByCount, splitByDuration } from '../../data/events/frames.js';
import { axis, theme, type Figure, type Trace } from '../../figures/theme.js';
import { bars, line } from '../../figures/traces.js';
import { panels } from '../../figures/panels.js';

/** Milliseconds since the first event, to a hundredth. */
export const sinceStart = ({ t }: EventStream, event: number): number =>
  Math.round((t[event] - t[0]) / 10) / 100;

/** Cuts of a recording into T frames: their places, and the number of events of each frame. */
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
