import test from 'ava';
import { SettingsError } from '../../../src/errors.js';
import { experiment } from '../../../src/experiment/experiment.js';
import { factsOf } from '../../../src/interchange/nir/facts.js';
import { experimentNetwork } from '../../../src/experiment/network.js';
import type { NirArray } from '../../../src/interchange/nir/graph.js';
import { roundedDown, roundedUp } from '../../../src/interchange/nir/rounding.js';
import { type NirOptions, toNir } from '../../../src/interchange/nir/to-graph.js';
import { annTwin, convNet, resnet19, withNeurons } from '../../../src/network/architectures.js';
import {
  avgPool2d,
  batchNorm,
  conv2d,
  flatten,
  lif,
  linear,
  mpbn,
  maxPool2d,
  type Layer,
  type Network,
  neuNorm,
  scaledNorm,
  stepNorm,
  residual,
} from '../../../src/network/layers.js';
import { sizeOf, type TensorMap } from '../../../src/network/parameters.js';
import { neurons } from '../../../src/neurons/index.js';
import { weightsDigest } from '../../../src/records/safetensors.js';
import { weightsOf } from '../../helpers/networks.js';
import { array, difference, listed, NARROW, nodeOf, noWeights } from '../../helpers/nir-networks.js';

const CASES: [name: keyof typeof NARROW, reset: 'hard' | 'soft', options: NirOptions][] = [
  ['convNet', 'hard', {}],
  ['convNet', 'hard', { profile: 'ode', vocabulary: 'plain' }],
  ['convNet', 'soft', { profile: 'sinabs', vocabulary: 'plain', pool: 'sum' }],
  ['vggsnn', 'hard', { vocabulary: 'plain', pool: 'sum' }],
  ['resnet19', 'hard', {}],
];

for (const [name, reset, options] of CASES)
  test(`to NIR: ${name} ${Object.values(options).join(' ')} computes the same logits, within 1e-6`, async (t) => {
    t.true((await difference(NARROW[name], experiment({ steps: 3, neuron: { reset } }), options)) < 1e-6);
  });

for (const [what, given] of [
  ['norms of steps', { batchNorm: { kind: 'stepwise' } }],
  ['normalised potentials', { neuron: { model: 'mpbn' } }],
] as const)
  test(`to NIR: ${what} compute the same logits, within 1e-6, images flattened in another order too`, async (t) => {
    const settings = experiment({ ...given, steps: 3, network: { architecture: 'convNet', width: 1 / 8 } });
    const network = experimentNetwork(settings, [8, 8, 3], 3);
    for (const options of [{}, { profile: 'ode', vocabulary: 'plain' }] as const)
      t.true((await difference(network, settings, options)) < 1e-6);
    const flat: Network = {
      ...{ name: 'flat', input: [2, 2, 2], classes: 3 },
      layers: [flatten('f'), linear('fc', 8, 8), lif('l'), linear('last', 8, 3)],
    };
    const one = { ...flat, layers: flat.layers.map((layer) => (layer.type === 'lif' ? mpbn('l') : layer)) };
    t.true((await difference(one, settings)) < 1e-6);
  });

test('a network of neurons that are equations is refused by name', (t) => {
  const settings = experiment({ neuron: { model: 'plif' } });
  const network = withNeurons(convNet({ classes: 3, size: 8 }), neurons.plif);
  t.throws(() => toNir(network, weightsOf(network, 1), settings), {
    instanceOf: SettingsError,
    message:
      /^convNet: its neurons are equations \(plif\), and NIR has nodes for LIF alone; export a network/,
  });
  t.throws(() => toNir(convNet({ classes: 3, size: 8 }), {}, experiment({ neuron: { comparison: '>=' } })), {
    instanceOf: SettingsError,
    message: /fire at their threshold too \(neuron\.comparison >=\), and NIR's above it only/,
  });
  const layered = experiment();
  t.throws(() => toNir(network, weightsOf(network, 1), layered), {
    instanceOf: SettingsError,
    message: /^convNet: conv1\.lif \(neuron\) has no place in a NIR file: its neurons are equations/,
  });
});

