import test from 'ava';
import {
  drawPlacement,
  inPlace,
  placeImage,
  type Edges,
  type Placement,
} from '../../../src/data/images/augment.js';

const identity = Float32Array.from({ length: 3 * 256 }, (_, i) => i % 256);

/** Places a 3 × 4 image with values 1 … 12 and one channel. */
function placed(placement: Placement, edges: Edges): number[][] {
  const source = Uint8Array.from({ length: 12 }, (_, i) => i + 1);
  const target = new Float32Array(12);
  placeImage({ source, sourceAt: 0, target, targetAt: 0 }, [3, 4, 1], placement, edges, identity);
  return [0, 1, 2].map((y) => [...target.subarray(4 * y, 4 * y + 4)]);
}

test('in place nothing moves', (t) => {
  t.deepEqual(placed(inPlace, 'black'), [
    [1, 2, 3, 4],
    [5, 6, 7, 8],
    [9, 10, 11, 12],
  ]);
});

test('images: moved, black comes in, then mirrored (crop of the padded image, then flip)', (t) => {
  t.deepEqual(placed({ down: 1, right: 2, mirror: false }, 'black'), [
    [0, 0, 0, 0],
    [0, 0, 1, 2],
    [0, 0, 5, 6],
  ]);
  t.deepEqual(placed({ down: 1, right: 2, mirror: true }, 'black'), [
    [0, 0, 0, 0],
    [2, 1, 0, 0],
    [6, 5, 0, 0],
  ]);
  t.deepEqual(placed({ down: -1, right: -1, mirror: false }, 'black'), [
    [6, 7, 8, 0],
    [10, 11, 12, 0],
    [0, 0, 0, 0],
  ]);
});

test('frames: rolled like numpy.roll, then mirrored', (t) => {
  t.deepEqual(placed({ down: 1, right: 1, mirror: false }, 'wrap'), [
    [12, 9, 10, 11],
    [4, 1, 2, 3],
    [8, 5, 6, 7],
  ]);
  t.deepEqual(placed({ down: -4, right: 5, mirror: true }, 'wrap'), [
    [7, 6, 5, 8],
    [11, 10, 9, 12],
    [3, 2, 1, 4],
  ]);
});

test('black is byte 0 of each channel before normalisation, and channels stay apart', (t) => {
  const table = Float32Array.from({ length: 3 * 256 }, (_, i) => Math.floor(i / 256) * 1000 + (i % 256) - 5);
  const target = new Float32Array(12);
  const source = Uint8Array.from({ length: 12 }, (_, i) => i + 1);
  placeImage(
    { source, sourceAt: 0, target, targetAt: 0 },
    [2, 2, 3],
    { down: 1, right: 0, mirror: true },
    'black',
    table,
  );
  t.deepEqual([...target], [-5, 995, 1995, -5, 995, 1995, -1, 1000, 2001, -4, 997, 1998]);
});

test('placements cover their range evenly: 9 × 9 × 2 for images, 11 × 11 × 2 for frames (each within 5 σ)', (t) => {
  for (const [kind, most] of [
    ['images', 4],
    ['frames', 5],
  ] as const) {
    const draws = 20_000;
    const seen = {
      down: new Map<number, number>(),
      right: new Map<number, number>(),
      mirror: new Map<number, number>(),
    };
    for (let i = 0; i < draws; i++) {
      const placement = drawPlacement(kind, { seed: 5, epoch: 2 }, i);
      for (const key of ['down', 'right', 'mirror'] as const) {
        const value = Number(placement[key]);
        seen[key].set(value, (seen[key].get(value) ?? 0) + 1);
      }
    }
    const moves = [...Array(2 * most + 1).keys()].map((i) => i - most);
    for (const [counts, values] of [
      [seen.down, moves],
      [seen.right, moves],
      [seen.mirror, [0, 1]],
    ] as const) {
      t.deepEqual(
        [...counts.keys()].sort((a, b) => a - b),
        values,
      );
      const p = 1 / values.length;
      const sigma = Math.sqrt(draws * p * (1 - p));
      for (const count of counts.values())
        t.true(Math.abs(count - draws * p) < 5 * sigma, `${kind} ${count}`);
    }
  }
});

test('placements are pinned: they are part of every result', (t) => {
  const of = (kind: 'images' | 'frames'): string[] =>
    [0, 1, 2].map((index) => Object.values(drawPlacement(kind, { seed: 2022, epoch: 1 }, index)).join(' '));
  t.deepEqual(of('images'), ['0 3 true', '1 2 false', '3 2 true']);
  t.deepEqual(of('frames'), ['1 -1 true', '4 1 false', '-5 -3 true']);
});

test('down, right and mirror are drawn independently: of each other, of the neighbour, of the epoch (5 σ)', (t) => {
  const draws = 20_000;
  const at = (epoch: number, index: number): number[] => {
    const { down, right, mirror } = drawPlacement('images', { seed: 8, epoch }, index);
    return [down, right, 2 * Number(mirror) - 1];
  };
  const pairs: Record<string, (i: number) => [number, number]> = {
    'down, right': (i) => [at(0, i)[0], at(0, i)[1]],
    'right, mirror': (i) => [at(0, i)[1], at(0, i)[2]],
    'down, next down': (i) => [at(0, i)[0], at(0, i + 1)[0]],
    'down, next epoch': (i) => [at(0, i)[0], at(1, i)[0]],
  };
  const variance = { move: 60 / 9, sign: 1 };
  for (const [what, pair] of Object.entries(pairs)) {
    let sum = 0;
    for (let i = 0; i < draws; i++) sum += pair(i)[0] * pair(i)[1];
    const spread = Math.sqrt(variance.move * (what === 'right, mirror' ? variance.sign : variance.move));
    t.true(Math.abs(sum / draws) < (5 * spread) / Math.sqrt(draws), `${what}: ${sum / draws}`);
  }
});

test('a placement depends on seed, epoch and index, and on nothing else', (t) => {
  const draw = (seed: number, epoch: number, index: number): string =>
    JSON.stringify(drawPlacement('images', { seed, epoch }, index));
  t.is(draw(1, 2, 3), draw(1, 2, 3));
  const many = (seed: number, epoch: number): string =>
    Array.from({ length: 20 }, (_, i) => draw(seed, epoch, i)).join();
  t.is(new Set([many(1, 2), many(1, 3), many(2, 2)]).size, 3);
});
