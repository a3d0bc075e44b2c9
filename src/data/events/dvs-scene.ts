// A 32 × 32 image on a screen as a DVS128 sees it: the logarithm of the light, finely enough sampled to be moved.
import { SettingsError } from '../../errors.js';

/** Pixels of the sensor, each way. */
export const SENSOR = 128;
/** Sensor pixels beyond each edge that the scene reaches: how far it can be moved, plus one for interpolation. */
export const MARGIN = 4;

const IMAGE = 32;
const SCALE = SENSOR / IMAGE;
const FINENESS = 16;

/** Side of a scene, in sensor pixels. */
export const SCENE = SENSOR + 2 * MARGIN;

/**
 * Light of the screen by brightness, natural logarithm: a display's gamma of 2, and a quarter of its white as room light on
 * it, without which dark figures would make many times the events of bright ones. Entry i is for brightness i/16.
 * Rounded to 2⁻¹⁶: logarithms may differ in their last bit from one version of Node to another, and every
 * machine must make the same events.
 */
const LOG_LIGHT = Float64Array.from({ length: 255 * FINENESS + 1 }, (_, i) => {
  const level = i / (255 * FINENESS);
  return Math.round(Math.log(level * level + 0.25) * 65536) / 65536;
});

/** Cubic B-spline: the shares of four neighbouring image pixels in a sensor pixel, for each of the four positions. */
const WEIGHTS = Array.from({ length: SCALE }, (_, phase) => {
  const f = ((phase + 0.5) / SCALE + 0.5) % 1; // distance from the second of the four, in image pixels
  const g = 1 - f;
  return [g * g * g, 3 * f * f * f - 6 * f * f + 4, 3 * g * g * g - 6 * g * g + 4, f * f * f].map(
    (w) => w / 6,
  );
});

/**
 * Puts an image on the screen before the camera: its brightness, four sensor pixels an image pixel, interpolated and
 * slightly blurred (as by a lens) with the cubic B-spline, as log light. Beyond its edges the image goes on as at them.
 *
 * @param image - `[32, 32, 3]` bytes, red green blue
 * @returns `[136, 136]`, natural logarithm of the light relative to white; the sensor's pixel (x, y) looks at
 *   `(x + 4, y + 4)` while the image is in the middle
 * @throws SettingsError when the image has another size
 */
export function logLight(image: Uint8Array): Float64Array {
  if (image.length !== IMAGE * IMAGE * 3)
    throw new SettingsError(`logLight: the image must have 32 × 32 × 3 bytes, got ${image.length}`);
  const brightness = new Float64Array(IMAGE * IMAGE);
  for (let i = 0; i < brightness.length; i++)
    brightness[i] = 0.299 * image[3 * i] + 0.587 * image[3 * i + 1] + 0.114 * image[3 * i + 2];
  const wide = new Float64Array(IMAGE * SCENE); // [32, 136]
  for (let row = 0; row < IMAGE; row++)
    for (let x = 0; x < SCENE; x++) wide[row * SCENE + x] = interpolated(brightness, row * IMAGE, 1, x);
  const scene = new Float64Array(SCENE * SCENE);
  for (let y = 0; y < SCENE; y++)
    for (let x = 0; x < SCENE; x++)
      scene[y * SCENE + x] = LOG_LIGHT[Math.floor(interpolated(wide, x, SCENE, y) * FINENESS + 0.5)];
  return scene;
}

/** The value at a scene position of a line of 32 values that starts at `from` and has the given stride. */
function interpolated(values: Float64Array, from: number, stride: number, position: number): number {
  const sensor = position - MARGIN;
  const second = Math.floor((sensor + 0.5) / SCALE - 0.5);
  const weights = WEIGHTS[((sensor % SCALE) + SCALE) % SCALE];
  let sum = 0;
  for (let k = 0; k < 4; k++)
    sum += weights[k] * values[from + stride * Math.min(IMAGE - 1, Math.max(0, second - 1 + k))];
  return sum;
}

/**
 * Largest change of the light at each sensor pixel while the image moves by less than the margin: the largest
 * less the smallest log light of the 7 × 7 scene pixels that it can look at. Pixels in plain areas make no events.
 *
 * @param scene - from {@link logLight}
 * @returns `[128, 128]`
 */
export function lightRange(scene: Float64Array): Float64Array {
  const reach = 2 * MARGIN - 1;
  const highest = new Float64Array(SCENE * SENSOR); // along rows, [136, 128]
  const lowest = new Float64Array(SCENE * SENSOR);
  for (let row = 0; row < SCENE; row++)
    for (let column = 0; column < SENSOR; column++) {
      const at = row * SCENE + column + 1;
      let [high, low] = [-Infinity, Infinity];
      for (let k = 0; k < reach; k++) {
        const light = scene[at + k];
        if (light > high) high = light;
        if (light < low) low = light;
      }
      highest[row * SENSOR + column] = high;
      lowest[row * SENSOR + column] = low;
    }
  return Float64Array.from({ length: SENSOR * SENSOR }, (_, pixel) => {
    let [high, low] = [-Infinity, Infinity];
    for (let k = 1; k <= reach; k++) {
      const at = pixel + k * SENSOR;
      if (highest[at] > high) high = highest[at];
      if (lowest[at] < low) low = lowest[at];
    }
    return high - low;
  });
}