test('to NIR: ResNet-19 is 44 nodes in the plain vocabulary, and two branches meet in the neurons behind a block', (t) => {
  const network = resnet19({ classes: 10, width: 1 / 64 });
  const graph = toNir(network, noWeights(network), experiment(), { profile: 'ode', vocabulary: 'plain' });
  const types = new Map<string, number>();
  for (const name of graph.nodes.keys()) {
    const node = nodeOf(graph, name);
    types.set(node.type, (types.get(node.type) ?? 0) + 1);
    for (const field of Object.values(node.fields) as NirArray[])
      t.is(sizeOf(field.shape), field.data.length, name);
  }
  t.deepEqual(Object.fromEntries(types), {
    ...{ Input: 1, Conv2d: 20, LIF: 18, AvgPool2d: 1, Flatten: 1, Affine: 2, Output: 1 },
  });
  t.is(new Set(graph.edges.map(String)).size, graph.edges.length);
  t.deepEqual(listed(nodeOf(graph, 'block4_shortcut_conv'), 'input_shape'), [32, 32]);
  t.deepEqual(array(nodeOf(graph, 'block8_lif2'), 'v_threshold').shape, [8, 8, 8]);
  t.deepEqual(
    graph.edges.filter(([, to]) => to === 'block2_lif2').map(([from]) => from),
    ['block2_conv2', 'block1_lif2'],
  );
});

test('to NIR: the vocabulary conv is Input, Conv2d of one group with an input_shape, LIF and Output alone', (t) => {
  for (const network of Object.values(NARROW)) {
    const graph = toNir(network, noWeights(network), experiment());
    const nodes = [...graph.nodes.keys()].map((name) => nodeOf(graph, name));
    t.deepEqual(new Set(nodes.map(({ type }) => type)), new Set(['Input', 'Conv2d', 'LIF', 'Output']));
    for (const node of nodes.filter(({ type }) => type === 'Conv2d')) {
      t.deepEqual(listed(node, 'groups'), [1]);
      t.is(array(node, 'input_shape').shape.join(), '2');
    }
  }
});

/** One pixel, one channel, so that every number can be told in advance. */
const single: Network = {
  name: 'single',
  input: [1, 1, 1],
  classes: 2,
  layers: [
    conv2d('conv', 1, 1, { kernel: 1, bias: true }),
    batchNorm('bn', 1),
    lif('lif.1'),
    linear('fc', 1, 2, false),
  ],
};
const one = (...values: number[]): { shape: number[]; data: Float32Array } => ({
  shape: [values.length],
  data: Float32Array.from(values),
});
const singleWeights: TensorMap = {
  'conv.weight': { shape: [1, 1, 1, 1], data: Float32Array.of(2) },
  ...{ 'conv.bias': one(1), 'bn.weight': one(3), 'bn.bias': one(0.25), 'bn.runningMean': one(5) },
  'bn.runningVariance': one(4),
  'fc.weight': { shape: [2, 1], data: Float32Array.of(1, -1) },
};

test('to NIR: batch norm folded by hand, the gain of unit-r in the weights and of ode in r', (t) => {
  const settings = experiment({ batchNorm: { epsilon: 1e-30 } });
  const graph = toNir(single, singleWeights, settings);
  // γ/√σ² = 1.5: weight 3, bias 1.5·(1 − 5) + 0.25 = −5.75; the gain of tau = 0.5 is 2.
  t.deepEqual(listed(nodeOf(graph, 'conv'), 'weight'), [6]);
  t.deepEqual(listed(nodeOf(graph, 'conv'), 'bias'), [-11.5]);
  t.deepEqual(nodeOf(graph, 'lif_1').fields, {
    tau: { dtype: 'float32', shape: [1, 1, 1], data: Float32Array.of(roundedUp(2e-4)) },
    v_leak: { dtype: 'float32', shape: [1, 1, 1], data: Float32Array.of(0) },
    r: { dtype: 'float32', shape: [1, 1, 1], data: Float32Array.of(1) },
    v_threshold: { dtype: 'float32', shape: [1, 1, 1], data: Float32Array.of(0.5) },
    v_reset: { dtype: 'float32', shape: [1, 1, 1], data: Float32Array.of(0) },
  });
  const ode = toNir(single, singleWeights, settings, { profile: 'ode' });
  t.deepEqual(listed(nodeOf(ode, 'conv'), 'weight'), [3]);
  t.deepEqual(listed(nodeOf(ode, 'lif_1'), 'r'), [2]);
  const tdbn = experiment({ batchNorm: { kind: 'tdbn', alpha: 3, epsilon: 1e-30 }, neuron: { theta: 2 } });
  t.deepEqual(
    listed(nodeOf(toNir(single, singleWeights, tdbn, { profile: 'ode' }), 'conv'), 'weight'),
    [18], // γ is multiplied by alpha·theta = 6
  );
});

