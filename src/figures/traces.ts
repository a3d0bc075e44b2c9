// Traces in the theme: lines with uncertainty bands, points and bars. Numbers in, plain Plotly JSON out.
import { SettingsError } from '../errors.js';
import { DASHES, PATTERNS, SYMBOLS, colourOf, label, type Colour, type Trace } from './theme.js';

/** Numbers along an axis; null and NaN leave a gap. */
export type Values = ArrayLike<number | null>;

/** Settings of every trace of named values. */
export interface SeriesSettings {
  /** Name in the legend; shown as it is. */
  name: string;
  x: Values | readonly string[];
  y: Values;
  /** Place in the palette or a CSS colour; default 0. */
  colour?: Colour;
  /** Ids of the records behind each point, or one list for all points; shown when the pointer is over it. */
  runs?: readonly string[] | readonly (readonly string[])[];
  /** Traces of one group are hidden and shown together by a click in the legend. Default the name. */
  group?: string;
  /** False leaves the trace out of the legend. Default true. */
  inLegend?: boolean;
  /** Pair of axes in a figure with several plots: 2 means `x2` and `y2`. Default 1. */
  plot?: number;
}

/** A line, with or without markers and an uncertainty band. */
export interface LineSettings extends SeriesSettings {
  /** Edges of the band (for instance mean ± sd); both or neither. */
  lower?: Values;
  upper?: Values;
  /** Place in `DASHES`; default 0, a solid line. */
  dash?: number;
  /** Place in `SYMBOLS`; no markers when left out. */
  symbol?: number;
}

/** Points or bars, with or without error bars. */
export interface PointSettings extends SeriesSettings {
  /** Half length of the error bar of each point (for instance the sd), in units of y. */
  error?: Values;
  /** Place in `SYMBOLS`; default 0. Bars have none. */
  symbol?: number;
}

/**
 * A line, after its uncertainty band where there is one.
 *
 * @param settings - `name`, `x` and `y` are needed; `lower` and `upper`: edges of the band, both or neither; `colour`,
 *   `dash`, `symbol`: places in the theme's lists
 * @returns one or two traces, to be spread into `figure.data`
 * @throws SettingsError when x, y, lower and upper differ in length or only one edge is given
 */
export function line(settings: LineSettings): Trace[] {
  const { x, y, lower, upper, colour = 0, dash = 0, symbol } = settings;
  checkLengths('line', settings.name, { x, y, lower, upper });
  if ((lower === undefined) !== (upper === undefined))
    throw new SettingsError(
      `line ${settings.name}: a band needs both lower and upper; give the other one too`,
    );
  const trace: Trace = {
    ...series('scatter', settings),
    mode: symbol === undefined ? 'lines' : 'lines+markers',
    line: { color: colourOf(colour), width: 2.2, dash: DASHES[dash % DASHES.length] },
  };
  if (symbol !== undefined) trace.marker = marker(colour, symbol);
  if (lower === undefined || upper === undefined) return [trace];
  return [
    { ...band(x as Values, lower, upper, colour), legendgroup: trace.legendgroup, ...axes(settings) },
    trace,
  ];
}

/**
 * A shaded area between two curves. Points without both edges are left out.
 *
 * @param x - positions, increasing
 * @param lower - lower edge at each position
 * @param upper - upper edge at each position
 * @param colour - palette place or CSS `#rrggbb`; drawn at a quarter of its strength
 * @returns a trace for `figure.data`, without a place in the legend
 * @throws SettingsError when x, lower and upper differ in length
 */
export function band(x: Values, lower: Values, upper: Values, colour: Colour): Trace {
  checkLengths('band', '', { x, lower, upper });
  const known = Array.from(x, (_, i) => i).filter((i) => [x[i], lower[i], upper[i]].every(isNumber));
  const back = [...known].reverse();
  return {
    type: 'scatter',
    mode: 'lines',
    x: [...known, ...back].map((i) => x[i]),
    y: [...known.map((i) => upper[i]), ...back.map((i) => lower[i])],
    fill: 'toself',
    fillcolor: withAlpha(colourOf(colour), 0.25),
    line: { width: 0, color: colourOf(colour) },
    hoverinfo: 'skip',
    showlegend: false,
  };
}

/** Bars. */
export interface BarSettings extends PointSettings {
  /** Place in `PATTERNS`, so that bars side by side differ without colour; default 0, plain. */
  pattern?: number;
}

/**
 * Points, with error bars where `error` is given.
 *
 * @param settings - `name`, `x` and `y` are needed; `error`: half length of each bar, in units of y; `colour`, `symbol`:
 *   places in the theme's lists
 * @returns a trace for `figure.data`
 * @throws SettingsError when x, y and error differ in length
 */
