import test from 'ava';
import { SettingsError } from '../../src/errors.js';
import { experiment, experimentProblems, parseExperiment } from '../../src/experiment/experiment.js';
import { setSetting } from '../../src/experiment/settings-path.js';

test("experiment: the defaults are the paper's recipe", (t) => {
  const { steps, epochs, batchSize, seed, neuron, lipschitz, optimizer, schedule } = experiment();
  t.deepEqual({ steps, epochs, batchSize, seed }, { steps: 2, epochs: 150, batchSize: 100, seed: 2022 });
  t.like(neuron, { tau: 0.5, theta: 0.5, reset: 'hard', detachReset: false, delta: 1e-4, scaleFloor: null });
  t.is(lipschitz.beta, 1e-4);
  t.like(optimizer, { kind: 'adam', learningRate: 1e-3, beta1: 0.9, beta2: 0.999, epsilon: 1e-8 });
  t.is(schedule.kind, 'cosine');
});

test('experiment: completes nested settings and is idempotent', (t) => {
  const whole = experiment({ data: { name: 'cifar10' }, optimizer: { kind: 'sgd', learningRate: 0.05 } });
  t.deepEqual(whole.optimizer, { kind: 'sgd', learningRate: 0.05, momentum: 0.9, weightDecay: 0 });
  t.deepEqual(whole.data, { name: 'cifar10', validation: 0, augment: 'standard' });
  t.deepEqual(experiment(JSON.parse(JSON.stringify(whole))), whole);
});

test('experiment: names every wrong setting at once', (t) => {
  const error = t.throws(
    () => parseExperiment({ epochs: -1, surprise: 1, neuron: { tau: 2, surrogate: { name: 'x' } } }),
    {
      instanceOf: SettingsError,
    },
  );
  for (const part of [/epochs: /, /surprise/, /neuron\.tau: /, /neuron\.surrogate\.name: .*rectangle/])
    t.regex(error.message, part);
});

test('experiment: refuses what JSON can smuggle in', (t) => {
  t.throws(() => experiment(JSON.parse('{"__proto__": {"epochs": 3}}')), { instanceOf: SettingsError });
  for (const bad of [null, 3, 'x', []]) t.throws(() => parseExperiment(bad), { instanceOf: SettingsError });
});

test('experiment: refuses what would be ignored, so that one training has one id', (t) => {
  const refuse = (given: unknown, message: RegExp): void =>
    void t.throws(() => parseExperiment(given), { instanceOf: SettingsError, message });
  for (const architecture of ['vggsnn', 'resnet19'])
    refuse(
      { network: { architecture, convolutions: 5 } },
      /network\.convolutions: only convNet has convolutions/,
    );
  t.is(experiment({ network: { architecture: 'convNet', convolutions: 5 } }).network.convolutions, 5);
  const surrogate = { name: 'identity', parameter: 2 };
  refuse({ neuron: { surrogate } }, /neuron\.surrogate\.parameter: identity has no parameter/);
  t.deepEqual(experiment({ neuron: { surrogate: { name: 'atan', parameter: 2 } } }).neuron.surrogate, {
    ...{ name: 'atan', parameter: 2 },
  });
});

test('experiment: a misspelt setting is answered with the one that was meant, at its place', (t) => {
  for (const [given, message] of [
    [{ neuron: { deltaa: 0 } }, 'neuron: Unrecognized key: "deltaa"; did you mean "delta"?'],
    [{ batchsize: 20 }, '(top): Unrecognized key: "batchsize"; did you mean "batchSize"?'],
    [{ epohcs: 2 }, '(top): Unrecognized key: "epohcs"; did you mean "epochs"?'],
    [
      { optimizer: { kind: 'sgd', momentun: 0 } },
      'optimizer: Unrecognized key: "momentun"; did you mean "momentum"?',
    ],
    [
      { data: { name: 'cifar10', trainlimit: 5 } },
      'data: Unrecognized key: "trainlimit"; did you mean "trainLimit"?',
    ],
    [{ wholly: 2, other: 3 }, '(top): Unrecognized keys: "wholly", "other"'],
  ] as const)
    t.throws(() => parseExperiment(given), { message: `experiment: not valid\n  ${message}` });
});

test('experiment: a data set has any name of its own; one that is nearly a known one is refused', (t) => {
  for (const name of ['mine', 'cifar10-c', 'shapes10-dvs'])
    t.is(experiment({ data: { name } }).data.name, name);
  for (const [name, message] of [
    ['CIFAR-10', /data\.name: expected "cifar10" or another name, got "CIFAR-10"/],
    ['a/b', /data\.name: expected up to 64 letters, digits/],
    [10, /data\.name: .*expected string/],
  ] as const)
    t.throws(() => parseExperiment({ data: { name } }), { instanceOf: SettingsError, message });
});