test('to NIR: norms that are the same at every step are folded like batch norm, others refused by name', (t) => {
  const settings = experiment({ batchNorm: { epsilon: 1e-30 } });
  const withNorm = (norm: Layer): Network => ({
    ...single,
    layers: single.layers.map((layer) => (layer.type === 'batchNorm' ? norm : layer)),
  });
  for (const norm of [scaledNorm('bn', 1, 2), stepNorm('bn', 1, 'stepwise', 2)])
    t.deepEqual(
      toNir(withNorm(norm), singleWeights, settings).nodes,
      toNir(single, singleWeights, settings).nodes,
    );
  const { 'bn.bias': _, ...ofBntt } = singleWeights;
  const rows = (of: string): TensorMap[string] => ({ shape: [2, 1], data: Float32Array.of(1, Number(of)) });
  for (const [norm, weights] of [
    [stepNorm('bn', 1, 'tebn', 2), { ...singleWeights, 'bn.p': one(1, 1) }],
    [
      stepNorm('bn', 1, 'bntt', 2),
      {
        ...ofBntt,
        ...{ 'bn.weight': rows('3'), 'bn.runningMean': rows('0'), 'bn.runningVariance': rows('1') },
      },
    ],
  ] as const)
    t.throws(() => toNir(withNorm(norm), weights, settings), {
      instanceOf: SettingsError,
      message: /^single: bn \(stepNorm\) has no place in a NIR file: it scales each step by something else/,
    });
});

test('to NIR: neurons whose potential is normalised have a threshold for each channel, μ + (θ − β)σ/γ', (t) => {
  const normed: Network = {
    ...{ name: 'normed', input: [1, 2, 1], classes: 2 },
    layers: [conv2d('conv', 1, 2, { kernel: 1 }), mpbn('m'), flatten('f'), linear('fc', 4, 2, false)],
  };
  const weights: TensorMap = {
    'conv.weight': { shape: [2, 1, 1, 1], data: Float32Array.of(1, 1) },
    ...{ 'm.weight': one(2, 4), 'm.bias': one(0, 0.25), 'm.runningMean': one(3, 5) },
    'm.runningVariance': one(16, 64),
    'fc.weight': { shape: [2, 4], data: new Float32Array(8) },
  };
  const given = experiment({ batchNorm: { epsilon: 1e-30 }, neuron: { model: 'mpbn' } });
  const node = nodeOf(toNir(normed, weights, given), 'm');
  t.deepEqual(listed(node, 'v_threshold'), [4, 4, 5.5, 5.5]); // 3 + 0.5·4/2, 5 + 0.25·8/4
  t.deepEqual((node.fields.v_threshold as NirArray).shape, [2, 1, 2]);
  t.throws(() => toNir(normed, { ...weights, 'm.weight': one(2, -4) }, given), {
    instanceOf: SettingsError,
    message: /^normed: m \(mpbn\) has no place in a NIR file: its channel 1 is scaled by -4/,
  });
  const soft = experiment({ neuron: { model: 'mpbn', reset: 'soft' } });
  t.throws(() => toNir(normed, weights, soft, { profile: 'sinabs' }), {
    instanceOf: SettingsError,
    message: /m \(mpbn\) has no place in a NIR file: a soft reset takes theta/,
  });
});

