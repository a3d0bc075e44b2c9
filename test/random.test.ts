import test from 'ava';
import { type Purpose, stream } from '../src/random.js';
import { SettingsError } from '../src/errors.js';

const take = (n: number, draw: () => number): number[] => Array.from({ length: n }, draw);

test('stream: a pure function of seed, purpose and path', (t) => {
  const first = take(5, stream(7, 'init', 'conv1').uniform);
  t.deepEqual(take(5, stream(7, 'init', 'conv1').uniform), first);
  for (const other of [stream(8, 'init', 'conv1'), stream(7, 'shuffle', 'conv1'), stream(7, 'init', 'conv2')])
    t.notDeepEqual(take(5, other.uniform), first);
});

test('stream: reading one purpose never shifts another', (t) => {
  const alone = take(4, stream(1, 'shuffle').uniform);
  const noise = stream(1, 'noise');
  take(1000, noise.normal);
  t.deepEqual(take(4, stream(1, 'shuffle').uniform), alone);
});

test('stream: the first numbers are pinned, so that published runs stay reproducible', (t) => {
  const { uniform, integer } = stream(2022, 'init', 'conv1.conv.weight');
  t.deepEqual([uniform(), uniform(), integer(0, 999)], [0.14646426690084546, 0.19594685066977846, 11]);
});

test('stream: 200,000 uniforms and normals have the right moments within 4 standard errors', (t) => {
  const n = 200_000;
  const { uniform, normal } = stream(3, 'noise', 'moments');
  const uniforms = take(n, uniform);
  const normals = take(n, normal);
  const mean = (values: number[]): number => values.reduce((sum, x) => sum + x, 0) / n;
  t.true(Math.abs(mean(uniforms) - 0.5) < 4 * Math.sqrt(1 / 12 / n));
  t.true(uniforms.every((x) => x >= 0 && x < 1));
  t.true(Math.abs(mean(normals)) < 4 / Math.sqrt(n));
  t.true(Math.abs(mean(normals.map((x) => x * x)) - 1) < 4 * Math.sqrt(2 / n));
  t.true(Math.abs(mean(normals.map((x) => x ** 4)) - 3) < 4 * Math.sqrt(96 / n));
});

test('permutation: every element once, and not the identity', (t) => {
  const order = stream(0, 'shuffle', 0).permutation(100);
  const identity = Int32Array.from({ length: 100 }, (_, i) => i);
  t.deepEqual(order.slice().sort(), identity);
  t.notDeepEqual(order, identity);
});

test('stream: each purpose is a stream of its own, and its first number is pinned', (t) => {
  const firsts: Record<Purpose, number> = {
    init: 239298,
    shuffle: 645622,
    augment: 166940,
    noise: 945996,
    encode: 220765,
    split: 426451,
    generate: 575568,
    probe: 153394,
    sweep: 105500,
    bootstrap: 157107,
    'sign-flip': 298745,
  };
  for (const [purpose, first] of Object.entries(firsts))
    t.is(stream(0, purpose as Purpose).integer(0, 999_999), first, purpose);
});

test('normal: pinned, and both values of a pair are used once', (t) => {
  const { normal } = stream(2022, 'noise', 'golden');
  t.deepEqual(
    take(5, normal),
    [2.107358815582747, -1.037266289853282, 0.9159820137709116, 0.0758416995558777, -0.17802882379311843],
  );
});

test('normal: 100,000 values are all different, neighbours uncorrelated and a standard normal (4 standard errors)', (t) => {
  const n = 100_000;
  const values = take(n, stream(4, 'noise', 'neighbours').normal);
  t.is(new Set(values).size, n);
  const covariance = (of: (x: number) => number, lag: number): number =>
    values.slice(lag).reduce((sum, x, i) => sum + of(x) * of(values[i]), 0) / (n - lag);
  for (const lag of [1, 2, 3]) {
    t.true(Math.abs(covariance((x) => x, lag)) < 4 / Math.sqrt(n), `lag ${lag}`);
    t.true(Math.abs(covariance((x) => x * x - 1, lag)) < (4 * 2) / Math.sqrt(n), `squares, lag ${lag}`);
  }
  // Φ at −2, −1, 0, 1 and 2, by tables.
  for (const [at, below] of [
    [-2, 0.02275],
    [-1, 0.158655],
    [0, 0.5],
    [1, 0.841345],
    [2, 0.97725],
  ]) {
    const share = values.filter((x) => x < at).length / n;
    t.true(Math.abs(share - below) < 4 * Math.sqrt((below * (1 - below)) / n), `below ${at}: ${share}`);
  }
});

