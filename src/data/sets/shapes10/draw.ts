// Draws one image of shapes10: a background, clutter, the figure, things that cover it, light and noise.
// Everything comes from the image's own stream by sums, products and square roots, so that every machine draws
// the same bytes; nothing but the figure depends on the class. Tests: test/data/sets/shapes10.test.ts.
import type { Stream } from '../../../random.js';
import { cover, develop, fill, SIZE, type Shape } from './canvas.js';
import { FIGURES, signedDistance } from './figures.js';
import { brightness, direction, randomColour, randomPaint, type Paint } from './paint.js';

/** Difficulty of the images. Lengths in pixels, colours in levels of 0 … 255; measured by the slow tests. */
const DIFFICULTY = {
  /** Share of images whose figure is brighter than the background. */
  brighter: 0.65,
  /** Least difference of brightness between figure and background, before texture, light and noise. */
  contrast: 66,
  /** Smallest and largest radius of a figure. */
  radius: [9.5, 13],
  /** Farthest that the middle of the figure is from the middle of the image, in x and in y. */
  shift: 3,
  /** Largest tilt to either side, as the tangent of half the angle: 0.15 is 17°. */
  tilt: 0.15,
  /** Largest ratio of a figure's two axes. */
  stretch: 1.2,
  /** Most levels between the two colours of a texture. */
  texture: { background: 60, figure: 50 },
  /** Most marks below and above the figure, and their greatest length. */
  clutter: { most: 4, length: 12 },
  occluders: { most: 2, length: 14 },
  /** Largest relative change of the light from one side of the image to the other. */
  light: 0.6,
  /** Half the span of the pixel noise: least and most. */
  noise: [8, 40],
} as const;

const MIDDLE = SIZE / 2;
const distances = FIGURES.map(signedDistance);

const between = (random: Stream, low: number, high: number): number => low + (high - low) * random.uniform();

/**
 * Draws one image.
 *
 * @param label - which figure, 0 … 9
 * @param random - the image's own stream
 * @returns `[32, 32, 3]` bytes, red green blue
 */
export function drawImage(label: number, random: Stream): Uint8Array {
  const { clutter, occluders, light, noise } = DIFFICULTY;
  const canvas = new Float64Array(SIZE * SIZE * 3);
  const { background, foreground } = contrastingPaints(random);
  const figure = randomFigure(label, random);
  fill(canvas, background.surface);
  for (let n = random.integer(0, clutter.most); n > 0; n--)
    cover(canvas, randomMark(random, MIDDLE, MIDDLE, MIDDLE, clutter.length), randomColour(random));
  cover(canvas, figure, foreground.surface);
  for (let n = random.integer(0, occluders.most); n > 0; n--)
    cover(canvas, randomMark(random, figure.x, figure.y, 10, occluders.length), randomColour(random));
  const [x, y] = direction(random);
  const slope = (light * random.uniform()) / SIZE;
  return develop(canvas, [x * slope, y * slope], between(random, noise[0], noise[1]), random);
}

/** Two surfaces that can be told apart by brightness; which one is brighter is drawn first. */
function contrastingPaints(random: Stream): { background: Paint; foreground: Paint } {
  const { brighter, contrast, texture } = DIFFICULTY;
  const sign = random.chance(brighter) ? 1 : -1;
  for (;;) {
    const background = randomPaint(random, texture.background);
    const foreground = randomPaint(random, texture.figure);
    const difference = brightness(foreground.colour) - brightness(background.colour);
    if (sign * difference >= contrast) return { background, foreground };
  }
}

/** The figure of a class at a random place, size, tilt and stretch. */
function randomFigure(label: number, random: Stream): Shape {
  const { shift, tilt } = DIFFICULTY;
  const radius = between(random, DIFFICULTY.radius[0], DIFFICULTY.radius[1]);
  const x0 = MIDDLE + between(random, -shift, shift);
  const y0 = MIDDLE + between(random, -shift, shift);
  const h = between(random, -tilt, tilt);
  const cos = (1 - h * h) / (1 + h * h); // with h the tangent of half the angle
  const sin = (2 * h) / (1 + h * h);
  const stretch = Math.sqrt(between(random, 1, DIFFICULTY.stretch));
  const [rx, ry] = random.chance(0.5)
    ? [radius * stretch, radius / stretch]
    : [radius / stretch, radius * stretch];
  return {
    x: x0,
    y: y0,
    extent: 1.2 * radius * stretch,
    distance: (x, y) => {
      const u = (cos * (x - x0) + sin * (y - y0)) / rx;
      const v = (cos * (y - y0) - sin * (x - x0)) / ry;
      return u * u + v * v > 1.6 ? 1 : distances[label](u, v) * radius; // no figure reaches further than 1.2, edge included 1.26
    },
  };
}

/** A round-ended bar of random length, width and direction, its middle within `spread` of a point. */
function randomMark(random: Stream, x0: number, y0: number, spread: number, longest: number): Shape {
  const x = x0 + between(random, -spread, spread);
  const y = y0 + between(random, -spread, spread);
  const [c, s] = direction(random);
  const half = between(random, 0, longest / 2);
  const radius = between(random, 0.5, 1.7);
  return {
    x,
    y,
    extent: half + radius,
    distance: (px, py) => {
      const along = Math.min(half, Math.max(-half, (px - x) * c + (py - y) * s));
      const dx = px - x - along * c;
      const dy = py - y - along * s;
      return Math.sqrt(dx * dx + dy * dy) - radius;
    },
  };
}
