import test from 'ava';
import { experiment } from '../../src/experiment/experiment.js';
import { experimentNetwork } from '../../src/experiment/network.js';
import { buildNetwork } from '../../src/network/architectures.js';
import { type Layer, type Network } from '../../src/network/layers.js';
import { neurons } from '../../src/neurons/index.js';

const types = ({ layers }: Network): string[] => {
  const of = (layer: Layer): string[] =>
    layer.type === 'residual' ? [...layer.body, ...layer.shortcut].flatMap(of) : [layer.type];
  return layers.flatMap(of);
};

test('LIF: the network of the architecture itself', (t) => {
  const network = { architecture: 'resnet19', width: 0.1 } as const;
  t.deepEqual(
    experimentNetwork(experiment({ network }), [32, 32, 3], 10),
    buildNetwork(network, [32, 32, 3], 10),
  );
});

test('equations: in place of every LIF layer, in residual blocks too, under its name', (t) => {
  const network = { architecture: 'resnet19', width: 0.1 } as const;
  const plain = buildNetwork(network, [32, 32, 3], 10);
  const built = experimentNetwork(experiment({ network, neuron: { model: 'plif' } }), [32, 32, 3], 10);
  t.deepEqual(
    types(built),
    types(plain).map((type) => (type === 'lif' ? 'neuron' : type)),
  );
  t.is(types(built).filter((type) => type === 'neuron').length, 18);
  t.is(built.name, plain.name);
  const [, , first] = built.layers;
  t.like(first, { type: 'neuron', name: 'conv1.lif', model: { name: 'plif', step: neurons.plif.step } });
});

test('an ANN twin has ReLU whatever the neurons are', (t) => {
  const network = { architecture: 'convNet', twin: 'ann' } as const;
  const built = experimentNetwork(experiment({ network, neuron: { model: 'plif' } }), [8, 8, 3], 10);
  t.false(types(built).includes('neuron'));
  t.true(types(built).includes('relu'));
});
