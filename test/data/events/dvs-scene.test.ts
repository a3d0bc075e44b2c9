// The scene before the simulated camera: how an image becomes light.
import test from 'ava';
import { lightRange, logLight, MARGIN, SCENE, SENSOR } from '../../../src/data/events/dvs-scene.js';
import { SettingsError } from '../../../src/errors.js';
import { stream } from '../../../src/random.js';

/** A grey image with the given level at each pixel. */
const grey = (level: (x: number, y: number) => number): Uint8Array =>
  Uint8Array.from({ length: 32 * 32 * 3 }, (_, i) => level(Math.floor(i / 3) % 32, Math.floor(i / 96)));
const noisy = (): Uint8Array => {
  const random = stream(0, 'probe');
  return Uint8Array.from({ length: 32 * 32 * 3 }, () => random.integer(0, 255));
};

test('logLight: a plain image gives log((level/255)² + 1/4) everywhere within 1e-5', (t) => {
  for (const level of [0, 51, 128, 255]) {
    const expected = Math.log((level / 255) ** 2 + 0.25);
    t.true(
      logLight(grey(() => level)).every((light) => Math.abs(light - expected) < 1e-5),
      `level ${level}`,
    );
  }
});

test('logLight: a ramp stays a ramp, four sensor pixels an image pixel, within a sixteenth of a level', (t) => {
  const scene = logLight(grey((x) => 8 * x));
  for (let x = 8; x < SENSOR - 8; x++) {
    const level = 255 * Math.sqrt(Math.exp(scene[50 * SCENE + x + MARGIN]) - 0.25);
    t.true(Math.abs(level - 8 * ((x + 0.5) / 4 - 0.5)) < 1 / 16, `x ${x}: ${level}`);
  }
});

test('logLight: turning or mirroring the image turns or mirrors the scene', (t) => {
  const image = noisy();
  const pixel = (x: number, y: number): Uint8Array => image.subarray((y * 32 + x) * 3, (y * 32 + x) * 3 + 3);
  const changed = (from: (x: number, y: number) => Uint8Array): Float64Array => {
    const result = new Uint8Array(image.length);
    for (let y = 0; y < 32; y++) for (let x = 0; x < 32; x++) result.set(from(x, y), (y * 32 + x) * 3);
    return logLight(result);
  };
  const scene = logLight(image);
  const mirrored = changed((x, y) => pixel(31 - x, y));
  const transposed = changed((x, y) => pixel(y, x));
  let worst = 0;
  for (let y = 0; y < SCENE; y++)
    for (let x = 0; x < SCENE; x++) {
      worst = Math.max(worst, Math.abs(mirrored[y * SCENE + x] - scene[y * SCENE + SCENE - 1 - x]));
      worst = Math.max(worst, Math.abs(transposed[y * SCENE + x] - scene[x * SCENE + y]));
    }
  t.true(worst < 2e-3, `${worst}`); // sums in another order can round to the next sixteenth of a level
});

test('lightRange: no view of the scene, moved by up to 3 pixels, changes by more', (t) => {
  const scene = logLight(noisy());
  const range = lightRange(scene);
  t.is(range.length, SENSOR * SENSOR);
  for (let pixel = 0; pixel < range.length; pixel += 37) {
    const seen: number[] = [];
    for (let dy = -3; dy <= 3; dy++)
      for (let dx = -3; dx <= 3; dx++) {
        const [x, y] = [(pixel % SENSOR) + MARGIN + dx, Math.floor(pixel / SENSOR) + MARGIN + dy];
        seen.push(scene[y * SCENE + x]);
      }
    t.is(range[pixel], Math.max(...seen) - Math.min(...seen));
  }
});

test('logLight: an image of another size is refused', (t) => {
  t.throws(() => logLight(new Uint8Array(32 * 32)), {
    instanceOf: SettingsError,
    message: /32 × 32 × 3 bytes, got 1024/,
  });
});
