// The noise scale, on gradients whose signal and noise are known.
import test from 'ava';
import { SettingsError } from '../../src/errors.js';
import { gradientNoise } from '../../src/measures/gradient-noise.js';
import { stream } from '../../src/random.js';

const tensor = (data: Float32Array) => ({ g: { shape: [data.length], data } });

test('gradientNoise: signal and noise of gradients drawn around a known one, within 5 %', (t) => {
  const random = stream(3, 'probe', 'gradient noise');
  const [values, parts, examples] = [20_000, 10, 4];
  // Each example's gradient: 0.1 in every value, with a standard deviation of 0.5; a batch of 4 halves that.
  const batches = Array.from({ length: parts }, () =>
    tensor(Float32Array.from({ length: values }, () => 0.1 + (0.5 / Math.sqrt(examples)) * random.normal())),
  );
  const { signal, noise, scale } = gradientNoise(batches, examples);
  t.true(Math.abs(signal / (values * 0.1 ** 2) - 1) < 0.05, `signal ${signal}`);
  t.true(Math.abs(noise / (values * 0.5 ** 2) - 1) < 0.05, `noise ${noise}`);
  t.true(Math.abs(scale! / 25 - 1) < 0.05, `scale ${scale}`);
});

test('gradientNoise: equal gradients have none; opposite ones have no signal; one batch says nothing', (t) => {
  const one = tensor(Float32Array.of(1, 2));
  t.deepEqual(gradientNoise([one, one], 8), { signal: 5, noise: 0, scale: 0 });
  const other = tensor(Float32Array.of(-1, -2));
  t.deepEqual(gradientNoise([one, other], 8), { signal: 0, noise: 80, scale: null });
  t.throws(() => gradientNoise([one], 8), {
    instanceOf: SettingsError,
    message: /at least two batches, got 1/,
  });
});
