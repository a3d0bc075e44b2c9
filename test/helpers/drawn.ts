// A figure as its reader tells it: each trace with its name, numbers, error bars and colour; titles of axes; notes.
import { PALETTE, unlabel, type Figure, type Trace } from '../../src/figures/theme.js';

/** A trace. Numbers to nine decimals. */
export interface Drawn {
  name?: string;
  /** An area, such as an uncertainty band: `y` goes along its upper edge and back along the lower one. */
  band?: true;
  x: unknown;
  y: unknown;
  /** Half lengths of error bars along y, and along x. */
  error?: unknown;
  errorX?: unknown;
  /** Place in the palette; a CSS colour that is none of it as it is. */
  colour: number | string;
  /** The pair of axes, where it is not the first. */
  plot?: number;
}

/** Numbers to nine decimals, in lists too; everything else as it is. */
export function rounded(value: unknown): unknown {
  if (typeof value === 'number') return Number(value.toFixed(9)) + 0;
  if (Array.isArray(value) || ArrayBuffer.isView(value))
    return Array.from(value as ArrayLike<unknown>, rounded);
  return value;
}

/** The traces of a figure, in the order in which they are drawn. */
export const drawn = ({ data }: Pick<Figure, 'data'>): Drawn[] => data.map(drawnTrace);

/** The traces that are not bands. */
export const lines = (figure: Pick<Figure, 'data'>): Drawn[] => drawn(figure).filter(({ band }) => !band);

function drawnTrace(trace: Trace): Drawn {
  const { name, fill, x, y, xaxis, yaxis } = trace as Trace & { xaxis?: string; yaxis?: string };
  const plot = Number((xaxis ?? 'x').slice(1) || 1);
  if (plot !== Number((yaxis ?? 'y').slice(1) || 1)) throw new Error(`axes of two plots: ${xaxis}, ${yaxis}`);
  const [error, errorX] = [trace.error_y, trace.error_x].map(
    (bars) => bars as { array: unknown; visible?: boolean } | undefined,
  );
  const { marker, line, fillcolor } = trace as {
    marker?: { color?: string };
    line?: { color?: string };
    fillcolor?: string;
  };
  return {
    ...(typeof name === 'string' && { name: unlabel(name) }),
    ...(fill !== undefined && { band: true as const }),
    x: rounded(x),
    y: rounded(y),
    ...(error && error.visible !== false && { error: rounded(error.array) }),
    ...(errorX && errorX.visible !== false && { errorX: rounded(errorX.array) }),
    colour: placeOf(fillcolor ?? marker?.color ?? line?.color ?? ''),
    ...(plot !== 1 && { plot }),
  };
}

function placeOf(css: string): number | string {
  const [, ...rgb] = /^rgba\((\d+),(\d+),(\d+),/.exec(css) ?? [];
  const hex =
    rgb.length === 0 ? css : `#${rgb.map((part) => Number(part).toString(16).padStart(2, '0')).join('')}`;
  const place = PALETTE.findIndex((colour) => colour.toLowerCase() === hex.toLowerCase());
  return place < 0 ? css : place;
}

/** The title of each axis that has one: `{ xaxis: 'epoch', yaxis2: 'energy (nJ)' }`. */
export const axisTitles = ({ layout }: Pick<Figure, 'layout'>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(layout).flatMap(([name, axis]) => {
      const text = (axis as { title?: { text?: string } } | null)?.title?.text;
      return /^[xy]axis\d*$/.test(name) && text ? [[name, unlabel(text)]] : [];
    }),
  );

/** The texts that stand in a figure besides titles and names. */
export const notes = ({ layout }: Pick<Figure, 'layout'>): string[] =>
  ((layout.annotations ?? []) as { text: string }[]).map(({ text }) => unlabel(text));

/** Ids of the records under the pointer, by trace. */
export const idsUnderPointer = ({ data }: Pick<Figure, 'data'>): unknown[] =>
  data.map(({ customdata }) => customdata);
