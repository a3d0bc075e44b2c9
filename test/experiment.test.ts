import test from 'ava';
import { SettingsError } from '../src/errors.js';
import { experiment } from '../src/experiment.js';

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
    () => experiment({ epochs: -1, surprise: 1, neuron: { tau: 2, surrogate: { name: 'x' } } }),
    {
      instanceOf: SettingsError,
    },
  );
  for (const part of [/epochs: /, /surprise/, /neuron\.tau: /, /neuron\.surrogate\.name: .*rectangle/])
    t.regex(error.message, part);
});

test('experiment: refuses what JSON can smuggle in', (t) => {
  t.throws(() => experiment(JSON.parse('{"__proto__": {"epochs": 3}}')), { instanceOf: SettingsError });
  for (const bad of [null, 3, 'x', []]) t.throws(() => experiment(bad), { instanceOf: SettingsError });
});

test('experiment: refuses what would be ignored, so that one training has one id', (t) => {
  const refuse = (given: unknown, message: RegExp): void =>
    void t.throws(() => experiment(given), { instanceOf: SettingsError, message });
  for (const architecture of ['vggsnn', 'resnet19'])
    refuse(
      { network: { architecture, convolutions: 5 } },
      /network\.convolutions: only convNet has a number of convolutions/,
    );
  t.is(experiment({ network: { architecture: 'convNet', convolutions: 5 } }).network.convolutions, 5);
  const surrogate = { name: 'identity', parameter: 2 };
  refuse({ neuron: { surrogate } }, /neuron\.surrogate\.parameter: identity has no parameter/);
  t.is(experiment({ neuron: { surrogate: { name: 'atan', parameter: 2 } } }).neuron.surrogate.parameter, 2);
});
