import test from 'ava';
import { groupLabel, groupRuns } from '../../src/statistics/groups.js';
import { SettingsError } from '../../src/errors.js';
import { madeGrid, madeRun } from '../helpers/sweep.js';

const grid = madeGrid([0.1, 0], [0, 1e-4], [2, 1], () => ({ test: 0.5 }));

test('groupRuns: a group for each combination of values, in their order, seeds in order', (t) => {
  const { by, groups } = groupRuns(grid, ['neuron.delta', 'lipschitz.beta']);
  t.deepEqual(by, ['neuron.delta', 'lipschitz.beta']);
  t.deepEqual(
    groups.map(({ values }) => groupLabel(values)),
    [
      'neuron.delta = 0, lipschitz.beta = 0',
      'neuron.delta = 0, lipschitz.beta = 0.0001',
      'neuron.delta = 0.1, lipschitz.beta = 0',
      'neuron.delta = 0.1, lipschitz.beta = 0.0001',
    ],
  );
  for (const { runs } of groups)
    t.deepEqual(
      runs.map(({ experiment }) => experiment.seed),
      [1, 2],
    );
});

test('groupRuns: another setting that differs is an error that names it, or a column', (t) => {
  t.throws(() => groupRuns(grid, ['neuron.delta']), {
    instanceOf: SettingsError,
    message:
      /differ in more than what they are compared by:\n {2}lipschitz\.beta: 0, 0\.0001\n.* 4 of 8 do with --where lipschitz\.beta=0$/,
  });
  // Constant in each group and different between them: no group mixes anything, and still δ is not all that differs.
  const confounded = grid.filter(
    ({ experiment: { neuron, lipschitz } }) => Number(neuron.delta) > 0 === lipschitz.beta > 0,
  );
  t.throws(() => groupRuns(confounded, ['neuron.delta']), { message: /lipschitz\.beta/ });
  const { by, groups } = groupRuns(grid, ['neuron.delta'], { others: 'columns' });
  t.deepEqual(by, ['neuron.delta', 'lipschitz.beta']);
  t.is(groups.length, 4);
});

test('groupRuns: data and numerics are settings too, unless they are to be ignored', (t) => {
  const [run] = grid;
  const other = { ...run, id: 'run-0000000000000000', numerics: { ...run.numerics, build: 'fma' } };
  const next = { ...other, experiment: { ...other.experiment, seed: 7 } };
  t.throws(() => groupRuns([run, next], ['neuron.delta']), { message: /numerics\.build: "plain", "fma"/ });
  t.is(groupRuns([run, next], ['neuron.delta'], { ignore: ['numerics.build'] }).groups[0].runs.length, 2);
  const data = { ...next, data: { ...next.data, fingerprint: 'f'.repeat(64) }, numerics: run.numerics };
  t.throws(() => groupRuns([run, data], ['neuron.delta']), { message: /fingerprint/ });
});

test('groupRuns: the same run given twice counts once; a seed that occurs twice is an error', (t) => {
  const [run] = grid;
  t.is(groupRuns([run, structuredClone(run)], ['neuron.delta']).groups[0].runs.length, 1);
  const twin = { ...run, id: 'run-0000000000000000', numerics: { ...run.numerics, build: 'fma' } };
  t.throws(() => groupRuns([run, twin], ['neuron.delta'], { ignore: ['numerics'] }), {
    instanceOf: SettingsError,
    message: /seed 2 occurs 2 times .*run-0000000000000000/,
  });
});

test('groupRuns: a group of settings is one path; seeds and unknown paths are refused', (t) => {
  const runs = [
    madeRun({ settings: { neuron: { surrogate: { name: 'atan' } } } }),
    madeRun({ settings: { neuron: { surrogate: { name: 'triangle', parameter: 2 } } } }),
  ];
  t.is(groupRuns(runs, ['neuron.surrogate']).groups.length, 2);
  t.throws(() => groupRuns(runs, ['seed']), { message: /means are taken over seeds/ });
  t.throws(() => groupRuns(runs, ['neuron.alpha']), { message: /none of these runs has such a setting/ });
});

test('groupRuns: groups with equal first values are in the order of the next', (t) => {
  const reversed = madeGrid([0.1], [1e-4, 0], [0], () => ({ test: 0.5 }));
  t.deepEqual(
    groupRuns(reversed, ['neuron.delta', 'lipschitz.beta']).groups.map(
      ({ values }) => values['lipschitz.beta'],
    ),
    [0, 1e-4],
  );
});

test('groupRuns: of many values four are shown, each setting on a line of its own; names are no settings', (t) => {
  const many = (count: number) =>
    Array.from({ length: count }, (_, i) =>
      madeRun({ settings: { neuron: { delta: i }, steps: i + 1 }, seed: i }),
    );
  const said = (count: number): string => t.throws(() => groupRuns(many(count), ['lipschitz.beta'])).message;
  t.true(said(4).includes(':\n  steps: 1, 2, 3, 4\n  neuron.delta: 0, 1, 2, 3\ncompare by'));
  t.true(said(5).includes('  neuron.delta: 0, 1, 2, 3, … (5 values)\n'));
  t.throws(() => groupRuns(many(1), ['name']), { message: /^"name": means are taken over seeds/ });
});

test('groupRuns: a seed that occurs twice is named with its runs in the order of their ids, and no others', (t) => {
  const run = (digit: string, seed: number) => ({
    ...madeRun({ seed }),
    id: `run-${digit.repeat(16)}`,
    numerics: { ...grid[0].numerics, build: digit },
  });
  const ids = ['a', 'b', 'c'].map((digit) => `run-${digit.repeat(16)}`);
  for (const order of ['abc', 'cba', 'bac'])
    t.throws(
      () =>
        groupRuns([run('d', 1), ...[...order].map((digit) => run(digit, 4))], ['steps'], {
          ignore: ['numerics'],
        }),
      {
        message: `seed 4 occurs 3 times where "steps = 2" (${ids.join(', ')}); a mean over them would count it more than once: choose one`,
      },
    );
});
