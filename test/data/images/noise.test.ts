import test from 'ava';
import { addNoise, checkNoise, type BatchNoise } from '../../../src/data/images/noise.js';
import { NOISE_DEFINITIONS } from '../../../src/data/images/noise-definitions.js';
import { normalised } from '../../../src/data/images/normalise.js';
import { datasets } from '../../../src/data/sets/index.js';
import { SettingsError } from '../../../src/errors.js';
import { sha256 } from '../../../src/hash.js';

const cifar = datasets.cifar10.normalisation;
const low = cifar.mean.map((mean, c) => normalised(0, mean, cifar.std[c]));
const high = cifar.mean.map((mean, c) => normalised(1, mean, cifar.std[c]));

/** A normalised image of `pixels` pixels that are all grey of a value in [0, 1]. */
const grey = (pixels: number, value: number): Float32Array =>
  Float32Array.from({ length: 3 * pixels }, (_, i) => normalised(value, cifar.mean[i % 3], cifar.std[i % 3]));

/** The image with noise on it. */
function noisy(
  x: Float32Array,
  definition: string,
  level: number,
  more: Partial<BatchNoise> = {},
): Float32Array {
  const noise = { definition, level, seed: 1, ...more };
  const copy = x.slice();
  addNoise(copy, checkNoise(noise), noise, cifar, 0, 0);
  return copy;
}

const deviation = (values: number[]): number => {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length);
};
const channel = (x: Float32Array, c: number): number[] => [...x].filter((_, i) => i % 3 === c);

test('Gaussian: the level is σ or σ², on pixels or on normalised values, by channel (within 3 %)', (t) => {
  const clean = grey(10_000, 0.5);
  for (const [level, sigma] of [
    ['sigma', 0.04],
    ['variance', Math.sqrt(0.04)],
  ] as const)
    for (let c = 0; c < 3; c++) {
      const pixel = deviation(channel(noisy(clean, `gaussian-pixel-${level}`, 0.04), c)) * cifar.std[c];
      t.true(Math.abs(pixel / sigma - 1) < 0.03, `pixel ${level}: ${pixel}`);
      const normal = deviation(channel(noisy(clean, `gaussian-normalised-${level}`, 0.04), c));
      t.true(Math.abs(normal / sigma - 1) < 0.03, `normalised ${level}: ${normal}`);
    }
});

test('Gaussian: clipping keeps pixels in [0, 1] or values in [−1, 1], and only clips', (t) => {
  const clean = grey(1000, 0.02);
  for (const name of ['pixel-variance', 'normalised-variance']) {
    const free = noisy(clean, `gaussian-${name}`, 9);
    const clipped = noisy(clean, `gaussian-${name}-clip`, 9);
    t.true(free.some((value, i) => value < low[i % 3]) && free.some((value, i) => value > high[i % 3]));
    t.true(clipped.every((value, i) => value >= low[i % 3] && value <= high[i % 3]));
    t.true(clipped.some((value, i) => value === low[i % 3]));
  }
  const unit = noisy(clean, 'gaussian-normalised-variance-unit-clip', 1);
  t.true(unit.every((value) => value >= -1 && value <= 1));
});

test('salt and pepper on values: a share of level is replaced, half white, half black (within 5 σ)', (t) => {
  const n = 30_000;
  const found = noisy(grey(n / 3, 0.5), 'salt-pepper-values', 0.1);
  const salt = [...found].filter((value, i) => value === high[i % 3]).length;
  const pepper = [...found].filter((value, i) => value === low[i % 3]).length;
  const sigma = Math.sqrt(n * 0.05 * 0.95);
  for (const count of [salt, pepper]) t.true(Math.abs(count - 0.05 * n) < 5 * sigma, `${count}`);
  const kept = [...found].filter((value, i) => value === grey(1, 0.5)[i % 3]).length;
  t.is(salt + pepper + kept, n);
});

test('salt and pepper on pixels replaces all channels of a pixel or none', (t) => {
  const clean = grey(5000, 0.5);
  const found = noisy(clean, 'salt-pepper-pixels', 0.2);
  let replaced = 0;
  for (let i = 0; i < found.length; i += 3) {
    const values = [...found.subarray(i, i + 3)];
    const kinds = [low, high, [...clean.subarray(0, 3)]].filter((kind) =>
      kind.every((value, c) => value === values[c]),
    );
    t.is(kinds.length, 1);
    if (kinds[0] !== low && kinds[0] !== high) continue;
    replaced++;
  }
  t.true(Math.abs(replaced - 1000) < 5 * Math.sqrt(5000 * 0.2 * 0.8), `${replaced}`);
});

test('salt and pepper are the extremes of the example, or ±1, where the definition says so', (t) => {
  const clean = grey(2000, 0.5);
  clean[0] = -1.5;
  clean[1] = 2.25;
  const distinct = (x: Float32Array): number[] => [...new Set(x.subarray(3))].sort((a, b) => a - b);
  const middle = [...new Set(clean.subarray(3))];
  t.deepEqual(
    distinct(noisy(clean, 'salt-pepper-extremes', 0.3)),
    [-1.5, ...middle, 2.25].sort((a, b) => a - b),
  );
  t.deepEqual(
    distinct(noisy(clean, 'salt-pepper-normalised-unit', 0.3)),
    [-1, ...middle, 1].sort((a, b) => a - b),
  );
});

