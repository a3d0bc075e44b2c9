import test from 'ava';
import type { NeuronSettings } from '../../src/neurons/lif.js';
import { SettingsError } from '../../src/errors.js';
import { expandSweep, type Expansion, trialText } from '../../src/sweep/expand.js';
import { checkSweep, type SweepInput } from '../../src/sweep/spec.js';

const expand = (given: SweepInput | Record<string, unknown>): Expansion => expandSweep(checkSweep(given));
const axesOf = ({ trials }: Expansion): unknown[] => trials.map(({ axes }) => axes);

test('a grid is every combination, the last axis fastest, seeds inside', (t) => {
  const expansion = expand({
    name: 'grid',
    base: { epochs: 3 },
    axes: { 'neuron.delta': [0, 0.1], 'neuron.surrogate.name': ['rectangle', 'triangle'] },
    seeds: 2,
  });
  t.deepEqual(axesOf(expansion).slice(0, 4), [
    { 'neuron.delta': 0, 'neuron.surrogate.name': 'rectangle', seed: 0 },
    { 'neuron.delta': 0, 'neuron.surrogate.name': 'rectangle', seed: 1 },
    { 'neuron.delta': 0, 'neuron.surrogate.name': 'triangle', seed: 0 },
    { 'neuron.delta': 0, 'neuron.surrogate.name': 'triangle', seed: 1 },
  ]);
  t.is(expansion.trials.length, 8);
  const [first, second] = expansion.trials;
  t.is(first.experiment.name, 'grid: neuron.delta = 0, neuron.surrogate.name = rectangle, seed = 0');
  t.deepEqual([first.experiment.epochs, first.experiment.neuron.delta, second.experiment.seed], [3, 0, 1]);
  t.is(new Set(expansion.trials.map(({ configuration }) => configuration)).size, 4);
  t.is(first.configuration, second.configuration);
});

test('a tenth is held out for validation unless the base says otherwise', (t) => {
  const validation = (base: object): number =>
    expand({ base, seeds: 1 }).trials[0].experiment.data.validation;
  t.is(validation({}), 0.1);
  t.is(validation({ data: { name: 'shapes10', trainLimit: 100 } }), 0.1);
  t.is(validation({ data: { name: 'shapes10', validation: 0 } }), 0);
});

test('values of a path inside a setting, of a whole setting, and equal settings are one trial', (t) => {
  const whole = expand({
    base: { neuron: { tau: 0.25 } },
    axes: { 'neuron.surrogate': [{ name: 'atan' }, { name: 'sigmoid', parameter: 2 }] },
  });
  t.deepEqual(
    whole.trials.map(({ experiment: { neuron } }) => [(neuron as NeuronSettings).tau, neuron.surrogate]),
    [
      [0.25, { name: 'atan' }],
      [0.25, { name: 'sigmoid', parameter: 2 }],
    ],
  );
  t.is(expand({ axes: { 'data.augment': ['standard'], 'data.name': ['shapes10'] } }).trials.length, 1);
});

test('a random search gives the same configurations again, and a larger count keeps the first', (t) => {
  const search = (count: number, more: object = {}): unknown[] =>
    axesOf(
      expand({
        axes: { 'neuron.delta': { from: 1e-5, to: 0.1, scale: 'log' }, steps: [2, 4] },
        search: { kind: 'random', count, seed: 3 },
        ...more,
      }),
    );
  t.deepEqual(search(5), search(5));
  t.deepEqual(search(20).slice(0, 5), search(5));
  const another = expand({
    axes: { batchSize: [50, 100], 'neuron.delta': { from: 1e-5, to: 0.1, scale: 'log' }, steps: [2, 4] },
    search: { kind: 'random', count: 5, seed: 3 },
  });
  t.deepEqual(
    another.trials.map(({ experiment: { neuron } }) => neuron.delta),
    (search(5) as Record<string, number>[]).map((axes) => axes['neuron.delta']),
    'another axis does not shift the values',
  );
  t.is(search(4, { seeds: [1, 2] }).length, 8);
});

test('constraints leave combinations out and say how many', (t) => {
  const axes = { 'neuron.delta': [0, 0.01, 0.1], 'lipschitz.beta': [0, 0.05] };
  const pairs = (constraints: unknown[]): unknown[] => {
    const expansion = expand({ axes, constraints });
    t.is(expansion.trials.length + expansion.leftOut, 6);
    return axesOf(expansion).map((values) => Object.values(values as object));
  };
  t.deepEqual(pairs([{ exclude: { 'neuron.delta': 0, 'lipschitz.beta': 0 } }]).length, 5);
  t.deepEqual(pairs([{ when: { 'lipschitz.beta': 0.05 }, then: { 'neuron.delta': [0, 0.1] } }]), [
    [0, 0],
    [0, 0.05],
    [0.01, 0],
    [0.1, 0],
    [0.1, 0.05],
  ]);
  t.deepEqual(pairs([{ order: ['neuron.delta', 'lipschitz.beta'] }]), [
    [0, 0],
    [0, 0.05],
    [0.01, 0.05],
  ]);
  t.deepEqual(
    pairs([{ order: ['lipschitz.beta', 0.01] }, { when: { steps: 2 }, then: { 'neuron.reset': 'hard' } }])
      .length,
    3,
  );
});

