// The forest plot of a comparison: a row for each difference with its own edges, zero in sight, p beside it.
import test from 'ava';
import { differenceFigure } from '../../src/display/comparison.js';
import { compare } from '../../src/statistics/compare.js';
import { madeGrid } from '../helpers/sweep.js';

const made = (seeds: number[]) =>
  compare(
    madeGrid([0, 0.1, 0.2], [0], seeds, (delta, _, seed) => ({
      test: (70 + 10 * delta + seed + (delta > 0 ? seed / 2 : 0)) / 100,
      validation: 0.6 - delta,
    })),
    ['neuron.delta'],
    { interval: 'bootstrap' },
  );

test('differenceFigure: rows in the order of the table, edges as in the comparison, p corrected beside each; small', (t) => {
  const comparison = made([0, 1, 2, 3]);
  const figure = differenceFigure(comparison)!;
  const [trace] = figure.data;
  const differences = comparison.groups.flatMap(({ difference }) => difference ?? []);
  t.is(differences.length, 2);
  t.deepEqual(trace.y, ['neuron.delta = 0.1', 'neuron.delta = 0.2']);
  t.deepEqual(
    trace.x,
    differences.map(({ mean }) => mean),
  );
  const { array, arrayminus } = trace.error_x as { array: number[]; arrayminus: number[] };
  differences.forEach(({ mean, lower, upper }, i) => {
    t.true(Math.abs(mean - arrayminus[i] - lower!) < 1e-9);
    t.true(Math.abs(mean + array[i] - upper!) < 1e-9);
  });
  const { annotations, height, yaxis } = figure.layout as {
    annotations: { text: string; y: string }[];
    height: number;
    yaxis: { autorange: string };
  };
  t.deepEqual(
    annotations.map(({ y }) => y),
    trace.y,
  );
  for (const { text } of annotations) t.regex(text, /^p (= 0\.\d{3}|&lt; 0\.001)$/);
  t.is(yaxis.autorange, 'reversed', 'the first row above');
  t.true(height < 200);
});

test('differenceFigure: none where too few seeds give no interval', (t) => {
  t.is(differenceFigure(made([0, 1])), null);
});
