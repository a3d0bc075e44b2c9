// The canvas of shapes10: shapes given by their distance, laid over each other with soft edges, then light and noise.
import type { Stream } from '../../../random.js';

/** Height and width of an image, in pixels. */
export const SIZE = 32;

/** Levels (0 … 255, not rounded) of an image, `[32, 32, 3]`. */
export type Canvas = Float64Array;

/** Writes the colour of a surface at a point, in pixels, into `out`. */
export type Surface = (x: number, y: number, out: Float64Array) => void;

/** A shape: where it can be, and how far its outline is from a point (negative inside), all in pixels. */
export interface Shape {
  x: number;
  y: number;
  /** No point of the shape is further than this from (x, y). */
  extent: number;
  distance(x: number, y: number): number;
}

/** Paints the whole canvas. */
export function fill(canvas: Canvas, surface: Surface): void {
  const colour = new Float64Array(3);
  for (let row = 0, at = 0; row < SIZE; row++)
    for (let column = 0; column < SIZE; column++, at += 3) {
      surface(column + 0.5, row + 0.5, colour);
      canvas[at] = colour[0];
      canvas[at + 1] = colour[1];
      canvas[at + 2] = colour[2];
    }
}

/** Lays a shape over the canvas. Each pixel takes the share that lies inside: a ramp one pixel wide at the outline. */
export function cover(canvas: Canvas, shape: Shape, surface: Surface): void {
  const colour = new Float64Array(3);
  const first = (centre: number): number => Math.max(0, Math.floor(centre - shape.extent - 1));
  const last = (centre: number): number => Math.min(SIZE - 1, Math.ceil(centre + shape.extent));
  for (let row = first(shape.y); row <= last(shape.y); row++)
    for (let column = first(shape.x); column <= last(shape.x); column++) {
      const share = Math.min(1, 0.5 - shape.distance(column + 0.5, row + 0.5));
      if (share <= 0) continue;
      surface(column + 0.5, row + 0.5, colour);
      const at = (row * SIZE + column) * 3;
      for (let c = 0; c < 3; c++) canvas[at + c] += share * (colour[c] - canvas[at + c]);
    }
}

/**
 * Lights the canvas from one side, adds noise and rounds to bytes.
 *
 * @param light - relative change of brightness per pixel to the right and down; none in the middle
 * @param noise - half the span of the noise, in levels; its distribution is triangular
 */
export function develop(canvas: Canvas, light: [number, number], noise: number, random: Stream): Uint8Array {
  const pixels = new Uint8Array(canvas.length);
  for (let i = 0; i < SIZE * SIZE; i++) {
    const x = (i % SIZE) + 0.5 - SIZE / 2;
    const y = Math.floor(i / SIZE) + 0.5 - SIZE / 2;
    const brightness = 1 + light[0] * x + light[1] * y;
    const bits = random.integer(0, 0x3fffffff); // one draw a pixel: two 5-bit numbers are added for each channel
    for (let c = 0; c < 3; c++) {
      const sum = ((bits >> (10 * c)) & 31) + ((bits >> (10 * c + 5)) & 31) - 31;
      const level = Math.floor(canvas[i * 3 + c] * brightness + (sum / 31) * noise + 0.5);
      pixels[i * 3 + c] = Math.min(255, Math.max(0, level));
    }
  }
  return pixels;
}
