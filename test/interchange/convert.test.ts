import test from 'ava';
import { DataError, SettingsError } from '../../src/errors.js';
import type { ArrayMap, NamedArray } from '../../src/files/arrays/arrays.js';
import { flattenedInputs, fromOwnNames, fromStateDict, toStateDict } from '../../src/interchange/convert.js';
import { convNet, resnet19, vggsnn } from '../../src/network/architectures.js';
import { initialWeights } from '../../src/network/initialise.js';
import { flatten, linear, type Network } from '../../src/network/layers.js';
import type { TensorMap } from '../../src/network/parameters.js';

/** Two classes from an image of 1 × 2 pixels with three channels. */
const flat: Network = {
  name: 'flat',
  input: [1, 2, 3],
  classes: 2,
  layers: [flatten('flatten'), linear('fc', 6, 2)],
};
/** Pixel, channel: columns of ours go through the channels of a pixel first, PyTorch's through the pixels of a channel. */
const OURS = Float32Array.of(0, 1, 2, 10, 11, 12, 100, 101, 102, 110, 111, 112);
const THEIRS = Float32Array.of(0, 10, 1, 11, 2, 12, 100, 110, 101, 111, 102, 112);

const resnet = resnet19({ classes: 10, width: 1 / 16 });
const map = (arrays: Record<string, NamedArray>): ArrayMap => new Map(Object.entries(arrays));
function messageOf(network: Network, arrays: ArrayMap): string {
  try {
    fromStateDict(network, arrays, 'a.pth');
  } catch (error) {
    if (error instanceof DataError) return error.message;
    throw error;
  }
  return 'read';
}

test('convert: columns behind a flattening, known numbers: H·W·C here, C·H·W in PyTorch', (t) => {
  const weights: TensorMap = {
    'fc.weight': { shape: [2, 6], data: OURS },
    'fc.bias': { shape: [2], data: Float32Array.of(1, 2) },
  };
  t.deepEqual([...flattenedInputs(flat)], [['fc.weight', [1, 2, 3]]]);
  const arrays = toStateDict(flat, weights);
  t.deepEqual(arrays.get('fc.weight'), { shape: [2, 6], data: THEIRS });
  t.deepEqual(fromStateDict(flat, arrays, 'a'), weights);
  t.deepEqual(fromOwnNames(flat, map(weights), 'a'), weights);
});

test('convert: only what takes a flattened image of several pixels and channels is permuted', (t) => {
  t.deepEqual([...flattenedInputs(vggsnn({ classes: 10 }))], [['fc.weight', [3, 3, 512]]]);
  t.deepEqual([...flattenedInputs(convNet({ classes: 10, width: 0.25 }))], [['fc.weight', [4, 4, 32]]]);
  t.deepEqual([...flattenedInputs(resnet)], []);
  t.deepEqual([...flattenedInputs({ ...flat, input: [2, 3, 1] })], []);
});

test('convert: there and back is the same to the bit, under any of the names and with `module.` before all', (t) => {
  for (const network of [
    resnet,
    vggsnn({ classes: 10, width: 1 / 32 }),
    convNet({ classes: 4, width: 0.25 }),
  ]) {
    const weights = initialWeights(network, 3);
    const arrays = toStateDict(network, weights);
    t.deepEqual(fromStateDict(network, arrays, 'a'), weights, network.name);
    const wrapped = new Map([...arrays].map(([name, array]) => [`module.${name}`, array]));
    t.deepEqual(fromStateDict(network, wrapped, 'a'), weights, network.name);
  }
  const weights = initialWeights(resnet, 3);
  const rare = new Map([...toStateDict(resnet, weights)].reverse());
  for (const name of rare.keys()) if (/^(bn|conv|fc)\d\.|seqbn/.test(name)) rare.delete(name);
  t.true(rare.size < 230);
  t.deepEqual(fromStateDict(resnet, rare, 'a'), weights);
});

test('convert: what is read does not share memory with what it was read from', (t) => {
  const weights = initialWeights(resnet, 3);
  const read = fromStateDict(resnet, toStateDict(resnet, weights), 'a');
  read['fc1.weight'].data[0] = 99;
  t.not(weights['fc1.weight'].data[0], 99);
});

test('convert: counts of batches are passed over, for batch norms alone', (t) => {
  const arrays = toStateDict(resnet, initialWeights(resnet, 3));
  const count: NamedArray = { shape: [], data: BigInt64Array.of(7n) };
  arrays.set('layer1.0.bn1.seqbn.module.num_batches_tracked', count);
  t.is(messageOf(resnet, arrays), 'read');
  arrays.set('layer1.7.bn1.bn.num_batches_tracked', count);
  t.regex(messageOf(resnet, arrays), /1 superfluous: layer1\.7\.bn1\.bn\.num_batches_tracked;/);
});

test('convert: one message says what is missing, superfluous, of another shape, kind, or contradicts itself', (t) => {
  const arrays = toStateDict(resnet, initialWeights(resnet, 3));
  for (const name of ['conv1.weight', 'conv1_s.layer.module.weight']) arrays.delete(name);
  arrays.set('extra\u001b', { shape: [1], data: new Float32Array(1) });
  const fc1 = arrays.get('fc1.weight')!;
  for (const name of ['fc1.weight', 'fc1_s.layer.module.weight'])
    arrays.set(name, { shape: [...fc1.shape].reverse(), data: fc1.data });
  for (const name of ['fc2.bias', 'fc2_s.layer.module.bias'])
    arrays.set(name, { shape: [10], data: new Int32Array(10) });
  arrays.set('layer3.1.conv2.weight', {
    ...arrays.get('layer3.1.conv2.weight')!,
    data: new Float32Array(32 * 32 * 9),
  });
  t.is(
    messageOf(resnet, arrays),
    'a.pth: does not fit resnet19-w0.0625: 1 missing: conv1.weight. 1 names of one parameter with different values: ' +
      'layer3.1.conv2.weight and layer3.1.conv2_s.layer.module.weight. 1 of another shape: fc1.weight expected [16, 32], ' +
      'found [32, 16]. 1 not of float32 or float64: fc2.bias is i4. 1 superfluous: extra\\u001b; name the experiment whose ' +
      'network it was made for, and save its state_dict alone',
  );
  t.regex(messageOf(resnet, new Map()), /104 missing: conv1\.weight; .*; …; name/);
});

test('convert: weights of another network do not leave', (t) => {
  const weights = initialWeights(resnet19({ classes: 10, width: 1 / 8 }), 3);
  t.throws(() => toStateDict(resnet, weights), {
    instanceOf: SettingsError,
    message:
      /^conv1\.conv\.weight of resnet19-w0\.0625: expected shape \[4, 3, 3, 3\], got \[8, 3, 3, 3\]; give/,
  });
  t.throws(() => toStateDict(resnet, {}), { instanceOf: SettingsError, message: /got nothing/ });
});