test('to NIR: without a leak it is IF, without a memory tau is dt', (t) => {
  const without = experiment({ neuron: { tau: 1 } });
  const graph = toNir(single, singleWeights, without, { dt: 0.5 });
  t.deepEqual(Object.keys(nodeOf(graph, 'lif_1').fields), ['r', 'v_threshold', 'v_reset']);
  t.is(nodeOf(graph, 'lif_1').type, 'IF');
  t.deepEqual(listed(nodeOf(graph, 'lif_1'), 'r'), [2]);
  const forgets = toNir(single, singleWeights, experiment({ neuron: { tau: 0 } }), { dt: 0.5 });
  t.deepEqual(listed(nodeOf(forgets, 'lif_1'), 'tau'), [0.5]);
  t.deepEqual(listed(nodeOf(forgets, 'lif_1'), 'r'), [1]);
});

test('to NIR: columns behind a flattening go by C·H·W, in a kernel that covers the image too', (t) => {
  const flat: Network = {
    name: 'flat',
    input: [1, 2, 3],
    classes: 2,
    layers: [flatten('flatten'), linear('fc', 6, 2)],
  };
  const weights: TensorMap = {
    'fc.weight': { shape: [2, 6], data: Float32Array.of(0, 1, 2, 10, 11, 12, 100, 101, 102, 110, 111, 112) },
    'fc.bias': one(1, 2),
  };
  const theirs = [0, 10, 1, 11, 2, 12, 100, 110, 101, 111, 102, 112];
  const plainly = toNir(flat, weights, experiment(), { vocabulary: 'plain' });
  t.deepEqual(listed(nodeOf(plainly, 'fc'), 'weight'), theirs);
  t.deepEqual(listed(nodeOf(plainly, 'flatten'), 'input_type'), [3, 1, 2]);
  const conv = nodeOf(toNir(flat, weights, experiment()), 'fc');
  t.deepEqual(array(conv, 'weight').shape, [2, 3, 2, 2]); // square, for the image is not
  t.deepEqual(
    listed(conv, 'weight').filter((_, i) => i % 4 >= 2),
    theirs,
  );
  t.deepEqual(
    [listed(conv, 'stride'), listed(conv, 'padding')],
    [
      [2, 2],
      [1, 0],
    ],
  );
});

test('to NIR: a branch that is added to itself is one edge with twice the weight', (t) => {
  const twice: Network = {
    ...{ name: 'twice', input: [1, 1, 1], classes: 2 },
    layers: [lif('a'), residual('block', []), lif('b'), linear('fc', 1, 2, false)],
  };
  const weights = { 'fc.weight': singleWeights['fc.weight'] };
  const graph = toNir(twice, weights, experiment(), { profile: 'ode' });
  t.deepEqual(graph.edges.slice(1, 3), [
    ['a', 'b_gain'],
    ['b_gain', 'b'],
  ]);
  t.deepEqual(listed(nodeOf(graph, 'b_gain'), 'weight'), [2]);
});

test('to NIR: nothing of one branch is folded into what both take, logits within 1e-6', async (t) => {
  const branches: Network = {
    ...{ name: 'branches', input: [2, 2, 1], classes: 2 },
    layers: [
      conv2d('conv', 1, 3),
      residual('block', [batchNorm('b1', 3)], [batchNorm('b2', 3)]),
      ...[lif('l'), flatten('f'), linear('fc', 12, 2)],
    ],
  };
  t.true((await difference(branches, experiment({ steps: 3 }))) < 1e-6);
});

test('to NIR: means of spikes are multiplied by no more than they are, so that none comes over the threshold', (t) => {
  const pooled: Network = {
    ...{ name: 'pooled', input: [2, 2, 1], classes: 2 },
    layers: [lif('a'), avgPool2d('p'), lif('b'), linear('fc', 1, 2, false)],
  };
  const weights = { 'fc.weight': singleWeights['fc.weight'] };
  const graph = toNir(pooled, weights, experiment({ neuron: { tau: 0.25 } }));
  // A quarter, times the gain 4/3: the nearest float32 is above a third.
  t.true(Math.fround(1 / 3) > 1 / 3);
  t.deepEqual(new Set(listed(nodeOf(graph, 'p'), 'weight')), new Set([roundedDown(1 / 3)]));
});

