// Dots in rows: places, labels, and a line at 1.
import test from 'ava';
import { SettingsError } from '../../src/errors.js';
import { ratioDots } from '../../src/figures/ratio-dots.js';
import { axisTitles, notes } from '../helpers/drawn.js';
import { isAsKept } from '../helpers/whole-figure.js';

const plots = [
  {
    title: 'left',
    series: [
      { name: 'a', values: [0.5, 28.66] },
      { name: 'b', values: [null, 2] },
    ],
  },
  {
    title: 'right',
    series: [
      { name: 'a', values: [1, 3] },
      { name: 'b', values: [4, 0.25] },
    ],
  },
];

test('ratioDots: a dot for each ratio with its value, on the side away from 1; kinds of a row below one another', (t) => {
  const figure = ratioDots({ title: 'ratios', rows: ['one', 'two'], quantity: 'row', plots });
  isAsKept(t, 'ratio-dots', figure);
  const { data, layout } = figure;
  const dots = data.filter(({ mode }) => mode === 'markers+text') as unknown as {
    name: string;
    x: (number | null)[];
    y: number[];
    text: string[];
    textposition: string[];
    xaxis?: string;
    showlegend?: boolean;
    marker: { color: string };
  }[];
  t.deepEqual(
    dots.map(({ name, x }) => [name, x]),
    [
      ['a', [0.5, 28.66]],
      ['b', [null, 2]],
      ['a', [1, 3]],
      ['b', [4, 0.25]],
    ],
  );
  t.deepEqual(dots[0].text, ['0.5', '28.7']);
  t.deepEqual(dots[1].text, ['', '2']);
  t.deepEqual(dots[3].textposition, ['middle right', 'middle left']);
  dots[0].y.forEach((y, row) => t.true(Math.round(y) === row && y < dots[1].y[row]));
  t.deepEqual([dots[2].xaxis, dots[2].showlegend], ['x2', false]);
  t.is(data.filter(({ x }) => JSON.stringify(x) === '[1,1]').length, 2);
  t.deepEqual(
    dots.map(({ marker }) => marker.color),
    ['#0072B2', '#D55E00', '#0072B2', '#D55E00'],
  );
  t.deepEqual((layout.yaxis as { range: number[] }).range, [1.5, -0.5], 'the first row on top');
  t.deepEqual(axisTitles({ layout }), { xaxis: 'ratio ANN / SNN', yaxis: 'row', xaxis2: 'ratio ANN / SNN' });
  t.deepEqual(notes({ layout }), ['left', 'right']);
  const { type, range } = layout.xaxis as { type: string; range: [number, number] };
  t.is(type, 'log');
  t.true(10 ** range[0] < 0.25 && 10 ** range[1] > 28.66);
  t.deepEqual((layout.yaxis as { ticktext: string[] }).ticktext, ['one', 'two']);
});

test('ratioDots: no bars, whose length on a logarithmic axis would mean nothing', (t) => {
  const { data } = ratioDots({ title: 'ratios', rows: ['one', 'two'], quantity: 'row', plots });
  t.true(data.every(({ type }) => type === 'scatter'));
});

test('ratioDots: refuses a series that has not a value for each row', (t) => {
  t.throws(() => ratioDots({ title: 'ratios', rows: ['one'], quantity: 'row', plots }), {
    instanceOf: SettingsError,
    message: /a: 2 values for 1 rows/,
  });
});

test('ratioDots: marks are as dense as there is room: two, three or nine a decade', (t) => {
  const marks = (least: number, largest: number): number[] => {
    const { layout } = ratioDots({
      ...{ title: 'ratios', rows: ['one', 'two'], quantity: 'row' },
      plots: [{ title: 'a', series: [{ name: 'a', values: [least, largest] }] }],
    });
    const { tickvals } = layout.xaxis as { tickvals: number[] };
    return tickvals.filter((value) => value >= 1 && value < 10);
  };
  t.deepEqual(marks(0.1, 10), [1, 3]);
  t.deepEqual(marks(1, 40), [1, 3]); // log₁₀ 40 = 1.602
  t.deepEqual(marks(1, 39), [1, 2, 5]);
  t.deepEqual(marks(1, 8), [1, 2, 5]); // 0.903
  t.deepEqual(marks(1, 7.9), [1, 1.2, 1.5, 2, 3, 4, 5, 6, 8]); // 0.898
  t.deepEqual(marks(1, 1), [1, 1.2, 1.5, 2, 3, 4, 5, 6, 8]);
});