export function points(settings: PointSettings): Trace {
  const { x, y, error, colour = 0, symbol = 0 } = settings;
  checkLengths('points', settings.name, { x, y, error });
  return {
    ...series('scatter', settings),
    mode: 'markers',
    marker: marker(colour, symbol),
    ...errorBars(error),
  };
}

/**
 * Bars, with error bars where `error` is given.
 *
 * @param settings - `name`, `x` and `y` are needed; `error`: half length of each bar, in units of y; `colour`, `pattern`:
 *   places in the theme's lists
 * @returns a trace for `figure.data`
 * @throws SettingsError when x, y and error differ in length
 */
export function bars(settings: BarSettings): Trace {
  const { x, y, error, colour = 0, pattern: hatching = 0 } = settings;
  checkLengths('bars', settings.name, { x, y, error });
  const shape = PATTERNS[hatching % PATTERNS.length];
  const color = colourOf(colour);
  // Without a background of its own a hatched bar is its hatching on nothing.
  const pattern = { shape, bgcolor: color, fgcolor: '#FFFFFF', fgopacity: 0.55, size: 7, solidity: 0.2 };
  const marker = { color, ...(shape === '' ? {} : { pattern }) };
  return { ...series('bar', settings), marker, ...errorBars(error) };
}

function series(type: string, settings: SeriesSettings): Trace {
  const { name, x, y, runs, group = name, inLegend = true } = settings;
  const trace: Trace = {
    type,
    name: label(name),
    legendgroup: label(group),
    x: positions(x),
    y: numbers(y),
    hovertemplate: `<b>%{fullData.name}</b><br>%{xaxis.title.text}: %{x}<br>%{yaxis.title.text}: %{y:.5~g}<extra></extra>`,
    ...axes(settings),
  };
  if (!inLegend) trace.showlegend = false;
  if (runs !== undefined && runs.length > 0) {
    trace.customdata = Array.from({ length: x.length }, (_, i) =>
      namedRuns(typeof runs[0] === 'string' ? (runs as string[]) : (runs[i] as string[])),
    );
    trace.hovertemplate = (trace.hovertemplate as string).replace('<extra>', '<br>%{customdata}<extra>');
  }
  return trace;
}

/** Ids for a hover box, one a line: the first three, then how many more. */
function namedRuns(ids: readonly string[] = []): string {
  const more = ids.length > 3 ? [`and ${ids.length - 3} more`] : [];
  return [...ids.slice(0, 3), ...more].map(label).join('<br>');
}

/** The pair of axes a trace belongs to. */
export const axes = ({ plot = 1 }: { plot?: number }): { xaxis?: string; yaxis?: string } =>
  plot === 1 ? {} : { xaxis: `x${plot}`, yaxis: `y${plot}` };

const marker = (colour: Colour, symbol: number): object => ({
  color: colourOf(colour),
  symbol: SYMBOLS[symbol % SYMBOLS.length],
  size: 8,
});

const errorBars = (error: Values | undefined): object =>
  error === undefined ? {} : { error_y: { type: 'data', array: numbers(error), visible: true } };

const isNumber = (value: number | null | undefined): value is number =>
  typeof value === 'number' && Number.isFinite(value);

/** Values as JSON holds them: null for what is not a number. */
export const numbers = (values: Values): (number | null)[] =>
  Array.from(values, (value) => (isNumber(value) ? value : null));

/** Values or names along an axis as JSON holds them. */
export const positions = (values: Values | readonly string[]): (number | string | null)[] =>
  Array.from<number | string | null>(values).map((value) =>
    typeof value === 'string' ? label(value) : isNumber(value) ? value : null,
  );

function withAlpha(colour: string, alpha: number): string {
  const hex = /^#([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})$/i.exec(colour);
  if (hex === null)
    throw new SettingsError(`band: colour must be a palette place or #rrggbb, got ${JSON.stringify(colour)}`);
  return `rgba(${hex
    .slice(1)
    .map((part) => Number.parseInt(part, 16))
    .join(',')},${alpha})`;
}

function checkLengths(
  what: string,
  name: string,
  columns: Record<string, ArrayLike<unknown> | undefined>,
): void {
  const lengths = Object.entries(columns).flatMap(([key, values]) =>
    values === undefined ? [] : [[key, values.length] as const],
  );
  if (lengths.some(([, length]) => length !== lengths[0][1]))
    throw new SettingsError(
      `${what}${name === '' ? '' : ` ${name}`}: lengths differ: ${lengths.map(([key, length]) => `${key} ${length}`).join(', ')}; give as many of each`,
    );
}
