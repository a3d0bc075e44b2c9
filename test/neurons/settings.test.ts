import test from 'ava';
import { SettingsError } from '../../src/errors.js';
import { type ExperimentInput, experiment, parseExperiment } from '../../src/experiment/experiment.js';
import { canonicalJson } from '../../src/hash.js';
import { NEURON_NAMES, neurons } from '../../src/neurons/index.js';
import { defaultNeuron } from '../../src/neurons/lif.js';
import { isEquations, lifOf, neuronName, type NeuronInput, thresholdOf } from '../../src/neurons/settings.js';

const neuronOf = (neuron: unknown) => parseExperiment({ neuron }).neuron;
const refuse = (t: { throws: (f: () => unknown, e: object) => unknown }, neuron: unknown, message: RegExp) =>
  t.throws(() => neuronOf(neuron), { instanceOf: SettingsError, message });

test('without a model, or with lif, the settings are those that there were before there was a choice', (t) => {
  t.deepEqual(neuronOf({}), defaultNeuron);
  t.deepEqual(neuronOf({ model: 'lif', tau: 0.25 }), { ...defaultNeuron, tau: 0.25 });
  t.is(
    canonicalJson(experiment().neuron),
    '{"delta":0.0001,"detachReset":false,"reset":"hard","scaleFloor":null,"surrogate":{"name":"rectangle"},"tau":0.5,"theta":0.5}',
  );
});

test('a name stands for its equations, as if they had been written out', (t) => {
  for (const name of NEURON_NAMES) {
    if (name === 'lif') continue;
    const byName = neuronOf({ model: name });
    t.deepEqual(byName, neuronOf({ model: structuredClone(neurons[name]) }), name);
    t.is(neuronName(byName), name);
    if (!isEquations(byName)) return t.fail(name);
    t.deepEqual(byName.model.state, neurons[name].state);
    t.like(byName, { surrogate: { name: 'rectangle' }, delta: 1e-4, scaleFloor: null });
  }
});

test('an experiment with equations is completed once: what is complete stays as it is, and has one text', (t) => {
  const spaced = {
    name: 'mine',
    parameters: {
      k: { learned: true as const, per: 'channel' as const, initial: '( 1+theta )/2' },
      theta: 0.5,
    },
    state: { u: 0 },
    step: ['v=k*u   + x', 'o = spike( v-theta )', 'u=(1-o)*v'],
    output: 'o',
  };
  const whole = experiment({ neuron: { model: spaced, delta: 0 } });
  t.deepEqual(experiment(JSON.parse(JSON.stringify(whole)) as ExperimentInput), whole);
  if (!isEquations(whole.neuron)) return t.fail();
  t.deepEqual(whole.neuron.model.step, ['v = k * u + x', 'o = spike(v - theta)', 'u = (1 - o) * v']);
  t.deepEqual(whole.neuron.model.parameters?.k, {
    learned: true,
    per: 'channel',
    initial: '(1 + theta) / 2',
  });
});

test('parameters: another value of a setting, another beginning of what is learned, or another kind', (t) => {
  const of = (parameters: object) => {
    const neuron = neuronOf({ model: 'diet', parameters });
    return isEquations(neuron) ? neuron.model.parameters : undefined;
  };
  t.deepEqual(of({ theta: 2 })?.theta, { learned: true, per: 'layer', initial: 2 });
  t.deepEqual(of({ theta: 2 })?.lambda, neurons.diet.parameters!.lambda);
  const own = { learned: true, per: 'channel', initial: 0.5 };
  t.deepEqual(of({ theta: own })?.theta, own);
  t.deepEqual(
    neuronOf({ model: 'plif', parameters: { tau0: 4 } }),
    neuronOf({ model: { ...neurons.plif, parameters: { ...neurons.plif.parameters, tau0: 4 } } }),
  );
});

