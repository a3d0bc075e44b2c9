import test from 'ava';
import { SettingsError } from '../../src/errors.js';
import { type SurrogateDescription, readSurrogate } from '../../src/equations/index.js';
import { type SurrogateName, surrogates } from '../../src/surrogates/index.js';
import { surrogateParameter } from '../../src/surrogates/settings.js';

/** The built-in ones as equations, as far as the language goes. */
const asEquations: Partial<Record<SurrogateName, Omit<SurrogateDescription, 'name'>>> = {
  rectangle: {
    parameters: { a: 1 },
    derivative: 'where(abs(u) < a / 2, 1 / a, 0)',
    primitive: 'min(1, max(0, u / a + 0.5))',
  },
  triangle: { parameters: { a: 1 }, derivative: 'max(0, a - abs(u)) / (a * a)' },
  sigmoid: {
    parameters: { a: 4 },
    derivative: 'a * sigmoid(a * u) * (1 - sigmoid(a * u))',
    primitive: 'sigmoid(a * u)',
  },
  atan: { parameters: { a: 2 }, derivative: 'a / 2 / (1 + (pi * a * u / 2)^2)' },
  gaussian: {
    parameters: { a: 1 / Math.sqrt(2 * Math.PI) },
    derivative: 'exp(-u * u / (2 * a * a)) / (sqrt(2 * pi) * a)',
  },
  fastSigmoid: {
    parameters: { a: 2 },
    derivative: '1 / (1 + a * abs(u))^2',
    primitive: '0.5 + u / (1 + a * abs(u))',
  },
  identity: { derivative: '1', primitive: 'u' },
  dspike: {
    parameters: { b: 3 },
    derivative: 'where(abs(u) < 1/2, b / (2 * tanh(b / 2)) * (1 - tanh(b * u)^2), 0)',
  },
  exponential: { parameters: { b: 2 }, derivative: 'exp(-b * abs(u))' },
};

test('the built-in surrogates as equations equal the built-in ones within 1e-15 of their peak, to the bit for rectangle and triangle', (t) => {
  for (const [name, equations] of Object.entries(asEquations) as [
    SurrogateName,
    Omit<SurrogateDescription, 'name'>,
  ][]) {
    const { derivative, primitive } = readSurrogate({ name, ...equations });
    const parameter = surrogateParameter({ name });
    const peak = surrogates[name].derivative(0, parameter);
    const bound = name === 'rectangle' || name === 'triangle' ? 0 : 1e-15 * peak;
    for (let u = -3; u <= 3; u += 1 / 64) {
      t.true(Math.abs(derivative(u) - surrogates[name].derivative(u, parameter)) <= bound, `${name} at ${u}`);
      if (primitive)
        t.true(
          Math.abs(primitive(u) - surrogates[name].primitive(u, parameter)) <=
            1e-15 * Math.max(1, Math.abs(u)),
        );
    }
  }
});

test('its equations are kept in one spelling', (t) => {
  t.deepEqual(
    readSurrogate({ name: 's', parameters: { b: 3 }, derivative: '(b*u)^2', primitive: 'b' }).description,
    {
      ...{ name: 's', parameters: { b: 3 }, derivative: '(b * u)^2', primitive: 'b' },
    },
  );
});

test('what is no surrogate is refused with its place', (t) => {
  const ok = { name: 's', parameters: { beta: 3 }, derivative: 'beta * u' };
  for (const [given, message] of [
    [
      { ...ok, derivative: 'bta * u' },
      /surrogate "s", derivative, column 1: unknown name "bta"; expected one of u, beta; did you mean "beta"\?/,
    ],
    [{ ...ok, primitive: 'x' }, /surrogate "s", primitive, column 1: unknown name "x"/],
    [{ ...ok, derivative: '1 + spike(u)' }, /column 5: spike in a surrogate/],
    [{ ...ok, derivative: 'detach(u)' }, /detach in a surrogate/],
    [{ ...ok, derivative: 'u < 1' }, /a comparison has no gradient/],
    [{ ...ok, parameters: { beta: 3, u: 1 } }, /surrogate "s", parameters: "u" is the argument/],
    [{ ...ok, parameters: { beta: 3, exp: 1 } }, /"exp" means a function/],
    [{ ...ok, parameters: { beta: NaN } }, /surrogate "s".parameters.beta: /],
    [{ ...ok, derivate: '1' }, /Unrecognized key: "derivate"; did you mean "derivative"\?/],
  ] as const)
    t.throws(() => readSurrogate(given as SurrogateDescription), { instanceOf: SettingsError, message });
});
