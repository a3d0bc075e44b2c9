import test from 'ava';
import { SettingsError } from '../../../src/errors.js';
import { initialWeights } from '../../../src/network/initialise.js';
import {
  kindOf,
  gives,
  layerParameters,
  neuron,
  statesOf,
  type Network,
} from '../../../src/network/layers.js';
import * as layers from '../../../src/network/layers.js';
import { parameterSpecs } from '../../../src/network/parameters.js';
import { placeLayers } from '../../../src/network/shapes.js';
import { architectureRows } from '../../../src/network/table.js';
import { neurons } from '../../../src/neurons/index.js';

const network = (...more: layers.Layer[]): Network => ({
  name: 'net',
  input: [3, 4, 2],
  classes: 3,
  layers: [...more, layers.flatten('flat'), layers.linear('fc', 24, 3)],
});

test('what it learns: one value a layer, a channel or a neuron of the input shape, by name, from the initial value', (t) => {
  t.deepEqual(layerParameters(neuron('a', neurons.plif), [3, 4, 2]), [
    { suffix: 'w', shape: [1], role: 'neuron', initial: -0 },
  ]);
  t.deepEqual(layerParameters(neuron('a', neurons.stl), [3, 4, 2]), [
    { suffix: 'theta', shape: [3, 4, 2], role: 'neuron', initial: 2 },
  ]);
  const glif = layerParameters(neuron('a', neurons.glif), [3, 4, 2]);
  t.deepEqual(
    glif.map(({ suffix, shape }) => [suffix, shape]),
    ['alpha', 'beta', 'g', 'gamma', 'leak', 'r', 'tau'].map((name) => [name, [2]]),
  );
  t.deepEqual(layerParameters(neuron('a', neurons.clif), [3, 4, 2]), []);
});

test('its parameters are those of the network by its name, and begin as their equations say', (t) => {
  const net = network(neuron('a', neurons.diet));
  t.deepEqual(
    parameterSpecs(net).map(({ name, role }) => [name, role]),
    [
      ['a.lambda', 'neuron'],
      ['a.theta', 'neuron'],
      ['fc.weight', 'weight'],
      ['fc.bias', 'bias'],
    ],
  );
  const { 'a.lambda': lambda, 'a.theta': theta } = initialWeights(net, 1);
  t.deepEqual([...lambda.data, ...theta.data], [Math.fround(0.9), 1]);
});

test('it gives spikes where its output is the spike, scaled ones where it is θ·o of the layer, else activations; states are counted', (t) => {
  t.is(gives(neuron('a', neurons.plif)), 'spikes');
  t.is(gives(neuron('a', neurons.trsg)), 'scaledSpikes');
  t.is(gives(neuron('a', neurons.liaf)), 'activations');
  t.is(statesOf(neuron('a', neurons.clif)), 2);
  t.is(statesOf(layers.lif('a')), 1);
  t.is(statesOf(layers.relu('a')), 0);
  t.is(statesOf(layers.flatten('a')), 0);
});

test('in a table its words stand after the layer before it, and what it learns is counted with it', (t) => {
  const rows = architectureRows(
    network(layers.conv2d('conv', 2, 2), layers.batchNorm('bn', 2), neuron('a', neurons.diet)),
  );
  t.like(rows[0], { operation: 'Conv 3 × 3, stride 1 + BN + diet', weights: 36 + 2, batchNorm: 4 });
});

test('equations that cannot be read are refused with their place, when a layer is made and in plain data', (t) => {
  const wrong = { ...neurons.plif, step: ['v = u + y', 'u = v'], output: 'v' };
  const refusal = { instanceOf: SettingsError, message: /neuron "plif", step 1, column 9: unknown name "y"/ };
  t.throws(() => neuron('a', wrong), refusal);
  t.throws(() => placeLayers(network({ type: 'neuron', name: 'a', model: wrong })), refusal);
  for (const model of [null, 3, 'plif'])
    t.throws(() => placeLayers(network({ type: 'neuron', name: 'a', model } as unknown as layers.Layer)), {
      instanceOf: SettingsError,
      message: /model of a \(neuron\) is .*; expected the equations of a neuron/,
    });
});

test('the description is copied: what is changed afterwards changes no layer', (t) => {
  const mine = structuredClone(neurons.clif);
  const layer = neuron('a', mine);
  mine.step[0] = 'v = x';
  t.is(layer.model.step[0], 'v = gamma * u + x');
  t.is(kindOf(layer).role, 'neuron');
});
