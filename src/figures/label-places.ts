// Places of the words beside the points of a scatter plot: a word that would cover another one, or a point, is left out. Plotly
// writes all of them, one over the other.

/** A point and its word, in pixels; y downwards or upwards; an empty word needs no place. */
export interface LabelledPoint {
  x: number;
  y: number;
  text: string;
}

/** A place of a word, as Plotly's `textposition` has it. */
export type LabelPlace = 'middle right' | 'middle left' | 'top center' | 'bottom center';

/** A rectangle by its middle and its half sides. */
interface Box {
  x: number;
  y: number;
  w: number;
  h: number;
}

/** Pixels of a letter's width and a line's half height, in the unit of the font's size: DejaVu Sans on average. */
const LETTER = 0.62;
const HALF_LINE = 0.62;

const meet = (a: Box, b: Box): boolean => Math.abs(a.x - b.x) < a.w + b.w && Math.abs(a.y - b.y) < a.h + b.h;

/**
 * Where each word stands, one after the other: right of its point, left, above or below, where it first covers nothing.
 *
 * @param points - the most important first: its word is placed first
 * @param within - size of the plot in pixels: no word leaves it
 * @param sizes - of the font and half of a marker, in pixels
 * @returns the place of each; null where there is none
 */
export function labelPlaces(
  points: readonly LabelledPoint[],
  within: { width: number; height: number },
  { font, marker }: { font: number; marker: number },
): (LabelPlace | null)[] {
  const taken: Box[] = points.map(({ x, y }) => ({ x, y, w: marker, h: marker }));
  return points.map(({ x, y, text }) => {
    if (text === '') return null;
    const [w, h] = [(text.length * LETTER * font) / 2, HALF_LINE * font];
    const places: [LabelPlace, number, number][] = [
      ['middle right', x + marker + w + 2, y],
      ['middle left', x - marker - w - 2, y],
      ['top center', x, y + marker + h + 1],
      ['bottom center', x, y - marker - h - 1],
    ];
    for (const [place, atX, atY] of places) {
      const box = { x: atX, y: atY, w, h };
      const isInside = atX - w >= 0 && atX + w <= within.width && atY - h >= 0 && atY + h <= within.height;
      if (!isInside || taken.some((other) => meet(other, box))) continue;
      taken.push(box);
      return place;
    }
    return null;
  });
}
