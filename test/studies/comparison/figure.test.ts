// Published accuracies beside ours: each in its colour, at its place.
import test from 'ava';
import { comparisonFigure } from '../../../src/studies/comparison/figure.js';
import { publishedRows, type ComparisonRow } from '../../../src/studies/comparison/rows.js';
import { axisTitles, drawn } from '../../helpers/drawn.js';
import { isAsKept } from '../../helpers/whole-figure.js';

const row = (kind: string, accuracy: number, more: Partial<ComparisonRow> = {}): ComparisonRow => ({
  ...{ method: `m${accuracy}`, architecture: 'net', kind, steps: 2, accuracy, sd: null, n: null },
  ...{ source: 'a table', checked: 'yes', note: null, runs: [] },
  ...more,
});
const rows = [
  row('paper', 94),
  row('direct', 93, { checked: 'no' }),
  row('hybrid', 92, { steps: null }),
  row('conversion', 91, { architecture: null }),
  row('ANN', 95, { steps: null }),
  row('ours', 60, { sd: 1.5, n: 3, checked: null, runs: ['run-1', 'run-2'] }),
  row('ours', 55, { checked: null, note: 'x' }),
  row('ANN, ours', 65, { sd: 2, steps: null, checked: null }),
  row('direct', 93, { note: 'with augmentation' }),
];
/** The names without what only keeps equal ones apart. */
const shown = (names: unknown): string[] => (names as string[]).map((name) => name.replaceAll('\u200b', ''));

test('comparisonFigure: a colour for each kind; error bars of ours only, one standard deviation', (t) => {
  const figure = comparisonFigure(rows, 'cifar10');
  isAsKept(t, 'comparison/figure', figure);
  t.deepEqual(
    drawn(figure).map((trace) => ({ ...trace, y: shown(trace.y) })),
    [
      { name: 'the paper', x: [94], y: ['m94, net, T = 2'], colour: 3 },
      {
        name: 'trained directly',
        x: [93, 93],
        y: ['m93, net, T = 2 †', 'm93, net, T = 2, with augmentation'],
        colour: 0,
      },
      { name: 'converted, then trained', x: [92], y: ['m92, net, T ?'], colour: 2 },
      { name: 'converted from an ANN', x: [91], y: ['m91, T = 2'], colour: 4 },
      { name: 'ANN', x: [95], y: ['m95, net'], colour: 6 },
      {
        name: 'ours, in our smaller setting',
        x: [55, 60],
        y: ['m55, net, T = 2', 'm60, net, T = 2'],
        errorX: [0, 1.5],
        colour: 1,
      },
      { name: 'ANN, ours', x: [65], y: ['m65, net'], colour: 5 },
    ],
  );
  t.deepEqual(axisTitles(figure), {
    xaxis: 'test accuracy (%)',
    yaxis: 'method, architecture, time steps T (†: by hearsay)',
  });
  t.deepEqual(
    shown((figure.layout.yaxis as { categoryarray: string[] }).categoryarray).map(
      (name) => name.split(',')[0],
    ),
    ['m55', 'm60', 'm65', 'm91', 'm92', 'm93', 'm93', 'm94', 'm95'],
    'the best on top',
  );
  t.is((figure.layout.title as { text: string }).text, 'Test accuracy on CIFAR-10: published and ours');
  t.deepEqual(
    [figure.data[1].customdata, figure.data[5].customdata],
    [
      [
        ['a table (not read a second time)', '', ''],
        ['a table', 'with augmentation', ''],
      ],
      [
        ['a table', 'x', ''],
        ['a table', '', 'run-1<br>run-2'],
      ],
    ],
  );
});

test('comparisonFigure: every published row has a place of its own, hearsay is marked', (t) => {
  const published = publishedRows('cifar10');
  const { data, layout } = comparisonFigure(published, 'cifar10');
  const places = data.flatMap(({ y }) => y as string[]);
  t.is(places.length, published.length);
  t.is(new Set(places).size, published.length);
  t.is(
    places.filter((place) => place.includes('†')).length,
    published.filter(({ checked }) => checked === 'no').length,
  );
  t.is((layout.yaxis as { categoryarray: string[] }).categoryarray.length, published.length);
  t.is(axisTitles(comparisonFigure([rows[0]], 'cifar100')).yaxis, 'method, architecture, time steps T');
});
