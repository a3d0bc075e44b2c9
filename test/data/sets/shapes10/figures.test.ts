// The figures of shapes10: their distances against a plain search, and what draw.ts and the docs say of them.
import test from 'ava';
import { FIGURES, signedDistance } from '../../../../src/data/sets/shapes10/figures.js';

const named = (name: string): ((x: number, y: number) => number) =>
  signedDistance(FIGURES.find((figure) => figure.name === name)!);

test('signedDistance: disc, ring and square as in closed form within 1e-12', (t) => {
  const [disc, ring, square] = ['disc', 'ring', 'square'].map(named);
  for (let x = -1.3; x < 1.3; x += 0.093)
    for (let y = -1.3; y < 1.3; y += 0.087) {
      const radius = Math.hypot(x, y);
      t.true(Math.abs(disc(x, y) - (radius - 0.78)) < 1e-12);
      t.true(Math.abs(ring(x, y) - Math.max(radius - 0.92, 0.5 - radius)) < 1e-12);
      const [dx, dy] = [Math.abs(x) - 0.69, Math.abs(y) - 0.69];
      const box = Math.hypot(Math.max(dx, 0), Math.max(dy, 0)) + Math.min(Math.max(dx, dy), 0);
      t.true(Math.abs(square(x, y) - box) < 1e-12);
    }
});

test('signedDistance: no two points differ by more than their distance', (t) => {
  for (const figure of FIGURES) {
    const distance = signedDistance(figure);
    for (let x = -1.3; x < 1.3; x += 0.05)
      for (let y = -1.3; y < 1.3; y += 0.05) {
        t.true(Math.abs(distance(x + 0.03, y) - distance(x, y)) < 0.03 + 1e-12, figure.name);
        t.true(Math.abs(distance(x, y + 0.03) - distance(x, y)) < 0.03 + 1e-12, figure.name);
      }
  }
});

test('FIGURES: areas are 1.4 to 2.1 (bolt 1.0), no point is further out than 1.2', (t) => {
  for (const figure of FIGURES) {
    const distance = signedDistance(figure);
    const step = 0.01;
    let area = 0;
    let reach = 0;
    for (let x = -1.5; x < 1.5; x += step)
      for (let y = -1.5; y < 1.5; y += step)
        if (distance(x, y) < 0) {
          area += step * step;
          reach = Math.max(reach, Math.hypot(x, y));
        }
    t.true(reach < 1.2, `${figure.name} reaches ${reach}`);
    const [least, most] = figure.name === 'bolt' ? [0.95, 1.05] : [1.4, 2.1];
    t.true(area > least && area < most, `${figure.name}: area ${area}`);
  }
});