const refused = (title: string, given: Record<string, unknown>, message: RegExp): void =>
  test(`refused by axis and value: ${title}`, (t) => {
    t.throws(() => expand(given), { instanceOf: SettingsError, message });
  });

refused(
  'a value out of range',
  { axes: { 'neuron.tau': [0.5, 7], 'lipschitz.beta': [-1] } },
  /axis neuron\.tau, value 7: Too big[^]*axis lipschitz\.beta, value -1: Too small/,
);
refused(
  'a path that is no setting, beside one that is',
  { axes: { 'neuron.delta': [0], 'neuron.dleta': [0.1] } },
  /axis neuron\.dleta, value 0\.1: Unrecognized key: "dleta"/,
);
refused(
  'a top-level path that is no setting',
  { axes: { tau: [1] } },
  /axis tau, value 1: Unrecognized key: "tau"/,
);
refused('a prototype', { axes: { '__proto__.x': [1] } }, /axis __proto__\.x, value 1: Unrecognized key/);
refused(
  'the end of a range',
  {
    axes: { 'neuron.tau': { from: 0, to: 2 } },
    search: { kind: 'random', count: 2 },
  },
  /axis neuron\.tau, value 2: Too big/,
);
refused(
  'the base',
  { base: { epochs: 0, nonsense: 1 }, seeds: 1 },
  /base is not valid[^]*epochs: Too small[^]*nonsense/,
);
refused(
  'two values that do not go together',
  { base: { optimizer: { kind: 'adam', beta1: 0.5 } }, axes: { 'optimizer.kind': ['adam', 'sgd'] } },
  /trial with optimizer\.kind = sgd is not valid: optimizer: Unrecognized key: "beta1"/,
);
refused(
  'constraints that leave nothing',
  { axes: { steps: [2] }, constraints: [{ exclude: { steps: 2 } }] },
  /leave out all 1 combinations/,
);
refused(
  'a constraint on no setting',
  { axes: { steps: [2] }, constraints: [{ exclude: { stpes: 2 } }] },
  /a constraint names stpes, which is no setting/,
);
refused(
  'an order of texts',
  { axes: { steps: [2] }, constraints: [{ order: ['neuron.reset', 1] }] },
  /orders neuron\.reset, which is "hard" and no number/,
);
refused(
  'more random configurations than there are',
  { axes: { steps: [2, 4] }, search: { kind: 'random', count: 3 } },
  /search\.count: 3, but 300 draws gave 2 different combinations/,
);
refused(
  'millions of trials',
  { axes: { steps: { from: 1, to: 900, count: 800 } }, seeds: 1000 },
  /800000 trials \(steps: 800\)/,
);
refused(
  'halving without a validation part',
  {
    base: { data: { name: 'shapes10', validation: 0 } },
    axes: { steps: [2, 4] },
    search: { kind: 'halving', rungs: [1] },
  },
  /chooses by validation accuracy, and data\.validation is 0/,
);
refused(
  'a rung at the end',
  { base: { epochs: 4 }, axes: { steps: [2, 4] }, search: { kind: 'halving', rungs: [2, 4] } },
  /search\.rungs: 4, expected less than the 4 epochs/,
);

test('an axis of whole data sets holds out what the base does, unless a value says otherwise', (t) => {
  const data = [{ name: 'shapes10' }, { name: 'cifar10' }, { name: 'cifar10', validation: 0 }];
  const heldOut = (base: SweepInput['base']): number[] =>
    expand({ base, axes: { data } }).trials.map(({ experiment }) => experiment.data.validation);
  t.deepEqual(heldOut({}), [0.1, 0.1, 0]);
  t.deepEqual(heldOut({ data: { name: 'shapes10', validation: 0.2 } }), [0.2, 0.2, 0]);
  t.throws(() => expand({ axes: { data: ['cifar10', null] } }), {
    instanceOf: SettingsError,
    message: /axis data, value "cifar10": [^]*axis data, value null: /,
  });
});

test('a trial is called by the names of its values; of surrogates of one name by their shapes too', (t) => {
  const axes = {
    'neuron.surrogate': [
      { name: 'dspike' },
      { name: 'dspike', parameter: 2 },
      { name: 'dspike', height: 0.3 },
    ],
    data: [{ name: 'shapes10', trainLimit: 100 }],
  };
  t.deepEqual(
    expand({ axes, seeds: 1 }).trials.map((trial) => trialText(trial)),
    [
      'neuron.surrogate = dspike, data = shapes10, seed = 0',
      'neuron.surrogate = dspike {"parameter":2}, data = shapes10, seed = 0',
      'neuron.surrogate = dspike {"height":0.3}, data = shapes10, seed = 0',
    ],
  );
});
