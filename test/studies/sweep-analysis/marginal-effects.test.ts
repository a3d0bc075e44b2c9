import test from 'ava';
import { SettingsError } from '../../../src/errors.js';
import { interval } from '../../../src/statistics/interval.js';
import { marginalEffects } from '../../../src/studies/sweep-analysis/marginal-effects.js';
import { madeGrid, madeRun } from '../../helpers/sweep.js';

const near = (a: number | null, b: number | null): boolean =>
  a !== null && b !== null && Math.abs(a - b) < 1e-9;

/** δ = 0.1 gains 4 points, and one more for seed 2; β does nothing; seeds differ by 10 points. */
const accuracy = (delta: number, _beta: number, seed: number): { test: number } => ({
  test: (50 + 10 * seed + (delta > 0 ? 4 + Number(seed === 2) : 0)) / 100,
});
const grid = madeGrid([0, 0.1], [0, 1e-4, 1e-3], [0, 1, 2], accuracy);

test('marginalEffects: within seeds, so that what seeds differ by does not widen the interval', (t) => {
  const effects = marginalEffects(grid);
  t.deepEqual(
    effects.map(({ setting, value }) => `${setting} ${value}`),
    ['neuron.delta 0', 'neuron.delta 0.1', 'lipschitz.beta 0', 'lipschitz.beta 1e-4', 'lipschitz.beta 0.001'],
  );
  const [, scaled] = effects;
  const expected = interval([2, 2, 2.5]); // half of 4, 4 and 5
  t.like(scaled, { over: 'seeds', n: 3, runs: 9 });
  t.true(
    near(scaled.effect, expected.mean) &&
      near(scaled.lower, expected.lower) &&
      near(scaled.upper, expected.upper),
  );
  t.true(near(scaled.mean, 60 + 13 / 3));
  for (const { effect, lower, upper } of effects.slice(2))
    t.true(near(effect, 0) && near(lower, 0) && near(upper, 0));
});

test('marginalEffects: against a reference its other values cannot move an effect', (t) => {
  const reference = { 'neuron.delta': 0, 'lipschitz.beta': 0 };
  const [zero, scaled, , small] = marginalEffects(grid, { reference });
  const expected = interval([4, 4, 5]);
  t.like(zero, { reference: '0', lower: null, upper: null });
  t.true(near(zero.effect, 0));
  t.true(near(scaled.effect, expected.mean) && near(scaled.lower, expected.lower));
  t.like(small, { value: '1e-4', reference: '0' });
  const wider = [
    ...grid,
    ...madeGrid([1], [0, 1e-4, 1e-3], [0, 1, 2], () => ({ test: 0.1 })), // training fails there
  ];
  t.true(near(marginalEffects(wider, { reference })[1].effect, expected.mean));
  t.throws(() => marginalEffects(grid, { reference: { 'neuron.delta': 0.5 } }), {
    instanceOf: SettingsError,
    message: /no run has neuron\.delta = 0\.5 .* there are 0, 0\.1/,
  });
});

test('marginalEffects: two seeds have effects, but no interval that would look sure', (t) => {
  const two = marginalEffects(grid.filter(({ experiment }) => experiment.seed < 2));
  t.true(two.every(({ lower, upper, n }) => lower === null && upper === null && n === 2));
});

test('marginalEffects: only combinations that are done for every value count', (t) => {
  // The best β is missing where δ = 0: without pairing circumstances δ = 0 would look worse than it is.
  const gaps = madeGrid([0, 0.1], [0, 1e-3], [0, 1], (delta, beta) => ({
    test: beta > 0 ? 0.9 : 0.5,
    status: delta === 0 && beta > 0 ? 'diverged' : 'done',
  }));
  const delta = marginalEffects(gaps, { settings: ['neuron.delta'] });
  t.true(delta.every(({ effect, runs }) => near(effect, 0) && runs === 2));
});

test('marginalEffects: a random search has no combination in common; every run counts, in bins', (t) => {
  const runs = Array.from({ length: 40 }, (_, i) =>
    madeRun({
      settings: { neuron: { delta: (i + 1) / 40 }, lipschitz: { beta: ((7 * i) % 40) / 1000 } },
      test: 0.5 + i / 100,
    }),
  );
  const effects = marginalEffects(runs, { settings: ['neuron.delta'] });
  t.is(effects.length, 5);
  t.true(effects.every(({ over, n }) => over === 'runs' && n === 8));
  t.true(effects.every(({ effect }, i) => i === 0 || effect > effects[i - 1].effect));
  t.true(near(effects[0].effect, 3.5 - 19.5));
});

test('marginalEffects: one seed has effects without intervals; nothing done, nothing different is refused', (t) => {
  const one = marginalEffects(grid.filter(({ experiment }) => experiment.seed === 0));
  t.true(one.every(({ lower, upper, n }) => lower === null && upper === null && n === 1));
  t.throws(() => marginalEffects(grid.slice(0, 3)), {
    instanceOf: SettingsError,
    message: /differ in no setting/,
  });
  t.throws(() => marginalEffects([madeRun({ status: 'failed' })]), {
    instanceOf: SettingsError,
    message: /no run is done/,
  });
  t.throws(() => marginalEffects(grid, { measure: 'validationAccuracy' }), {
    message: /validation accuracy/,
  });
});
