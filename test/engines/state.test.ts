import test from 'ava';
import { checkState, emptySlots } from '../../src/engines/state.js';
import { SettingsError } from '../../src/errors.js';
import type { OptimizerSettings } from '../../src/learning/optimizers/index.js';
import { parameterSpecs, type TensorMap } from '../../src/network/parameters.js';
import { weightsOf } from '../helpers/networks.js';
import { tinyNetwork } from '../helpers/tiny-network.js';

const adam: OptimizerSettings = {
  kind: 'adam',
  learningRate: 1e-3,
  beta1: 0.9,
  beta2: 0.999,
  epsilon: 1e-8,
  weightDecay: 0,
};
const state = (): { weights: TensorMap; optimizer: TensorMap; updates: number } => ({
  weights: weightsOf(tinyNetwork, 1),
  optimizer: emptySlots(tinyNetwork, adam),
  updates: 0,
});

test('emptySlots: zeros in the shape of every trainable parameter, by parameter and slot', (t) => {
  const slots = emptySlots(tinyNetwork, adam);
  const shapes = new Map(parameterSpecs(tinyNetwork).map(({ name, shape }) => [name, shape]));
  t.true(Object.keys(slots).length > 0);
  for (const [name, { shape, data }] of Object.entries(slots)) {
    t.deepEqual(shape, shapes.get(name.slice(0, name.lastIndexOf('/'))));
    t.deepEqual(data, new Float32Array(shape.reduce((a, b) => a * b, 1)));
  }
  t.is(Object.keys(slots).filter((name) => name.endsWith('.weight/m')).length, 3);
  t.false(Object.keys(slots).some((name) => name.includes('running')));
});

test('checkState: the first tensor that is missing, unknown or of another shape is named', (t) => {
  t.notThrows(() => checkState(state(), tinyNetwork, adam));
  const refused = (change: (given: ReturnType<typeof state>) => void, message: RegExp): void => {
    const given = state();
    change(given);
    t.throws(() => checkState(given, tinyNetwork, adam), { instanceOf: SettingsError, message });
  };
  const [first] = Object.keys(state().weights);
  const [slot] = Object.keys(state().optimizer);
  refused(
    ({ weights }) => delete weights[first],
    /^weights: .* is missing; give the weights of this network$/,
  );
  refused(({ optimizer }) => delete optimizer[slot], /^optimizer state: .* is missing/);
  refused(({ weights }) => (weights.other = weights[first]), /^weights: other is not part of the network/);
  refused(
    ({ weights }) => (weights[first] = { shape: [1], data: new Float32Array(1) }),
    /^weights: .* has shape \[1\], the network needs \[/,
  );
});