test('uniform: neighbours fill the square evenly (chi-square of 10 × 10 cells below its 0.9999 quantile)', (t) => {
  const n = 100_000;
  const { uniform } = stream(5, 'augment', 'pairs');
  const cells = new Float64Array(100);
  for (let i = 0; i < n; i++) cells[10 * Math.floor(10 * uniform()) + Math.floor(10 * uniform())]++;
  t.true(chiSquare(cells) < 160);
});

test('integer: both ends are drawn and all values are as frequent (chi-square below its 0.9999 quantile); pinned', (t) => {
  const { integer } = stream(2022, 'sweep', 'golden');
  t.deepEqual(
    take(12, () => integer(-3, 3)),
    [3, -3, -2, 3, 3, 3, -2, -2, 3, 2, -1, -2],
  );
  const cells = new Float64Array(7);
  for (let i = 0; i < 70_000; i++) cells[integer(-3, 3) + 3]++;
  t.true(chiSquare(cells) < 28);
  t.is(integer(5, 5), 5);
});

test('chance: as often as asked for (4 standard errors), never at 0, always at 1; pinned', (t) => {
  const { chance } = stream(2022, 'augment', 'golden');
  const first = take(20, () => Number(chance(0.3)));
  t.deepEqual(first, [0, 1, 0, 0, 0, 1, 1, 0, 1, 1, 0, 0, 1, 1, 1, 0, 1, 0, 0, 0]);
  const n = 50_000;
  const hits = take(n, () => Number(chance(0.3))).reduce((sum, hit) => sum + hit, 0);
  t.true(Math.abs(hits / n - 0.3) < 4 * Math.sqrt(0.21 / n));
  t.false(take(1000, () => Number(chance(0))).includes(1));
  t.false(take(1000, () => Number(chance(1))).includes(0));
});

test('permutation: all 24 of four are as frequent (chi-square below its 0.9999 quantile), the identity too; pinned', (t) => {
  t.deepEqual([...stream(2022, 'shuffle', 'golden').permutation(12)], [3, 5, 0, 4, 1, 7, 10, 8, 9, 6, 2, 11]);
  const { permutation } = stream(6, 'shuffle', 'orders');
  const seen = new Map<string, number>();
  for (let i = 0; i < 24_000; i++) {
    const order = permutation(4).join('');
    seen.set(order, (seen.get(order) ?? 0) + 1);
  }
  t.is(seen.size, 24);
  t.true(seen.has('0123'));
  t.true(chiSquare(Float64Array.from(seen.values())) < 58);
});

test('permutation: one element in a hundred stays in its place on average (5 standard errors)', (t) => {
  const { permutation } = stream(7, 'shuffle', 'fixed');
  const n = 4000;
  let stayed = 0;
  for (let i = 0; i < n; i++) stayed += permutation(100).filter((to, from) => to === from).length;
  t.true(Math.abs(stayed / n - 1) < 5 / Math.sqrt(n), `${stayed / n}`); // mean 1, variance 1
  t.deepEqual([...permutation(1)], [0]);
  t.deepEqual([...permutation(0)], []);
});

/** Pearson's statistic against equal counts. */
function chiSquare(counts: Float64Array): number {
  const expected = counts.reduce((sum, count) => sum + count, 0) / counts.length;
  return counts.reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0);
}

test('stream: a seed that is not a non-negative integer is refused by name', (t) => {
  for (const seed of [-1, 0.5, NaN, 2 ** 60])
    t.throws(() => stream(seed, 'init'), {
      instanceOf: SettingsError,
      message: /seed must be a non-negative integer, got/,
    });
});
