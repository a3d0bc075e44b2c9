// Marginal effects drawn: a panel a setting, error bars as long as from the effect to the edge of its interval.
import test from 'ava';
import type { MarginalEffect } from '../../../src/studies/sweep-analysis/marginal-effects.js';
import { marginalFigure } from '../../../src/studies/sweep-analysis/marginal-figure.js';
import { axisTitles, drawn, notes } from '../../helpers/drawn.js';
import { isAsKept } from '../../helpers/whole-figure.js';

const effect = (
  setting: string,
  value: string,
  size: number,
  more: Partial<MarginalEffect> = {},
): MarginalEffect => ({
  ...{ setting, value, mean: 60 + size, effect: size, reference: null, lower: size - 2, upper: size + 2 },
  ...{ over: 'seeds', n: 3, runs: 6 },
  ...more,
});
const effects = [
  effect('neuron.delta', '0', 0, { reference: '0', lower: null, upper: null }),
  effect('neuron.delta', '0.1', 4, { reference: '0' }),
  effect('lipschitz.beta', '0', -1, { over: 'runs', n: 8, runs: 8 }),
  effect('lipschitz.beta', '1e-4', 1, { over: 'runs', n: 7, runs: 7 }),
];

test('marginalFigure: effects by value with the half length of their intervals, none for the reference', (t) => {
  const figure = marginalFigure(effects);
  isAsKept(t, 'sweep-analysis/marginal-figure', figure);
  t.deepEqual(drawn(figure), [
    { name: 'SGS strength δ', x: ['0', '0.1'], y: [0, 4], error: [null, 2], colour: 0 },
    { name: 'LR weight β', x: ['0', '1e-4'], y: [-1, 1], error: [2, 2], colour: 1, plot: 2 },
  ]);
  t.deepEqual(axisTitles(figure), {
    xaxis: 'SGS strength δ, against 0',
    yaxis: 'effect on test accuracy (points)',
    xaxis2: 'LR weight β',
    yaxis2: 'effect (points)',
  });
  t.deepEqual(notes(figure), ['12 runs, 3 seeds', '15 runs']);
  t.deepEqual(figure.data[0].customdata, [
    'against 0: 0.00 points<br>mean 60.00 %, 6 runs, n = 3 seeds',
    'against 0: 4.00 [2.00, 6.00] points<br>mean 64.00 %, 6 runs, n = 3 seeds',
  ]);
  t.deepEqual(
    (figure.data[1].customdata as string[])[0],
    'against the mean: -1.00 [-3.00, 1.00] points<br>mean 59.00 %, 8 runs, n = 8 runs',
  );
});

test('marginalFigure: its title says the level, its axis the measure; few seeds are said', (t) => {
  const figure = marginalFigure([effect('steps', '2', 1, { n: 1 })], {
    measure: 'validationAccuracy',
    level: 0.9,
  });
  isAsKept(t, 'sweep-analysis/marginal-figure-one', figure);
  t.is((figure.layout.title as { text: string }).text, 'Marginal effects with 90 % intervals');
  t.is(axisTitles(figure).yaxis, 'effect on validation accuracy (points)');
  t.deepEqual(notes(figure), ['6 runs, 1 seed: too few for an interval']);
});
