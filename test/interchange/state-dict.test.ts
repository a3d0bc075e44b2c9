import { readFileSync } from 'node:fs';
import test from 'ava';
import { decodePth } from '../../src/interchange/pth.js';
import { stateDictNames } from '../../src/interchange/state-dict.js';
import { annTwin, convNet, resnet19, vggsnn } from '../../src/network/architectures.js';
import { batchNorm, conv2d, flatten, lif, linear, type Network } from '../../src/network/layers.js';

const fixtureNames = (name: string): string[] =>
  [...decodePth(readFileSync(`test/fixtures/weights/${name}`), name).keys()].filter(
    (key) => !key.endsWith('num_batches_tracked'),
  );
const namesOf = (network: Network): Map<string, string[]> =>
  new Map(stateDictNames(network).map(({ spec, names }) => [spec.name, names]));

test('state dict: ResNet-19 and VGGSNN have every name of the PyTorch models, each once, and no other', (t) => {
  for (const [network, file, count] of [
    [resnet19({ classes: 10, width: 1 / 32 }), 'resnet19.pth', 341],
    [vggsnn({ classes: 10, width: 1 / 32 }), 'vggsnn.pth', 50],
  ] as const) {
    const names = stateDictNames(network).flatMap((entry) => entry.names);
    t.is(names.length, count);
    t.is(new Set(names).size, count);
    t.deepEqual([...names].sort(), fixtureNames(file).sort());
  }
});

test('state dict: the names do not depend on width, classes or channels; a twin has them too', (t) => {
  const names = (network: Network): string[] => stateDictNames(network).flatMap((entry) => entry.names);
  const narrow = names(resnet19({ classes: 10, width: 1 / 16 }));
  t.deepEqual(names(resnet19({ classes: 100, inChannels: 2, size: 48 })), narrow);
  t.deepEqual(names(annTwin(resnet19({ classes: 10 }))), narrow);
});

test('state dict: blocks of ResNet-19 by stage, modules that are registered more than once', (t) => {
  const names = namesOf(resnet19({ classes: 10 }));
  t.deepEqual(names.get('conv1.conv.weight'), ['conv1.weight', 'conv1_s.layer.module.weight']);
  t.deepEqual(names.get('conv1.bn.runningMean'), [
    'bn1.bn.running_mean',
    'bn1.seqbn.module.running_mean',
    'conv1_s.bn.bn.running_mean',
    'conv1_s.bn.seqbn.module.running_mean',
  ]);
  t.deepEqual(names.get('block3.conv2.weight'), [
    'layer1.2.conv2.weight',
    'layer1.2.conv2_s.layer.module.weight',
  ]);
  t.is(names.get('block4.conv1.weight')![0], 'layer2.0.conv1.weight');
  t.is(names.get('block8.bn2.runningVariance')![0], 'layer3.1.bn2.bn.running_var');
  t.deepEqual(names.get('block7.shortcut.conv.weight'), ['layer3.0.downsample.layer.module.weight']);
  t.deepEqual(names.get('block1.shortcut.bn.bias'), [
    'layer1.0.downsample.bn.bn.bias',
    'layer1.0.downsample.bn.seqbn.module.bias',
  ]);
  t.deepEqual(names.get('fc2.bias'), ['fc2.bias', 'fc2_s.layer.module.bias']);
});

test('state dict: VGGSNN counts its pools; other networks keep the names of their layers', (t) => {
  const vgg = namesOf(vggsnn({ classes: 10 }));
  t.deepEqual(vgg.get('layer4.conv.bias'), ['features.3.fwd.module.0.bias']);
  t.deepEqual(vgg.get('layer11.bn.weight'), ['features.10.fwd.module.1.weight']);
  t.deepEqual(vgg.get('fc.weight'), ['classifier.module.weight']);
  const small = namesOf(convNet({ classes: 10 }));
  t.deepEqual(small.get('conv1.conv.weight'), ['conv1.conv.weight']);
  t.deepEqual(small.get('conv3.bn.runningVariance'), ['conv3.bn.running_var']);
  t.deepEqual(small.get('fc.bias'), ['fc.bias']);
  const own: Network = {
    name: 'resnet19x',
    input: [4, 4, 1],
    classes: 2,
    layers: [conv2d('conv1.conv', 1, 2), batchNorm('fc1', 2), lif('l'), flatten('f'), linear('fc', 32, 2)],
  };
  t.deepEqual(
    namesOf(own).get('conv1.conv.weight'),
    ['conv1.conv.weight'],
    'its name only begins like theirs',
  );
  t.deepEqual(
    namesOf({ ...own, name: 'resnet19-mine' }).get('fc.weight'),
    ['fc.weight'],
    'a layer that theirs lacks',
  );
});
