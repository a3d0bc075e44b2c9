import test from 'ava';
import { fetch, layParameters, store, stretchesOf } from '../../../src/engines/plan/parameters.js';
import { initialWeights } from '../../../src/network/initialise.js';
import {
  batchNorm,
  conv2d,
  flatten,
  lif,
  linear,
  neuron,
  residual,
  type Network,
} from '../../../src/network/layers.js';
import { isTrainable, parameterSpecs } from '../../../src/network/parameters.js';
import { neurons } from '../../../src/neurons/index.js';
import { normals } from '../../helpers/tensors.js';

const network: Network = {
  name: 'all kinds of parameters',
  input: [5, 4, 3],
  classes: 34,
  layers: [
    ...[conv2d('conv', 3, 33, { bias: true }), batchNorm('bn', 33), lif('lif')],
    residual('block', [conv2d('body', 33, 33), batchNorm('bodyBn', 33)]),
    ...[lif('lif2'), flatten('flat'), linear('fc1', 5 * 4 * 33, 8), lif('lif3')],
    linear('fc2', 8, 34),
  ],
};
const { byName, floats } = layParameters(network);

test('every trainable parameter, in execution order, has whole cache lines of its own and no gap is between them', (t) => {
  const names = parameterSpecs(network)
    .filter(isTrainable)
    .map(({ name }) => name);
  t.deepEqual([...byName.keys()], names);
  let end = 0;
  for (const parameter of byName.values()) {
    t.is(parameter.offset, end);
    t.is(parameter.floats % 32, 0);
    end += parameter.floats;
  }
  t.is(floats, end);
});

test('with an alignment every parameter begins on a multiple of it, and is as large as without', (t) => {
  const aligned = layParameters(network, 256);
  let end = 0;
  for (const [name, parameter] of aligned.byName) {
    t.is(parameter.offset, end);
    t.is(parameter.floats, byName.get(name)!.floats);
    end = Math.ceil((end + parameter.floats) / 64) * 64;
  }
  t.is(aligned.floats, end);
  t.true(end > floats);
});

test('by hand: weights as blocks of output channels and rows of input channels; a linear layer has the size of what is flattened', (t) => {
  t.deepEqual(byName.get('conv.weight')!.weights, {
    kind: 'conv2d',
    in: 3,
    out: 33,
    kernelHeight: 3,
    kernelWidth: 3,
  });
  t.is(byName.get('conv.weight')!.floats, 2 * 9 * 32 * 32);
  t.deepEqual(byName.get('fc1.weight')!.weights, {
    kind: 'linear',
    in: 33,
    out: 8,
    kernelHeight: 5,
    kernelWidth: 4,
  });
  t.is(byName.get('fc1.weight')!.floats, 20 * 64 * 32);
  t.deepEqual(byName.get('fc2.weight')!.weights, {
    kind: 'linear',
    in: 8,
    out: 34,
    kernelHeight: 1,
    kernelWidth: 1,
  });
  t.is(byName.get('conv.bias')!.floats, 64);
  t.is(byName.get('bn.weight')!.weights, undefined);
});

test('what is stored comes back as it was, whatever is stored beside it; padding becomes 0', (t) => {
  const region = new Float32Array(floats).fill(NaN);
  const weights = initialWeights(network, 1);
  for (const name of byName.keys()) weights[name].data = normals(name, weights[name].data.length);
  for (const [name, parameter] of byName) store(parameter, region, weights[name]);
  for (const [name, parameter] of byName) t.deepEqual(fetch(parameter, region), weights[name], name);
  const values = [...byName.keys()].reduce((sum, name) => sum + weights[name].data.length, 0);
  t.is(region.filter((value) => value === 0).length, floats - values); // no normal value is 0
});

test('what is fetched is a copy', (t) => {
  const region = new Float32Array(floats);
  for (const parameter of byName.values()) fetch(parameter, region).data.fill(1);
  t.true(region.every((value) => value === 0));
});

const learning: Network = {
  name: 'neurons that learn',
  input: [3, 2, 34],
  classes: 2,
  layers: [
    ...[neuron('stl', neurons.stl), neuron('plif', neurons.plif), neuron('glif', neurons.glif)],
    ...[flatten('flat'), linear('fc', 3 * 2 * 34, 2)],
  ],
};

test('what neurons learn: one value, one a channel, or one a neuron as a dense signal of one image; written and read back', (t) => {
  const laid = layParameters(learning);
  const region = new Float32Array(laid.floats).fill(NaN);
  for (const [name, floats] of [
    ['stl.theta', 2 * 3 * 2 * 32],
    ['plif.w', 32],
    ['glif.alpha', 64],
  ] as const) {
    const parameter = laid.byName.get(name)!;
    t.is(parameter.floats, floats);
    const { shape } = parameter.spec;
    const data = normals(
      name,
      shape.reduce((a, b) => a * b, 1),
    );
    store(parameter, region, { shape, data });
    t.deepEqual(fetch(parameter, region), { shape, data });
    const own = region.subarray(parameter.offset, parameter.offset + floats);
    t.is(own.filter((value) => value !== 0).length, data.length); // the padding is 0
  }
  const theta = laid.byName.get('stl.theta')!;
  const values = fetch(theta, region).data;
  t.is(region[theta.offset + 6 * 32 + 5 * 32 + 1], values[5 * 34 + 33]); // block 1, the last pixel, channel 33
});

test('stretches for weight decay cover a region: what neurons learn has none', (t) => {
  const laid = layParameters(learning);
  const stretches = stretchesOf(laid);
  const fc = laid.byName.get('fc.weight')!;
  t.deepEqual(stretches, [
    { offset: 0, floats: fc.offset, ofNeurons: true },
    { offset: fc.offset, floats: laid.floats - fc.offset, ofNeurons: false },
  ]);
  t.deepEqual(stretchesOf({ byName, floats }), [{ offset: 0, floats, ofNeurons: false }]);
});
