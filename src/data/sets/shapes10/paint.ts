// Colours and textures of shapes10: the look of surfaces, never a hint of the class. Tests: test/data/sets/shapes10.test.ts.
import type { Stream } from '../../../random.js';
import type { Surface } from './canvas.js';

/** A surface with the first of its two colours (levels 0 … 255). */
export interface Paint {
  colour: number[];
  surface: Surface;
}

/** Place of a point between a surface's first and second colour, in [0, 1]. */
type Mix = (x: number, y: number) => number;

/** A uniform direction as a unit vector, by rejection: no sine is needed. */
export function direction(random: Stream): [number, number] {
  for (;;) {
    const x = 2 * random.uniform() - 1;
    const y = 2 * random.uniform() - 1;
    const length = Math.sqrt(x * x + y * y);
    if (length <= 1 && length > 0.1) return [x / length, y / length];
  }
}

/** Brightness of a colour, 0 … 255 (the weights of Rec. 601). */
export const brightness = ([r, g, b]: readonly number[]): number => 0.299 * r + 0.587 * g + 0.114 * b;

const randomLevels = (random: Stream): number[] => [0, 0, 0].map(() => random.integer(0, 255));

/** A surface of one random colour. */
export function randomColour(random: Stream): Surface {
  const colour = randomLevels(random);
  return (_x, _y, out) => out.set(colour);
}

/**
 * A surface of two random colours and a random texture.
 *
 * @param spread - largest difference of the two colours, in levels per channel
 */
export function randomPaint(random: Stream, spread: number): Paint {
  const colour = randomLevels(random);
  const amount = spread * random.uniform();
  const change = colour.map(
    (level) => Math.min(255, Math.max(0, level + amount * (2 * random.uniform() - 1))) - level,
  );
  const mix = TEXTURES[random.integer(0, TEXTURES.length - 1)](random);
  return {
    colour,
    surface: (x, y, out) => {
      const share = mix(x, y);
      for (let c = 0; c < 3; c++) out[c] = colour[c] + share * change[c];
    },
  };
}

/** A wave of period 1 that goes from 1 to 0 and back on straight lines. */
const triangleWave = (x: number): number => Math.abs(2 * (x - Math.floor(x)) - 1);
/** A wave of period 1 that is 0 or 1, with soft edges. */
const softSquareWave = (x: number): number => Math.min(1, Math.max(0, 2.5 * triangleWave(x) - 0.75));

const TEXTURES: ((random: Stream) => Mix)[] = [plain, gradient, stripes, checks, blotches];

function plain(): Mix {
  return () => 0;
}

function gradient(random: Stream): Mix {
  const [c, s] = direction(random);
  const phase = random.uniform();
  return (x, y) => triangleWave((c * x + s * y) / 64 + phase);
}

function stripes(random: Stream): Mix {
  const [c, s] = direction(random);
  const period = 3.5 + 6 * random.uniform();
  const phase = random.uniform();
  return (x, y) => softSquareWave((c * x + s * y) / period + phase);
}

function checks(random: Stream): Mix {
  const [c, s] = direction(random);
  const period = 3.5 + 6 * random.uniform();
  return (x, y) => {
    const across = softSquareWave((c * x + s * y) / period);
    const along = softSquareWave((c * y - s * x) / period);
    return across + along - 2 * across * along;
  };
}

/** Smooth blotches: random values on a lattice, interpolated on straight lines between. */
function blotches(random: Stream): Mix {
  const spacing = 7;
  const columns = 6; // covers 32 pixels and the neighbours to the right and below
  const lattice = Float64Array.from({ length: columns * columns }, () => random.uniform());
  return (x, y) => {
    const column = Math.floor(x / spacing);
    const row = Math.floor(y / spacing);
    const fx = x / spacing - column;
    const fy = y / spacing - row;
    const at = row * columns + column;
    const top = lattice[at] + fx * (lattice[at + 1] - lattice[at]);
    const bottom = lattice[at + columns] + fx * (lattice[at + columns + 1] - lattice[at + columns]);
    return top + fy * (bottom - top);
  };
}
