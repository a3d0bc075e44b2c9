// An event recording looked at: the cloud of events, and its projections for print.
import type { EventStream } from '../../data/events/events.js';
import { axis, colourOf, theme, type Figure, type Trace } from '../../figures/theme.js';
import { points } from '../../figures/traces.js';
import { sinceStart } from './frame-cuts.js';
import { panels } from '../../figures/panels.js';

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
