// The simulated event camera: what its pixels report of a moving image.
import test from 'ava';
import { dvsCamera, defaultCamera, type CameraSettings } from '../../../src/data/events/dvs-camera.js';
import type { EventStream } from '../../../src/data/events/events.js';
import { SettingsError } from '../../../src/errors.js';
import { stream } from '../../../src/random.js';

const quiet = { noiseRate: 0, mismatch: 0, refractory: 0 };
const random = () => stream(0, 'probe', 'camera');
const image = (level: (x: number, y: number) => number): Uint8Array =>
  Uint8Array.from({ length: 32 * 32 * 3 }, (_, i) => level(Math.floor(i / 3) % 32, Math.floor(i / 96)));
const square = image((x, y) => (x >= 10 && x < 22 && y >= 10 && y < 22 ? 220 : 60));
const film = (settings: Partial<CameraSettings>, scene = square): EventStream =>
  dvsCamera(settings)(scene, random());
const pixelOf = ({ x, y }: EventStream, i: number): number => y[i] * 128 + x[i];

test('dvsCamera: a plain image makes no event', (t) => {
  t.is(
    film(
      quiet,
      image(() => 200),
    ).count,
    0,
  );
});

test('dvsCamera: while a bright square moves right and up, its right and upper edges are ON, the others OFF', (t) => {
  const { x, y, t: time, p, count } = film(quiet);
  t.true(count > 1000);
  for (let i = 0; i < count && time[i] < defaultCamera.pathTime; i++) {
    const ahead = Math.max(x[i] - 64, 63 - y[i]); // how far to the right or up of the middle
    const behind = Math.max(63 - x[i], y[i] - 64);
    t.is(p[i], ahead > behind ? 1 : 0, `event ${i}: (${x[i]}, ${y[i]})`);
  }
});

test('dvsCamera: after whole rounds every pixel has made as many ON as OFF events, within one', (t) => {
  const events = film(quiet);
  const balance = new Int32Array(128 * 128);
  for (let i = 0; i < events.count; i++) balance[pixelOf(events, i)] += events.p[i] === 1 ? 1 : -1;
  t.true(balance.every((n) => Math.abs(n) <= 1));
});

test('dvsCamera: a pixel whose light changes by c on a path makes c/threshold events, within 1.5', (t) => {
  const ramp = image((x) => 8 * x);
  const events = film({ ...quiet, threshold: 0.01, loops: 1 }, ramp);
  const pixel = 64 * 128 + 64;
  let made = 0;
  for (let i = 0; i < events.count && events.t[i] < 50_000; i++) if (pixelOf(events, i) === pixel) made++;
  const light = (x: number): number => Math.log(((8 * ((x + 0.5) / 4 - 0.5)) / 255) ** 2 + 0.25);
  // The image comes from 2.5 pixels to the left, so the pixel first sees what is 2.5 pixels to its right.
  const change = light(64 + 2.5) - light(64);
  t.true(Math.abs(made - change / 0.01) <= 1.5, `${made} events, change of ${change / 0.01} thresholds`);
});

test('dvsCamera: four times as many positions a path change the number of events by less than 1 %', (t) => {
  const coarse = film(quiet).count;
  const fine = film({ ...quiet, stepsPerPath: 40 }).count;
  t.true(Math.abs(coarse / fine - 1) < 0.01, `${coarse} and ${fine}`);
});

test('dvsCamera: times are sorted, within the recording, and hardly ever coincide', (t) => {
  const { t: time, count, width, height, x, y, p } = film({});
  t.deepEqual(
    [width, height, x.length, y.length, p.length, time.length],
    [128, 128, count, count, count, count],
  );
  t.true(time[0] >= 0 && time[count - 1] <= 400_000);
  for (let i = 1; i < count; i++) t.true(time[i] >= time[i - 1]);
  t.true(new Set(time).size > 0.9 * count);
});

test('dvsCamera: a pixel is silent for the refractory time after an event', (t) => {
  const refractory = 5000;
  const events = film({ ...quiet, threshold: 0.05, refractory });
  const last = new Float64Array(128 * 128).fill(-Infinity);
  for (let i = 0; i < events.count; i++) {
    t.true(events.t[i] - last[pixelOf(events, i)] >= refractory);
    last[pixelOf(events, i)] = events.t[i];
  }
  t.true(events.count < film({ ...quiet, threshold: 0.05 }).count);
});

test('dvsCamera: noise adds rate × pixels × duration events, from the stream alone', (t) => {
  const noise = Math.round(0.05 * 16384 * 0.4);
  const clean = film({ noiseRate: 0 });
  const noisy = film({ noiseRate: 0.05 });
  t.is(noisy.count - clean.count, noise);
  t.deepEqual(film({ noiseRate: 0.05 }), noisy);
  const other = dvsCamera()(square, stream(0, 'probe', 'other noise'));
  t.is(other.count, noisy.count);
  t.notDeepEqual(other.t, noisy.t);
});

test('dvsCamera: thresholds differ from pixel to pixel and camera to camera, and stay as they are', (t) => {
  const regular = film(quiet);
  const camera = dvsCamera({ ...quiet, mismatch: 0.05 });
  t.notDeepEqual(camera(square, random()).t, regular.t);
  t.deepEqual(camera(square, random()), camera(square, random()));
  t.notDeepEqual(dvsCamera({ ...quiet, mismatch: 0.05 }, 1)(square, random()).t, camera(square, random()).t);
});

test('dvsCamera: a setting out of range is refused', (t) => {
  const refused: [Partial<CameraSettings>, RegExp][] = [
    [{ threshold: 0 }, /threshold must be a positive number, got 0; the default is 0\.24/],
    [{ threshold: NaN }, /threshold/],
    [{ mismatch: 0.3 }, /mismatch must be a number in \[0, 0\.25\], got 0\.3/],
    [{ refractory: -1 }, /refractory/],
    [{ noiseRate: Infinity }, /noiseRate/],
    [{ loops: 0 }, /loops must be a positive integer/],
    [{ pathTime: 0.5 }, /pathTime/],
    [{ pathLength: 3.5 }, /pathLength must be a number in \(0, 3\]/],
    [{ stepsPerPath: 0 }, /stepsPerPath/],
  ];
  for (const [settings, message] of refused)
    t.throws(() => dvsCamera(settings), { instanceOf: SettingsError, message });
});
