// A simulated DVS128: events of an image that moves on a screen before it, as CIFAR10-DVS was recorded.
//
// CIFAR10-DVS (Li, Liu, Ji, Li, Shi, "CIFAR10-DVS: an event-stream dataset for object classification", Frontiers in
// Neuroscience 11:309, 2017) shows each image, enlarged to 512 × 512, on a screen before a DVS128 and moves it by
// "repeated closed-loop smooth" movement: four straight diagonal paths that end where they began, again and again.
// The figures used here (10 screen pixels a path in x and in y, 200 a second, hence 2.5 sensor pixels and 50 ms) are
// those of a public re-implementation of that movement; the paper's text was not at hand to check them.
// The pixel is that of ESIM (Rebecq et al. 2018): an event whenever the log light has changed by a threshold.
import { SettingsError } from '../../errors.js';
import { stream, type Stream } from '../../random.js';
import { lightRange, logLight, MARGIN, SCENE, SENSOR } from './dvs-scene.js';
import { emptyStream, type EventStream } from './events.js';

/** Settings of the camera and of the image's movement. */
export interface CameraSettings {
  /** Change of the natural logarithm of the light that makes an event, positive. */
  threshold: number;
  /** Standard deviation of the pixels' thresholds, relative, 0 … 0.25: fixed for a camera, for ON and OFF apart. */
  mismatch: number;
  /** Time after an event in which a pixel stays silent, µs, 0 or more. */
  refractory: number;
  /** Events a second and pixel that no light explains, 0 or more. */
  noiseRate: number;
  /** Rounds of the image, a positive integer. CIFAR10-DVS: six times. */
  loops: number;
  /** Duration of one of the four paths of a round, µs, a positive integer. */
  pathTime: number;
  /** Length of a path in x and in y, sensor pixels, in (0, 3]. */
  pathLength: number;
  /** Positions a path at which the light is computed; between them it changes linearly. A positive integer. */
  stepsPerPath: number;
}

/** The settings of shapes10-dvs. */
export const defaultCamera: CameraSettings = {
  threshold: 0.24,
  mismatch: 0.05,
  refractory: 300,
  noiseRate: 0.05,
  loops: 2,
  pathTime: 50_000,
  pathLength: 2.5,
  stepsPerPath: 10,
};

/** Makes a recording of an image; the stream gives the noise. */
export type Camera = (image: Uint8Array, random: Stream) => EventStream;

const PIXELS = SENSOR * SENSOR;

/**
 * Builds a camera: settings and the thresholds of its pixels.
 *
 * A pixel remembers the log light of its last event. When the light has risen by its ON threshold or fallen by its OFF
 * threshold it makes an event and moves what it remembers by that threshold. Times of crossings are interpolated
 * between positions of the image and cut to whole microseconds. Noise events are ON or OFF alike, at random pixels
 * and times, and do not change what pixels remember.
 *
 * @param settings - what differs from {@link defaultCamera}
 * @param seed - which camera: decides the thresholds of the pixels
 * @returns a function from an image, `[32, 32, 3]` bytes, to its recording: x to the right, y down, as the image
 *   stands; times from 0, never decreasing; at equal times in the order of rows
 * @throws SettingsError when a setting is out of range
 */
export function dvsCamera(settings: Partial<CameraSettings> = {}, seed = 0): Camera {
  const camera = { ...defaultCamera, ...settings };
  checkSettings(camera);
  const random = stream(seed, 'generate', 'dvs-camera');
  const on = thresholds(camera, random);
  const off = thresholds(camera, random);
  const positions = roundTrip(camera);
  const duration = camera.loops * 4 * camera.pathTime;
  const noiseEvents = Math.round((camera.noiseRate * PIXELS * duration) / 1e6);
  return (image, noise) => {
    const scene = logLight(image);
    const range = lightRange(scene);
    const keys: number[] = [];
    for (let pixel = 0; pixel < PIXELS; pixel++)
      if (range[pixel] >= Math.min(on[pixel], off[pixel]))
        watch(scene, pixel, positions, camera, on[pixel], off[pixel], (time, polarity) =>
          keys.push(keyOf(time, pixel, polarity)),
        );
    for (let n = noiseEvents; n > 0; n--)
      keys.push(keyOf(noise.integer(0, duration - 1), noise.integer(0, PIXELS - 1), noise.integer(0, 1)));
    return inOrder(keys);
  };
}

/** Thresholds by pixel: a sum of four uniform numbers, cut nowhere near zero, in place of a normal one. */
function thresholds({ threshold, mismatch }: CameraSettings, random: Stream): Float64Array {
  return Float64Array.from({ length: PIXELS }, () => {
    const sum = random.uniform() + random.uniform() + random.uniform() + random.uniform() - 2; // variance 1/3
    return threshold * (1 + mismatch * sum * Math.sqrt(3));
  });
}

