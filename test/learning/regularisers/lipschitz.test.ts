// Which weights Lipschitz regularisation is applied to.
import test from 'ava';
import { convNet } from '../../../src/network/architectures.js';
import { flatten, linear } from '../../../src/network/layers.js';
import { regularisers } from '../../../src/learning/regularisers/index.js';
import { SettingsError } from '../../../src/errors.js';
import { parameterSpecs } from '../../../src/network/parameters.js';

const { weights, settings } = regularisers.lipschitz;
const specs = parameterSpecs(convNet({ classes: 10 }));
const namesOf = (layers: string[] | 'all', beta = 1): string[] =>
  weights(specs, { beta, layers }).map(({ name }) => name);

test('lipschitz.weights: all weights, those of the layers named, or none with β = 0', (t) => {
  t.deepEqual(namesOf('all'), ['conv1.conv.weight', 'conv2.conv.weight', 'conv3.conv.weight', 'fc.weight']);
  t.deepEqual(namesOf(['fc', 'conv1.conv']), ['conv1.conv.weight', 'fc.weight']);
  t.deepEqual(namesOf('all', 0), []);
});

test('lipschitz.weights: one misspelt layer among others is named, with those that there are', (t) => {
  const refuse = (layers: string[], message: RegExp): void =>
    void t.throws(() => namesOf(layers), { instanceOf: SettingsError, message });
  refuse(
    ['conv1.conv', 'conv2.cnv'],
    /no layer with weights is named conv2\.cnv; the network has conv1\.conv, conv2\.conv, conv3\.conv, fc$/,
  );
  refuse(['conv1.bn'], /no layer with weights is named conv1\.bn/);
  refuse([], /names no layer; the network has/);
});

test('lipschitz.weights: only the end of a name says that it is a weight; several unknown layers are all named', (t) => {
  const odd = parameterSpecs({
    ...{ name: 'odd', input: [1, 1, 4], classes: 2 },
    layers: [flatten('f'), linear('a.weights', 4, 2)],
  });
  t.deepEqual(
    weights(odd, { beta: 1, layers: ['a.weights'] }).map(({ name }) => name),
    ['a.weights.weight'],
  );
  t.throws(() => namesOf(['x', 'fc', 'y']), { message: /is named x, y; the network has/ });
});

test('lipschitz.settings: every weight with β = 1e-4, or layers by name', (t) => {
  t.deepEqual(settings.parse({}), { beta: 1e-4, layers: 'all' });
  t.is(settings.parse({ layers: 'all' }).layers, 'all');
  t.deepEqual(settings.parse({ layers: ['fc'], beta: 0 }), { beta: 0, layers: ['fc'] });
  for (const wrong of [{ layers: 'fc' }, { layers: [''] }, { beta: -1 }, { gamma: 1 }])
    t.false(settings.safeParse(wrong).success);
  t.false(settings.safeParse({ layers: Array.from({ length: 10_001 }, () => 'fc') }).success);
});
