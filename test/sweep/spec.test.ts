import test from 'ava';
import { SettingsError } from '../../src/errors.js';
import { checkSweep } from '../../src/sweep/spec.js';
import type { Evaluation } from '../../src/training/evaluate-run.js';

test('what is left out has its default', (t) => {
  t.deepEqual(checkSweep({ seeds: 3 }), {
    name: 'sweep',
    base: { data: { name: 'shapes10', validation: 0.1 } },
    axes: {},
    seeds: [0, 1, 2],
    constraints: [],
    evaluations: [],
    search: { kind: 'grid' },
  });
  const { search } = checkSweep({ axes: { steps: [1, 2] }, search: { kind: 'halving', rungs: [1, 3] } });
  t.deepEqual(search, {
    kind: 'halving',
    metric: 'validationAccuracy',
    reduction: 3,
    rungs: [1, 3],
    seed: 0,
    synchronous: false,
  });
});

test('every kind of evaluation can be asked for', (t) => {
  const evaluations: Evaluation[] = [
    { kind: 'test' },
    { kind: 'confusion', limit: 10 },
    { kind: 'energy' },
    { kind: 'probe' },
    { kind: 'spectra' },
    { kind: 'noise', definition: 'salt-pepper-pixels', levels: [0, 1], seed: 0, perStep: true },
    { kind: 'sensitivity', sizes: [0.01], seed: 0 },
    { kind: 'gradients', deltas: [0, 0.1] },
  ];
  t.deepEqual(checkSweep({ seeds: 1, evaluations }).evaluations, evaluations);
});

test('a part of the settings that is left undefined has its default', (t) => {
  const { base } = checkSweep({ seeds: 1, base: { data: undefined, epochs: 2 } });
  t.deepEqual(base, { data: { name: 'shapes10', validation: 0.1 }, epochs: 2 });
  const { base: other } = checkSweep({ seeds: 1, base: { data: { name: 'cifar10', validation: 0.2 } } });
  t.deepEqual(other.data, { name: 'cifar10', validation: 0.2 });
});

const refused = (title: string, given: unknown, message: RegExp): void =>
  test(`refused: ${title}`, (t) => {
    t.throws(() => checkSweep(given), { instanceOf: SettingsError, message });
  });