/** Where the image is at every step: for each, the scene pixel that sensor pixel 0 looks at, and four shares. */
interface Positions {
  /** Index into the scene of the upper left of the four scene pixels, `[steps + 1]`. */
  corner: Int32Array;
  /** Shares of upper left, upper right, lower left, lower right, `[steps + 1, 4]`. */
  shares: Float64Array;
}

/** Ends of the paths, in path lengths from the middle: left, top, right, bottom. */
const ENDS = [[-1, 0], [0, -1], [1, 0], [0, 1]]; // oxfmt-ignore

function roundTrip({ loops, pathLength, stepsPerPath }: CameraSettings): Positions {
  const steps = loops * 4 * stepsPerPath;
  const corner = new Int32Array(steps + 1);
  const shares = new Float64Array(4 * (steps + 1));
  for (let step = 0; step <= steps; step++) {
    const from = ENDS[Math.floor(step / stepsPerPath) % 4];
    const to = ENDS[(Math.floor(step / stepsPerPath) + 1) % 4];
    const share = (step % stepsPerPath) / stepsPerPath;
    // An image moved to the right by x shows the pixel what was x to its left.
    const [x, y] = [0, 1].map((axis) => MARGIN - (from[axis] + (to[axis] - from[axis]) * share) * pathLength);
    const [left, top] = [Math.floor(x), Math.floor(y)];
    const [fx, fy] = [x - left, y - top];
    corner[step] = top * SCENE + left;
    shares.set([(1 - fx) * (1 - fy), fx * (1 - fy), (1 - fx) * fy, fx * fy], 4 * step);
  }
  return { corner, shares };
}

/** Follows the light at one pixel all the way and reports its events. */
function watch(
  scene: Float64Array,
  pixel: number,
  { corner, shares }: Positions,
  { pathTime, stepsPerPath, refractory }: CameraSettings,
  on: number,
  off: number,
  report: (time: number, polarity: number) => void,
): void {
  const origin = Math.floor(pixel / SENSOR) * SCENE + (pixel % SENSOR);
  const stepTime = pathTime / stepsPerPath;
  let silentUntil = 0;
  let remembered = 0;
  let before = 0;
  for (let step = 0; step < corner.length; step++) {
    const at = origin + corner[step];
    const now =
      shares[4 * step] * scene[at] +
      shares[4 * step + 1] * scene[at + 1] +
      shares[4 * step + 2] * scene[at + SCENE] +
      shares[4 * step + 3] * scene[at + SCENE + 1];
    if (step === 0) remembered = now;
    for (let change = now - remembered; change >= on || change <= -off; change = now - remembered) {
      remembered += change > 0 ? on : -off;
      const time = Math.floor((step - 1 + (remembered - before) / (now - before)) * stepTime);
      if (time < silentUntil) continue;
      silentUntil = time + refractory;
      report(time, change > 0 ? 1 : 0);
    }
    before = now;
  }
}

/** The key by which events are sorted and in which they are kept: time, then pixel, then polarity. */
const keyOf = (time: number, pixel: number, polarity: number): number =>
  (time * PIXELS + pixel) * 2 + polarity;

function inOrder(keys: number[]): EventStream {
  const order = Float64Array.from(keys).sort();
  const events = emptyStream(SENSOR, SENSOR, order.length);
  for (let i = 0; i < order.length; i++) {
    const time = Math.floor(order[i] / (2 * PIXELS));
    const rest = order[i] % (2 * PIXELS);
    events.t[i] = time;
    events.p[i] = rest & 1;
    events.x[i] = (rest >> 1) % SENSOR;
    events.y[i] = (rest >> 1) / SENSOR;
  }
  return events;
}

function checkSettings(camera: CameraSettings): void {
  const inRange: Record<keyof CameraSettings, [test: (value: number) => boolean, expected: string]> = {
    threshold: [(v) => v > 0 && v < Infinity, 'a positive number'],
    mismatch: [(v) => v >= 0 && v <= 0.25, 'a number in [0, 0.25]'],
    refractory: [(v) => v >= 0 && v < Infinity, 'a number from 0 on'],
    noiseRate: [(v) => v >= 0 && v < Infinity, 'a number from 0 on'],
    loops: [isCount, 'a positive integer'],
    pathTime: [isCount, 'a positive integer'],
    pathLength: [(v) => v > 0 && v <= MARGIN - 1, `a number in (0, ${MARGIN - 1}]`],
    stepsPerPath: [isCount, 'a positive integer'],
  };
  for (const name of Object.keys(inRange) as (keyof CameraSettings)[]) {
    const [test, expected] = inRange[name];
    if (!test(camera[name]))
      throw new SettingsError(
        `dvsCamera: ${name} must be ${expected}, got ${camera[name]}; the default is ${defaultCamera[name]}`,
      );
  }
}

const isCount = (value: number): boolean => Number.isSafeInteger(value) && value > 0;
