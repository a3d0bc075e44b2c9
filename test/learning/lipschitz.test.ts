// Which weights Lipschitz regularisation is applied to.
import test from 'ava';
import { convNet } from '../../src/network/architectures.js';
import { penalisedWeights } from '../../src/learning/lipschitz.js';
import { SettingsError } from '../../src/errors.js';
import { parameterSpecs } from '../../src/network/parameters.js';

const specs = parameterSpecs(convNet({ classes: 10 }));
const namesOf = (layers: string[] | 'all', beta = 1): string[] =>
  penalisedWeights(specs, { beta, layers }).map(({ name }) => name);

test('penalisedWeights: all weights, those of the layers named, or none with β = 0', (t) => {
  t.deepEqual(namesOf('all'), ['conv1.conv.weight', 'conv2.conv.weight', 'conv3.conv.weight', 'fc.weight']);
  t.deepEqual(namesOf(['fc', 'conv1.conv']), ['conv1.conv.weight', 'fc.weight']);
  t.deepEqual(namesOf('all', 0), []);
});

test('penalisedWeights: one misspelt layer among others is named, with those that there are', (t) => {
  const refuse = (layers: string[], message: RegExp): void =>
    void t.throws(() => namesOf(layers), { instanceOf: SettingsError, message });
  refuse(
    ['conv1.conv', 'conv2.cnv'],
    /no layer with weights is named conv2\.cnv; the network has conv1\.conv, conv2\.conv, conv3\.conv, fc$/,
  );
  refuse(['conv1.bn'], /no layer with weights is named conv1\.bn/);
  refuse([], /names no layer; the network has/);
});
