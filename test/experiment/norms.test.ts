// Which layers the kinds of batch norm are.
import test from 'ava';
import type { LayerActivity } from '../../src/engines/engine.js';
import { SettingsError } from '../../src/errors.js';
import { experiment } from '../../src/experiment/experiment.js';
import { experimentNetwork } from '../../src/experiment/network.js';
import { withNorms } from '../../src/experiment/norms.js';
import { buildNetwork } from '../../src/network/architectures.js';
import { initialWeights } from '../../src/network/initialise.js';
import {
  batchNorm,
  type Layer,
  kindOf,
  type Network,
  type Residual,
  stepNorm,
} from '../../src/network/layers.js';
import { inputBits } from '../../src/network/operations.js';
import { layerEnergies } from '../../src/measures/energy.js';
import { countParameters, parameterSpecs } from '../../src/network/parameters.js';
import { BATCH_NORM_KINDS } from '../../src/learning/batch-norm.js';
import { neurons } from '../../src/neurons/index.js';
import { STEP_NORM_NAMES } from '../../src/norms/index.js';

const network = { architecture: 'resnet19', width: 0.1 } as const;
const plain = buildNetwork(network, [32, 32, 3], 10);

const layersOf = ({ layers }: Network): Layer[] => {
  const of = (layer: Layer): Layer[] =>
    layer.type === 'residual' ? [...layer.body, ...layer.shortcut].flatMap(of) : [layer];
  return layers.flatMap(of);
};

test('standard and tdbn leave the network as it is; the others take the place of every batch norm, under its name', (t) => {
  for (const kind of BATCH_NORM_KINDS) {
    if (kind === 'neuNorm') continue;
    const settings = experiment({ network, steps: 4, batchNorm: { kind, alpha: 3 } });
    const built = experimentNetwork(settings, [32, 32, 3], 10);
    const expected = layersOf(plain).map((layer) => {
      if (layer.type !== 'batchNorm' || kind === 'standard' || kind === 'tdbn') return layer;
      const { name, channels } = layer;
      return kind === 'tdbnInit'
        ? { type: 'scaledNorm', name, channels, initial: 1.5 } // α·θ
        : { type: 'stepNorm', name, channels, kind, steps: 4 };
    });
    t.deepEqual(layersOf(built), expected as Layer[], kind);
  }
});

test('neuNorm: no batch norm, but a norm behind the neurons that followed one or a block', (t) => {
  const settings = experiment({ network, neuron: { model: 'plif' }, batchNorm: { kind: 'neuNorm', k: 0.5 } });
  const built = experimentNetwork(settings, [32, 32, 3], 10);
  t.deepEqual(
    built.layers.slice(0, 4).map(({ name, type }) => [name, type]),
    [
      ['conv1.conv', 'conv2d'],
      ['conv1.lif', 'neuron'],
      ['conv1.lif.norm', 'neuNorm'],
      ['block1', 'residual'],
    ],
  );
  const { body, shortcut } = built.layers[3] as Residual;
  t.deepEqual(
    body.map(({ type }) => type),
    ['conv2d', 'neuron', 'neuNorm', 'conv2d'],
  );
  t.false(shortcut.some(({ type }) => type === 'batchNorm'));
  t.like(built.layers[5], { type: 'neuNorm', k: 0.5 }); // behind the neurons behind the block
  const count = layersOf(built).filter(({ type }) => type === 'neuNorm').length;
  t.is(count, 17); // all but the neurons between the two linear layers
  const specs = parameterSpecs(built).filter(({ name }) => name === 'conv1.lif.norm.w');
  t.deepEqual(
    specs.map(({ shape, role }) => [shape, role]),
    [[[32, 32, 6], 'neuron']],
  );
  const { data } = initialWeights(built, 1)['conv1.lif.norm.w'];
  t.true(
    data.every((value) => Math.abs(value) <= 1 / 32) && data.some((value) => Math.abs(value) > 0.9 / 32),
  );
});

test('what a neuNorm gives is real numbers: words of 32 bits, and multiplications in the energy', (t) => {
  const built = experimentNetwork(
    experiment({ network: { architecture: 'convNet' }, batchNorm: { kind: 'neuNorm' } }),
    [8, 8, 3],
    10,
  );
  const bits = inputBits(built);
  const [, second] = layersOf(built).filter(({ type }) => type === 'conv2d');
  t.is(bits.get(second.name), 32);
  const activity = layersOf(built).flatMap((layer): LayerActivity[] =>
    kindOf(layer).role === 'weights'
      ? [{ layer: layer.name, kind: 'synapse', nonZero: [1, 1], size: 1, operations: [1, 1] }]
      : [],
  );
  t.is(layerEnergies(built, activity).find(({ layer }) => layer === second.name)!.input, 'activations');
});

test('norms that a network of its own names stay what they are', (t) => {
  const layers: Layer[] = [batchNorm('a', 3), stepNorm('b', 3, 'tebn', 2)];
  const choice = experiment({ batchNorm: { kind: 'bntt' } });
  t.deepEqual(withNorms({ ...plain, layers }, choice).layers, [
    stepNorm('a', 3, 'bntt', 2),
    stepNorm('b', 3, 'tebn', 2),
  ]);
});

test('tdbnInit in front of neurons without a threshold is refused', (t) => {
  const step = ['v = u + x', 'o = spike(v - 1)', 'u = (1 - o) * v'];
  const neuron = { model: { ...neurons.if, parameters: {}, step } };
  t.throws(() => withNorms(plain, experiment({ neuron, batchNorm: { kind: 'tdbnInit' } })), {
    instanceOf: SettingsError,
    message: /no parameter theta/,
  });
});

test('parameters: of tdbnInit they begin at α·θ, of the norms over time at 1 and 0, with T rows of their own', (t) => {
  const of = (kind: (typeof BATCH_NORM_KINDS)[number]) =>
    experimentNetwork(
      experiment({ network: { architecture: 'convNet', width: 0.1 }, steps: 4, batchNorm: { kind } }),
      [8, 8, 3],
      10,
    );
  const initial = initialWeights(of('tdbnInit'), 1);
  const [norm] = layersOf(of('tdbnInit')).filter(({ type }) => type === 'scaledNorm');
  t.deepEqual([...new Set(initial[`${norm.name}.weight`].data)], [0.5]);
  const channels = initial[`${norm.name}.weight`].data.length;
  const shapes = (kind: (typeof STEP_NORM_NAMES)[number]) =>
    Object.fromEntries(
      parameterSpecs(of(kind))
        .filter(({ name }) => name.startsWith(`${norm.name}.`))
        .map(({ name, shape }) => [name.slice(norm.name.length + 1), shape]),
    );
  const shared = {
    weight: [channels],
    bias: [channels],
    runningMean: [channels],
    runningVariance: [channels],
  };
  t.deepEqual(shapes('stepwise'), shared);
  t.deepEqual(shapes('tebn'), { ...shared, p: [4] });
  const rows = [4, channels];
  t.deepEqual(shapes('bntt'), { weight: rows, runningMean: rows, runningVariance: rows });
  const norms = layersOf(of('tebn')).filter(({ type }) => type === 'stepNorm').length;
  t.is(countParameters(of('tebn')) - countParameters(of('standard')), 4 * norms);
});
