import test from 'ava';
import * as equations from '../../src/equations/index.js';
import { SettingsError } from '../../src/errors.js';
import { checkNeuron, describeNeuron } from '../../src/neurons/by-name.js';
import { NEURON_NAMES, neurons } from '../../src/neurons/index.js';

test('every built-in neuron is shown and checked by its name as by its equations', (t) => {
  for (const name of NEURON_NAMES) {
    t.is(describeNeuron(name), equations.describeNeuron(neurons[name]));
    t.true(describeNeuron(name).startsWith(`### ${name}\n`));
    t.deepEqual(checkNeuron(name), equations.checkNeuron(neurons[name]), name);
    t.true(checkNeuron(name).ok, name);
  }
  t.is(describeNeuron(neurons.plif), describeNeuron('plif'));
  t.is(checkNeuron('plif', { tolerance: 0 }).ok, false);
});

test('a name that no neuron has is refused with those that are there', (t) => {
  for (const ask of [describeNeuron, checkNeuron])
    t.throws(() => ask('plfi' as 'plif'), {
      instanceOf: SettingsError,
      message: /no neuron is named "plfi"; expected one of if, lif, .*; did you mean "plif"\?/,
    });
});