/** Paths of all numbers among the settings, with the values that must not be taken. */
const NUMBERS: Record<string, { taken: number[]; refused: number[] }> = {
  'network.width': { taken: [0.01, 64], refused: [0, -1, 65, 1e308] },
  'network.convolutions': { taken: [1, 100], refused: [0, 1.5, 101, 1e9] },
  'data.validation': { taken: [0, 0.5], refused: [-0.1, 1] },
  'data.trainLimit': { taken: [1, 1e9], refused: [0, 1.5, 1e10] },
  'data.testLimit': { taken: [1, 1e9], refused: [0, 1.5, 1e10] },
  steps: { taken: [1, 1000], refused: [0, 1.5, 1001] },
  'neuron.tau': { taken: [0, 1], refused: [-0.1, 1.1] },
  'neuron.theta': { taken: [0.1, 1e6], refused: [0, -1, 1e7] },
  'neuron.surrogate.parameter': { taken: [1e-6, 1e6], refused: [0, 1e-7, 1e7] },
  'neuron.delta': { taken: [0, 1e6], refused: [-1, 1e7] },
  'neuron.scaleFloor': { taken: [-1, 0, 1e6], refused: [-1e7, 1e7] },
  'batchNorm.alpha': { taken: [0.5], refused: [0, 1e7] },
  'batchNorm.epsilon': { taken: [1e-30, 1], refused: [0, 1e-31, 2] },
  'batchNorm.momentum': { taken: [0, 1], refused: [-0.1, 1.1] },
  'loss.lambda': { taken: [0, 1], refused: [-0.1, 1.1] },
  'loss.target': { taken: [-1, 1e6], refused: [-1e7, 1e7] },
  'lipschitz.beta': { taken: [0, 1e6], refused: [-1, 1e7] },
  'optimizer.learningRate': { taken: [1e-9, 1e38], refused: [0, -1, 1e39] },
  'optimizer.weightDecay': { taken: [0, 1], refused: [-1, 1e7] },
  'optimizer.beta1': { taken: [0, 0.999], refused: [-0.1, 1] },
  'optimizer.beta2': { taken: [0, 0.999], refused: [-0.1, 1] },
  'optimizer.epsilon': { taken: [1e-30, 1], refused: [0, 2] },
  'optimizer.neuronRate': { taken: [0, 1e6], refused: [-1, 1e7] },
  'optimizer.neuronDecay': { taken: [0, 1e6], refused: [-1, 1e7] },
  'parseval.beta': { taken: [0, 1], refused: [-1, 1.1] },
  'readout.voting': { taken: [1, 1000], refused: [0, 1.5, 1001] },
  epochs: { taken: [1, 1e9], refused: [0, 1.5, 1e10] },
  batchSize: { taken: [1, 1e9], refused: [0, 1.5, 1e10] },
  seed: { taken: [0, Number.MAX_SAFE_INTEGER], refused: [-1, 0.5, 2 ** 53] },
};

const withNumber = (path: string, value: number): unknown => {
  const settings = JSON.parse(JSON.stringify(experiment())) as Record<string, unknown>;
  setSetting(settings, path, value);
  return settings;
};

test('experiment: every number has a lower and an upper bound; what is not finite is refused', (t) => {
  const found: string[] = [];
  const walk = (value: unknown, path: string): void => {
    if (typeof value === 'number') found.push(path);
    else if (typeof value === 'object' && value !== null)
      for (const [name, inner] of Object.entries(value)) walk(inner, path ? `${path}.${name}` : name);
  };
  walk(experiment(), '');
  for (const path of found) t.true(path in NUMBERS, `${path} is a number without a row here`);
  for (const [path, { taken, refused }] of Object.entries(NUMBERS)) {
    for (const value of taken)
      t.deepEqual(experimentProblems(withNumber(path, value)), [], `${path} = ${value}`);
    for (const value of [...refused, NaN, Infinity, -Infinity, 1e308, -1e308]) {
      const problems = experimentProblems(withNumber(path, value));
      t.deepEqual([...new Set(problems.map((problem) => problem.path))], [path], `${path} = ${value}`);
    }
  }
});

test('experiment: a surrogate that is none by name and has no equation is refused with the names there are', (t) => {
  t.throws(() => experiment({ neuron: { surrogate: { name: 'rectangel' } } }), {
    instanceOf: SettingsError,
    message: /neuron\.surrogate\.name: .*rectangle.*triangle/,
  });
  t.notThrows(() => experiment({ neuron: { surrogate: { name: 'rectangel', derivative: 'exp(-u^2)' } } }));
});
