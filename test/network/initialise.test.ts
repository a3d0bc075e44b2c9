import test from 'ava';
import { convNet } from '../../src/network/architectures.js';
import { initialWeights } from '../../src/network/initialise.js';
import { flatten, globalAvgPool2d, linear, neuron } from '../../src/network/layers.js';
import { parameterSpecs } from '../../src/network/parameters.js';
import { neurons } from '../../src/neurons/index.js';
import { withParameters } from '../../src/neurons/settings.js';

const network = convNet({ classes: 10 });

test('initialWeights: uniform in ±1/√fanIn with variance 1/(3·fanIn) within 5 %', (t) => {
  const weights = initialWeights(network, 1);
  for (const { name, fanIn, role, shape } of parameterSpecs(network)) {
    if (role !== 'weight' || shape.reduce((a, b) => a * b) < 5000) continue;
    const { data } = weights[name];
    const bound = 1 / Math.sqrt(fanIn);
    t.true(data.every((w) => Math.abs(w) <= bound));
    const variance = [...data].reduce((sum, w) => sum + w * w, 0) / data.length;
    t.true(Math.abs(variance / ((bound * bound) / 3) - 1) < 0.05, name);
  }
});

test('initialWeights: batch norm starts as the identity', (t) => {
  const weights = initialWeights(network, 1);
  t.true(weights['conv1.bn.weight'].data.every((x) => x === 1));
  t.true(weights['conv1.bn.bias'].data.every((x) => x === 0));
  t.true(weights['conv1.bn.runningMean'].data.every((x) => x === 0));
  t.true(weights['conv1.bn.runningVariance'].data.every((x) => x === 1));
});

test("initialWeights: a tensor's values depend on seed and name only", (t) => {
  const deeper = convNet({ classes: 10, convolutions: 4 });
  t.deepEqual(
    initialWeights(deeper, 5)['conv1.conv.weight'],
    initialWeights(network, 5)['conv1.conv.weight'],
  );
  t.notDeepEqual(
    initialWeights(network, 6)['conv1.conv.weight'],
    initialWeights(network, 5)['conv1.conv.weight'],
  );
});

test('initialWeights: pinned to the bit, and no two tensors begin alike', (t) => {
  const weights = initialWeights(convNet({ classes: 10, width: 0.125 }), 2022);
  t.deepEqual(
    [...weights['conv1.conv.weight'].data.subarray(0, 3)],
    [-0.1360759735107422, -0.11703011393547058, 0.11404380202293396],
  );
  const drawn = Object.entries(weights).filter(([name]) => /(conv|fc)\.(weight|bias)$/.test(name));
  // Values are uniform in ± a bound of each tensor: what they are of it says whether streams are shared.
  const shares = drawn.map(([, { data }]) => (data[0] / Math.max(...data.map(Math.abs))).toFixed(3));
  t.is(new Set(shares).size, drawn.length, shares.join(' '));
});

test('initialWeights: what neurons learn begins at its value, with a spread around it where it has one, seeded', (t) => {
  const theta = (spread?: number) => ({ learned: true, per: 'neuron', initial: 2, spread }) as const;
  const of = (spread: number | undefined, seed: number) =>
    initialWeights(
      {
        ...{ name: 'own', input: [8, 8, 16] as [number, number, number], classes: 2 },
        layers: [
          neuron(
            'n',
            withParameters(neurons.stl, { theta: JSON.parse(JSON.stringify(theta(spread))) as never }),
          ),
          globalAvgPool2d('p'),
          flatten('f'),
          linear('fc', 16, 2),
        ],
      },
      seed,
    )['n.theta'].data;
  t.true(of(undefined, 1).every((value) => value === 2));
  const drawn = Float32Array.from(of(0.1, 1));
  const mean = drawn.reduce((sum, value) => sum + value, 0) / drawn.length;
  const sd = Math.sqrt(drawn.reduce((sum, value) => sum + (value - mean) ** 2, 0) / drawn.length);
  t.true(Math.abs(mean - 2) < 0.01 && Math.abs(sd - 0.1) < 0.01, `${mean} ± ${sd}`);
  t.deepEqual(of(0.1, 1), drawn);
  t.notDeepEqual(of(0.1, 2), drawn);
});
