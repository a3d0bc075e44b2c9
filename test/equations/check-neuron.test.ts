import test from 'ava';
import { SettingsError } from '../../src/errors.js';
import { checkNeuron } from '../../src/equations/index.js';
import { surrogates } from '../../src/surrogates/index.js';
import { surrogateParameter } from '../../src/surrogates/settings.js';
import { described, lifDescription } from '../helpers/descriptions.js';

const neurons = [
  ...Object.values(described),
  ...(['hard', 'soft'] as const).flatMap((reset) =>
    [false, true].map((detached) => lifDescription(reset, detached)),
  ),
];

test('plif, clif, glif, liaf, diet, stl and LIF in four forms: every gradient is the central difference within 1e-7, for three surrogates', (t) => {
  for (const name of ['sigmoid', 'atan', 'gaussian'] as const)
    for (const description of neurons) {
      const parameter = surrogateParameter({ name });
      const surrogate = {
        derivative: (u: number) => surrogates[name].derivative(u, parameter),
        primitive: (u: number) => surrogates[name].primitive(u, parameter),
      };
      const found = checkNeuron(description, { surrogate, seed: 2 });
      t.true(found.ok, `${description.name}, ${name}: ${JSON.stringify(found)}`);
      t.is(found.tolerance, 1e-7);
    }
});

test('what is checked: the input, each first state and each learned parameter', (t) => {
  const of = (name: keyof typeof described): string[] =>
    checkNeuron(described[name]).gradients.map((g) => g.of);
  t.deepEqual(of('plif'), ['x', 'initial u', 'w']);
  t.deepEqual(of('clif'), ['x', 'initial u', 'initial m']);
  t.deepEqual(of('diet'), ['x', 'initial u', 'lambda', 'theta']);
});

test('a surrogate that is not the derivative of its primitive is found out', (t) => {
  const surrogate = {
    name: 'wrong',
    derivative: '5 * sigmoid(4 * u) * sigmoid(-4 * u)',
    primitive: 'sigmoid(4 * u)',
  };
  const found = checkNeuron(described.plif, { surrogate });
  t.false(found.ok);
  t.true(found.gradients.every(({ worst }) => worst > 1e-3));
});

test('a gradient that is no number is no agreement', (t) => {
  const found = checkNeuron({ name: 'root', state: {}, step: ['v = sqrt(x)'], output: 'v' });
  t.false(found.ok);
});

test('options that do not fit are refused', (t) => {
  t.throws(() => checkNeuron(described.plif, { surrogate: { name: 's', derivative: '1' } }), {
    instanceOf: SettingsError,
    message: /checkNeuron: the surrogate has no primitive to put in place of the step/,
  });
  t.throws(() => checkNeuron(described.plif, { neurons: 3 }), {
    instanceOf: SettingsError,
    message: /checkNeuron: 3 neurons; give an even number/,
  });
});