test('what is wrong is named with its place', (t) => {
  refuse(
    t,
    { model: 'plfi' },
    /neuron\.model: no neuron is named "plfi"; expected one of if, lif, .*; did you mean "plif"\?/,
  );
  refuse(t, { model: 3 }, /neuron\.model: neuron/);
  refuse(
    t,
    { model: 'plif', parameters: { tau: 2 } },
    /neuron\.parameters: plif has no parameter "tau"; it has w, tau0, theta; did you mean "tau0"\?/,
  );
  refuse(
    t,
    { model: 'plif', parameters: { tau0: 'a' } },
    /neuron\.parameters: neuron "plif"\.parameters\.tau0/,
  );
  refuse(
    t,
    { model: 'plif', parameters: { tau0: 0.5 } },
    /neuron\.parameters: neuron "plif", initial value of w, column 1: its value is NaN; expected a finite number/,
  );
  refuse(t, { model: 'plif', tau: 0.5 }, /neuron: Unrecognized key: "tau"/);
  refuse(
    t,
    { model: 'plif', delta: -1, surrogate: { name: 'x' } },
    /neuron\.surrogate\.name: [^]*neuron\.delta: /,
  );
  refuse(
    t,
    { model: { ...neurons.plif, step: ['v = u + (x - u) * sigmod(w)', 'u = v'], output: 'v' } },
    /neuron\.model: neuron "plif", step 1, column 19: no function "sigmod"; .*did you mean "sigmoid"\?\n {2}v = u \+ \(x - u\) \* sigmod\(w\)\n {20}\^/,
  );
});

test('hostile descriptions are refused quickly', (t) => {
  const began = process.cpuUsage().user;
  const step = (...step: string[]) => ({ model: { ...neurons.plif, step } });
  refuse(t, step(`v = ${'x + '.repeat(30_000)}x`), /120\d\d\d characters; expected at most 1000/);
  refuse(t, step(`v = ${'('.repeat(400)}x${')'.repeat(400)}`), /brackets 51 deep/);
  refuse(t, step('v = constructor.constructor("return process")()'), /neuron\.model: /);
  refuse(t, step('__proto__ = x'), /no equation/);
  refuse(t, JSON.parse('{"model": "plif", "parameters": {"__proto__": 1}}'), /has no parameter "__proto__"/);
  refuse(
    t,
    JSON.parse('{"model": {"name": "a", "state": {"__proto__": 1}, "step": ["v = x"], "output": "v"}}'),
    /"__proto__" is no name/,
  );
  for (const parameters of [null, 3, 'w', [1]])
    refuse(t, { model: 'plif', parameters }, /neuron\.parameters: expected an object with numbers/);
  refuse(t, { model: '__proto__' }, /no neuron is named "__proto__"/);
  refuse(t, { model: 'constructor' }, /no neuron is named "constructor"/);
  t.true(process.cpuUsage().user - began < 1e6);
});

test('thresholdOf: of LIF theta, of equations their parameter theta or its beginning; without one it is refused by name', (t) => {
  const of = (neuron: NeuronInput): number => thresholdOf(experiment({ neuron }).neuron);
  t.is(of({ theta: 0.75 }), 0.75);
  t.is(of({ model: 'plif', parameters: { theta: 3 } }), 3);
  t.is(of({ model: 'stl' }), 2);
  const nameless = {
    ...neurons.if,
    parameters: {},
    step: ['v = u + x', 'o = spike(v - 1)', 'u = (1 - o) * v'],
  };
  t.throws(() => of({ model: nameless }), {
    instanceOf: SettingsError,
    message: /if has no parameter theta, by which batch norm of kind tdbn scales/,
  });
});

test('lifOf: the numbers of LIF; a LIF layer beside settings of equations is refused by name', (t) => {
  t.is(lifOf(defaultNeuron, 'a'), defaultNeuron);
  t.throws(() => lifOf(experiment({ neuron: { model: 'clif' } }).neuron, 'conv1.lif'), {
    instanceOf: SettingsError,
    message: /conv1\.lif is a layer of LIF neurons, and the settings are those of clif; give tau, theta/,
  });
});
