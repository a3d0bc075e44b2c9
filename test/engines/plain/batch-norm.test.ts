import test from 'ava';
import { batchNorm, batchNormGradient, channelMoments } from '../../../src/engines/plain/batch-norm.js';
import { centralDifferences, dot } from '../../helpers/differences.js';
import { normals, worstDifference } from '../../helpers/tensors.js';

const channels = 3;
const site = { gamma: [1.5, -0.7, 0.2], beta: [0.1, -2, 3], epsilon: 1e-2, gain: 0.6 };
const y = normals('y', 7 * channels);
const g = normals('g', 7 * channels);

test('the output has mean β and, but for ε, spread |gain·γ|, within 1e-12', (t) => {
  const { variance } = channelMoments(y, channels);
  const after = channelMoments(batchNorm(y, site), channels);
  const spread = variance.map((v, c) => (site.gain * site.gamma[c]) ** 2 * (v / (v + site.epsilon)));
  t.true(worstDifference(after.mean, site.beta) < 1e-12);
  t.true(worstDifference(after.variance, spread) < 1e-12);
});

test('gradients of input, γ and β are the central differences within 1e-8 of the largest', (t) => {
  const got = batchNormGradient(y, g, site);
  const loss = (values: ArrayLike<number>, change: Partial<typeof site>): number =>
    dot(batchNorm(values, { ...site, ...change }), g);
  const worst = [
    worstDifference(
      got.input,
      centralDifferences((x) => loss(x, {}), y),
    ),
    worstDifference(
      got.gamma,
      centralDifferences((gamma) => loss(y, { gamma: [...gamma] }), site.gamma),
    ),
    worstDifference(
      got.beta,
      centralDifferences((beta) => loss(y, { beta: [...beta] }), site.beta),
    ),
  ];
  t.log(worst.map((w) => w.toExponential(1)).join(', '));
  t.true(Math.max(...worst) < 1e-8);
});
