// The canvas of shapes10: soft edges, light and noise.
import test from 'ava';
import { cover, develop, fill, SIZE, type Surface } from '../../../../src/data/sets/shapes10/canvas.js';
import { stream } from '../../../../src/random.js';

const plain =
  (level: number): Surface =>
  (_x, _y, out) =>
    out.fill(level);
const blank = (level: number): Float64Array => {
  const canvas = new Float64Array(SIZE * SIZE * 3);
  fill(canvas, plain(level));
  return canvas;
};
const mean = (values: ArrayLike<number>): number =>
  Array.from(values).reduce((a, b) => a + b, 0) / values.length;

test('cover: a disc takes the share of each pixel that lies inside: its area within 0.5 %', (t) => {
  for (const [x, y, radius] of [
    [16, 16, 9],
    [13.3, 17.8, 7.2],
    [16.5, 15.1, 11.9],
  ]) {
    const canvas = blank(0);
    const distance = (px: number, py: number): number => Math.hypot(px - x, py - y) - radius;
    cover(canvas, { x, y, extent: radius, distance }, plain(1));
    const area = mean(canvas) * SIZE * SIZE;
    t.true(Math.abs(area / (Math.PI * radius * radius) - 1) < 0.005, `${area}`);
  }
});

test('cover: a shape that sticks out is cut at the edge of the canvas', (t) => {
  const canvas = blank(0);
  cover(canvas, { x: 0, y: 40, extent: 12, distance: (x, y) => Math.hypot(x, y - 40) - 12 }, plain(1));
  t.true(canvas.every((share) => share >= 0 && share <= 1));
  t.true(canvas[(31 * SIZE + 0) * 3] === 1 && canvas[(31 * SIZE + 31) * 3] === 0 && canvas[0] === 0);
});

test('develop: without light and noise levels are rounded and cut to 0 … 255', (t) => {
  for (const [level, byte] of [
    [-3, 0],
    [0.4, 0],
    [0.5, 1],
    [99.6, 100],
    [255.4, 255],
    [400, 255],
  ])
    t.true(
      develop(blank(level), [0, 0], 0, stream(0, 'probe')).every((value) => value === byte),
      `${level}`,
    );
});

test('develop: light grows along its direction and leaves the mean; noise has mean 0, the span asked for and its deviation within 5 %', (t) => {
  const lit = develop(blank(100), [0.01, 0], 0, stream(0, 'probe'));
  t.deepEqual([lit[0], lit[31 * 3], lit[31 * SIZE * 3]], [85, 116, 85]);
  const noisy = develop(blank(128), [0, 0], 30, stream(0, 'probe'));
  t.true(Math.abs(mean(noisy) - 128) < 1, `${mean(noisy)}`);
  t.true(Math.min(...noisy) >= 98 && Math.max(...noisy) <= 158);
  const deviation = Math.sqrt(mean(Array.from(noisy, (value) => (value - 128) ** 2)));
  t.true(Math.abs(deviation / (30 / Math.sqrt(6)) - 1) < 0.05, `${deviation}`); // a triangular distribution
});