test('to NIR: names are identifiers, and stay apart', (t) => {
  const names: Network = {
    ...{ name: 'names', input: [1, 1, 1], classes: 2 },
    layers: [lif('a.b'), lif('a_b'), lif('input'), linear('output', 1, 2, false)],
  };
  const graph = toNir(names, { 'output.weight': singleWeights['fc.weight'] }, experiment(), {
    profile: 'ode',
  });
  t.deepEqual([...graph.nodes.keys()], ['input', 'a_b', 'a_b_2', 'input_2', 'output', 'output_2']);
});

test('to NIR: the facts of the run are metadata', (t) => {
  const origin = { run: 'run-0123', data: 'shapes10', split: 'abc', encoding: 'frames' };
  const graph = toNir(single, singleWeights, experiment({ steps: 4 }), { origin, vocabulary: 'plain' });
  t.deepEqual(factsOf(graph), {
    ...{ dt: 1e-4, steps: 4, reset: 'zero', integration: 'euler', comparison: '>' },
    ...{ readout: 'mean over steps', profile: 'unit-r', vocabulary: 'plain', pool: 'avg', network: 'single' },
    ...{ weights: weightsDigest(singleWeights), ...origin },
  });
});

test('to NIR: what has no meaning there is refused by name, with what to do', (t) => {
  const layers = [conv2d('c', 1, 2), lif('l'), flatten('f'), linear('fc', 8, 2)];
  const network: Network = { name: 'n', input: [2, 2, 1], classes: 2, layers };
  const refused = (
    changed: Network,
    message: RegExp,
    settings = experiment(),
    options: NirOptions = {},
  ): void => {
    const error = t.throws(() => toNir(changed, noWeights(changed), settings, options), {
      instanceOf: SettingsError,
    });
    t.regex(error.message, message);
  };
  refused(
    { ...network, layers: [maxPool2d('p'), flatten('f'), linear('fc', 1, 2)] },
    /^n: p \(maxPool2d\) has no place in a NIR file: NIR has no maximum, .*; train with avgPool2d$/,
  );
  refused(
    { ...network, layers: [neuNorm('p'), flatten('f'), linear('fc', 4, 2)] },
    /^n: p \(neuNorm\) has no place in a NIR file: NIR has no node .*; train with batch norm$/,
  );
  refused(annTwin(network), /^n-ann: l \(relu\) has no place .* no ReLU; export the spiking network/);
  refused(
    network,
    /profile unit-r: the neurons reset by subtraction/,
    experiment({ neuron: { reset: 'soft' } }),
  );
  refused(network, /profile sinabs: the neurons reset to 0 .*; use profile unit-r$/, experiment(), {
    profile: 'sinabs',
  });
  refused(
    { ...network, layers: [flatten('f'), batchNorm('b', 4), linear('fc', 4, 2)] },
    /^n: b \(batchNorm\) .* normalises a flattened image; .* --vocabulary plain$/,
  );
  refused(
    { ...network, layers: [flatten('f'), conv2d('d', 4, 2, { kernel: 1 })] },
    /^n: d \(conv2d\) .* behind a flattening/,
  );
  const mixed = residual('r', [linear('in', 4, 4)]);
  refused(
    { ...network, layers: [flatten('f'), mixed, linear('fc', 4, 2)] },
    /^n: r \(residual\) .* another order/,
  );
  const wide = { ...network, input: [64, 64, 3] as [number, number, number] };
  const wideLayers = [
    conv2d('c', 3, 9000, { kernel: 1 }),
    avgPool2d('p'),
    flatten('f'),
    linear('fc', 1024 * 9000, 2),
  ];
  refused({ ...wide, layers: wideLayers }, /^n: p would be written with 324,000,000 weights/);
  for (const [option, known] of [
    ['profile', 'unit-r, ode, gain-1, sinabs'],
    ['vocabulary', 'conv, plain'],
    ['pool', 'avg, sum'],
  ])
    refused(
      network,
      new RegExp(`^NIR ${option}: "x" is not known; expected one of ${known}$`),
      experiment(),
      {
        [option]: 'x',
      } as never,
    );
  t.throws(() => toNir(network, {}, experiment()), {
    instanceOf: SettingsError,
    message: 'c.weight of n: expected shape [2, 1, 3, 3], got nothing; give the weights of this network',
  });
});
