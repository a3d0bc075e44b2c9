// Pictures of drawings in a third of the bytes: a drawing has few colours, so its pixels become places in a palette.
import { PNG } from 'pngjs';
import { loadOptional } from './optional.js';

/** The part of fast-png that is used: its compression is JavaScript, so equal pixels are equal bytes everywhere. */
interface FastPng {
  encode(image: {
    width: number;
    height: number;
    data: Uint8Array;
    depth: 8;
    channels: 1;
    palette: [number, number, number][];
  }): Uint8Array;
}

/** Colours that a palette holds. */
const PLACES = 256;
/** A picture with more colours than this is a photograph. */
const DRAWING = 4096;

/**
 * Writes a picture anew with a palette of 256 colours. Of the colours of a drawing that has more, the rarest (shades at
 * the edges of lines and letters) become the nearest of the others. A photograph stays as it is.
 *
 * @param png - an opaque picture
 * @throws UnsupportedError when fast-png is not installed
 */
export function compactPng(png: Uint8Array): Uint8Array {
  const { width, height, data } = PNG.sync.read(Buffer.from(png));
  const colours = new Uint32Array(width * height).map(
    (_, i) => (data[4 * i] << 16) | (data[4 * i + 1] << 8) | data[4 * i + 2],
  );
  const counts = new Map<number, number>();
  for (const colour of colours) counts.set(colour, (counts.get(colour) ?? 0) + 1);
  if (counts.size > DRAWING) return png;
  const byCount = [...counts].sort(([a, n], [b, m]) => m - n || a - b).map(([colour]) => colour);
  const palette = byCount.slice(0, PLACES);
  const places = new Map(byCount.map((colour, i) => [colour, i < PLACES ? i : nearest(colour, palette)]));
  const { encode } = loadOptional<FastPng>('fast-png', 'drawing a figure in a notebook');
  return encode({
    width,
    height,
    data: Uint8Array.from(colours, (colour) => places.get(colour)!),
    depth: 8,
    channels: 1,
    palette: palette.map(channelsOf),
  });
}

const channelsOf = (colour: number): [number, number, number] => [
  colour >> 16,
  (colour >> 8) & 255,
  colour & 255,
];

/** The place of the nearest colour. */
function nearest(colour: number, palette: readonly number[]): number {
  const wanted = channelsOf(colour);
  const distances = palette.map((other) =>
    channelsOf(other).reduce((sum, level, c) => sum + (level - wanted[c]) ** 2, 0),
  );
  return distances.indexOf(Math.min(...distances));
}
