import test from 'ava';
import { neuronLayers, settledNeuron, tunedNeuron } from '../../src/engines/settled.js';
import { SettingsError } from '../../src/errors.js';
import { defaultNeuron } from '../../src/neurons/lif.js';
import { pooled } from '../helpers/networks.js';

const withDelta = (delta: object) => ({ ...defaultNeuron, delta: delta as never });

test('a list becomes names, in the order of the layers; names stay; a number is left alone', (t) => {
  t.deepEqual(neuronLayers(pooled), ['l1', 'l2']);
  t.deepEqual(settledNeuron(pooled, withDelta({ layers: [0.1, 0.2] })).delta, {
    layers: { l1: 0.1, l2: 0.2 },
  });
  const named = withDelta({ layers: { l2: 0.2 } });
  t.is(settledNeuron(pooled, named), named);
  t.is(settledNeuron(pooled, defaultNeuron), defaultNeuron);
});

test('what is no layer, or a list of another length, is refused by name', (t) => {
  const refused = (layers: object, message: RegExp) =>
    t.throws(() => settledNeuron(pooled, withDelta({ layers })), { instanceOf: SettingsError, message });
  refused([1], /1 numbers, and pooled has 2 layers of neurons \(l1, l2\); give one for each/);
  refused({ l3: 1 }, /no layer of neurons "l3"; it has l1, l2; did you mean/);
  refused({ c1: 1 }, /no layer of neurons "c1"/);
});

test('tuned: the numbers of an epoch in place of rules; those left out stay', (t) => {
  const neuron = { ...defaultNeuron, surrogate: { name: 'dspike', parameter: 2 } } as const;
  const tuned = tunedNeuron(pooled, neuron, { parameter: 3, delta: { l1: 0.5 } });
  t.deepEqual([tuned.surrogate, tuned.delta], [{ name: 'dspike', parameter: 3 }, { layers: { l1: 0.5 } }]);
  t.deepEqual(tunedNeuron(pooled, neuron, {}), neuron);
  t.throws(() => tunedNeuron(pooled, defaultNeuron, { parameter: 3 }), {
    instanceOf: SettingsError,
    message: /surrogate rectangle has no shape parameter, got 3; leave surrogate.parameter out/,
  });
});
