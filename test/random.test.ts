import test from 'ava';
import { stream } from '../src/random.js';
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

test('stream: a seed that is not a non-negative integer is refused by name', (t) => {
  for (const seed of [-1, 0.5, NaN, 2 ** 60])
    t.throws(() => stream(seed, 'init'), {
      instanceOf: SettingsError,
      message: /seed must be a non-negative integer, got/,
    });
});