test('salt-pepper-share replaces 5 % whatever the level, which is the share of salt (within 5 σ)', (t) => {
  const n = 60_000;
  for (const level of [0, 0.1, 1]) {
    const found = noisy(grey(n / 3, 0.5), 'salt-pepper-share', level);
    const salt = [...found].filter((value, i) => value === high[i % 3]).length;
    const pepper = [...found].filter((value, i) => value === low[i % 3]).length;
    const bound = (p: number): number => 5 * Math.sqrt(n * p * (1 - p));
    t.true(Math.abs(salt + pepper - 0.05 * n) < bound(0.05));
    t.true(Math.abs(salt - 0.05 * level * n) <= bound(0.05 * level), `${level}: ${salt}`);
  }
});

test('at level 0 every definition leaves the image as it is, but for clipping to ±1 and shares of salt', (t) => {
  const clean = grey(500, 0.3);
  for (const { name } of NOISE_DEFINITIONS.filter(({ name }) => !/share|unit-clip/.test(name)))
    t.deepEqual(noisy(clean, name, 0), clean, name);
});

/** The first digits of the SHA-256 of a grey image under each definition, level 0.1: bits of published noise curves. */
const GOLDEN: Record<string, string> = {
  'gaussian-pixel-sigma': 'b69e7827c529ed48',
  'gaussian-pixel-sigma-clip': 'cc3f907ff460c9a8',
  'gaussian-pixel-variance': '3d74a88098fa4ffc',
  'gaussian-pixel-variance-clip': '59e1b080234deeca',
  'gaussian-normalised-sigma': '691d291d16baf364',
  'gaussian-normalised-sigma-clip': 'c60bb21835d6f94d',
  'gaussian-normalised-variance': '69d15521bbbb333c',
  'gaussian-normalised-variance-clip': '17c3a839c2928848',
  'gaussian-normalised-variance-unit-clip': 'd1e533bf9abf3811',
  'salt-pepper-values': '40d6641d1e5b8521',
  'salt-pepper-pixels': 'c1e5c3fb5759c037',
  'salt-pepper-extremes': '89862f1a9694c63c',
  'salt-pepper-normalised-unit': '7d6d4b91b50a27ed',
  'salt-pepper-share': 'e28e1fdf97602705',
  'salt-pepper-share-normalised-unit': '9484ccd6c175fb8a',
};

test('every definition has its pinned bits', (t) => {
  t.deepEqual(Object.keys(GOLDEN).sort(), NOISE_DEFINITIONS.map(({ name }) => name).sort());
  for (const { name } of NOISE_DEFINITIONS) {
    const x = grey(100, 0.5);
    const noise = { definition: name, level: 0.1, seed: 1 };
    addNoise(x, checkNoise(noise), noise, cifar, 7, 0);
    const bytes = Buffer.alloc(4 * x.length);
    x.forEach((value, i) => bytes.writeFloatLE(value, 4 * i));
    t.is(sha256(bytes).slice(0, 16), GOLDEN[name], name);
  }
});

test('Gaussian: channels and neighbouring pixels have noise of their own (correlation within 4 standard errors)', (t) => {
  const n = 30_000;
  const found = noisy(new Float32Array(n), 'gaussian-normalised-sigma', 1);
  for (const lag of [1, 2, 3]) {
    let sum = 0;
    for (let i = lag; i < n; i++) sum += found[i] * found[i - lag];
    t.true(Math.abs(sum / (n - lag)) < 4 / Math.sqrt(n), `lag ${lag}: ${sum / n}`);
  }
});

test('noise is a function of seed, definition, level, index and, per step, of the step', (t) => {
  const draw = (noise: Partial<BatchNoise>, index = 0, step = 0): string => {
    const whole = { definition: 'gaussian-pixel-sigma', level: 0.1, seed: 1, ...noise };
    const x = grey(4, 0.5);
    addNoise(x, checkNoise(whole), whole, cifar, index, step);
    return [...x].join();
  };
  t.is(draw({}), draw({}));
  t.is(draw({}, 0, 0), draw({}, 0, 1), 'shared over time');
  const different = [
    draw({}),
    draw({ seed: 2 }),
    draw({ level: 0.2 }),
    draw({ definition: 'gaussian-pixel-sigma-clip' }),
    draw({}, 1),
    draw({ perStep: true }),
    draw({ perStep: true }, 0, 1),
  ];
  t.is(new Set(different).size, different.length);
});

test('unknown definitions and levels out of range are refused', (t) => {
  const check = (definition: string, level: number) => () => checkNoise({ definition, level, seed: 0 });
  t.throws(check('gauss', 0.1), {
    instanceOf: SettingsError,
    message: /no definition "gauss"; choose one of gaussian-pixel-sigma, .*salt-pepper-share/,
  });
  for (const level of [-0.1, NaN, Infinity])
    t.throws(check('gaussian-pixel-sigma', level), {
      instanceOf: SettingsError,
      message: /give a number ≥ 0$/,
    });
  t.throws(check('salt-pepper-values', 1.01), {
    instanceOf: SettingsError,
    message: /level 1\.01 .* ≥ 0 and ≤ 1/,
  });
});