const axes = { steps: [2] };
refused('nothing to sweep', {}, /has no axes; give for instance/);
refused('not an object', 3, /\(top\): Invalid input/);
refused('an unknown key', { axes, axis: {} }, /Unrecognized key: "axis"/);
refused('a name that leaves the folder', { axes, name: '../x' }, /name: expected letters/);
refused('seeds twice', { axes, seeds: [1, 1] }, /seeds: a seed stands there twice/);
refused('half a seed', { seeds: 2.5 }, /seeds: expected a list, or how many, .* got 2\.5$/);
refused('more seeds than memory holds', { seeds: 1e10 }, /seeds: .* from 1 to 100000, got 10000000000$/);
refused(
  'data that is null',
  { seeds: 1, base: { data: null } },
  /base\.data: expected an object .*, got null$/,
);
refused(
  'data that is a name',
  { seeds: 1, base: { data: 'cifar10' } },
  /base\.data: expected an object such as \{"name": "shapes10"\}, got "cifar10"$/,
);
refused('a base that is a list', { seeds: 1, base: [] }, /base: expected an experiment, .* got \[\]$/);
refused('seed as an axis', { axes: { seed: [1] } }, /axis seed: write it as "seeds"/);
refused('name as an axis', { axes: { name: ['a'] } }, /axis name: a name is no setting/);
refused(
  'an axis inside another',
  { axes: { neuron: [{}], 'neuron.tau': [1] } },
  /axis neuron: another axis is a part of it/,
);
refused('an empty axis', { axes: { steps: [] } }, /axis steps: has no values/);
refused('a value twice', { axes: { steps: [2, 4, 2] } }, /axis steps: value 2 stands there twice/);
refused('an axis of the wrong kind', { axes: { steps: 3 } }, /axis steps: expected a list of values or/);
refused(
  'a grid over an endless range',
  { axes: { steps: { from: 1, to: 4 } } },
  /axis steps: a grid needs "count"/,
);
refused(
  'a count where values are drawn',
  { axes: { steps: { from: 1, to: 4, count: 2 } }, search: { kind: 'random', count: 2 } },
  /axis steps: count is for a grid/,
);
refused(
  'a log range from 0',
  { axes: { steps: { from: 0, to: 1, count: 3, scale: 'log' } } },
  /axis steps: a log scale needs from > 0/,
);
refused(
  'a range of whole numbers between others',
  { axes: { steps: { from: 0.5, to: 3.5, count: 4, integer: true } } },
  /axis steps: integer needs whole numbers from and to/,
);
refused(
  'a count beyond every sweep',
  { axes: { steps: { from: 0, to: 1, count: 4_294_967_297 } } },
  /axis steps: count: .*100000/,
);
refused(
  'a range backwards',
  { axes: { steps: { from: 2, to: 1, count: 3 } } },
  /axis steps: from must be less than to/,
);
refused('a random search without a count', { axes, search: 'random' }, /search\.count: /);
refused('an unknown search', { axes, search: 'bayes' }, /search\.kind: /);
refused(
  'choosing by test accuracy',
  { axes, search: { kind: 'halving', rungs: [1], metric: 'testAccuracy' } },
  /search\.metric: only validationAccuracy can choose/,
);
refused(
  'rungs out of order',
  { axes, search: { kind: 'halving', rungs: [2, 1] } },
  /search\.rungs: expected ascending epochs/,
);
refused(
  'epochs as an axis of halving',
  { axes: { epochs: [4, 8] }, search: { kind: 'halving', rungs: [1] } },
  /axis epochs: halving compares trials at equal epochs/,
);
refused('an unknown evaluation', { axes, evaluations: [{ kind: 'nosie' }] }, /evaluations\.0\.kind/);
refused(
  'an unknown noise',
  { axes, evaluations: [{ kind: 'noise', definition: 'pink', levels: [0.1] }] },
  /evaluations\.0\.definition/,
);
refused(
  'noise beyond its range, before anything is trained',
  { axes, evaluations: [{ kind: 'noise', definition: 'salt-pepper-pixels', levels: [0.1, 3] }] },
  /evaluations\.0\.levels\.1: noise: level 3 of salt-pepper-pixels is out of range; give a number ≥ 0 and ≤ 1/,
);
refused(
  'a setting of another evaluation',
  { axes, evaluations: [{ kind: 'spectra', limit: 10 }] },
  /evaluations\.0: Unrecognized key: "limit"/,
);
refused('no size', { axes, evaluations: [{ kind: 'sensitivity', sizes: [] }] }, /evaluations\.0\.sizes/);
refused(
  'an evaluation that is not in a list',
  { axes, evaluations: { kind: 'energy' } },
  /evaluations: expected a list such as \[\{"kind": "energy"\}\], got \{"kind":"energy"\}$/,
);
refused(
  'a constraint of no form',
  { axes, constraints: [{ only: {} }] },
  /constraints\.0: expected \{"when"/,
);

const halving = (more: object): object => ({ axes, search: { kind: 'halving', rungs: [1], ...more } });
for (const [title, given, message] of [
  ['more seeds than trials', { seeds: 100_001 }, /seeds: expected a list, or how many/],
  ['a seed beyond whole numbers', { seeds: [2 ** 53] }, /seeds\.0: /],
  ['a count without bound', { axes, search: { kind: 'random', count: 1e10 } }, /search\.count: /],
  ['a count that is infinite', { axes, search: { kind: 'random', count: Infinity } }, /search\.count: /],
  ['a rung without bound', halving({ rungs: [1e10] }), /search\.rungs\.0: /],
  [
    'a hundred rungs and one',
    halving({ rungs: Array.from({ length: 101 }, (_, i) => i + 1) }),
    /search\.rungs: /,
  ],
  ['a reduction without bound', halving({ reduction: 1e9 }), /search\.reduction: /],
  ['a range without end', { axes: { steps: { from: 1, to: Infinity, count: 2 } } }, /axis steps: to: /],
  ['a range of too many', { axes: { steps: { from: 1, to: 2, count: 1e9 } } }, /axis steps: count: /],
  [
    'a limit without bound',
    { axes, evaluations: [{ kind: 'test', limit: 1e10 }] },
    /evaluations\.0\.limit: /,
  ],
  [
    'an endless amount',
    { axes, evaluations: [{ kind: 'gradients', deltas: [1e7] }] },
    /evaluations\.0\.deltas\.0: /,
  ],
  [
    'too many amounts',
    { axes, evaluations: [{ kind: 'sensitivity', sizes: Array<number>(1001).fill(0) }] },
    /evaluations\.0\.sizes: /,
  ],
] as const)
  refused(title, given, message);
