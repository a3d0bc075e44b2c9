// Accuracy against energy: paired with the baseline, words where there is room, a logarithmic axis where energies differ much.
import test from 'ava';
import { accuracyEnergyFigure } from '../../../src/studies/methods/energy-figure.js';
import type { Layout } from '../../../src/figures/theme.js';
import { axisTitles, drawn, rounded } from '../../helpers/drawn.js';
import { points } from '../../helpers/energy-points.js';
import { isAsKept } from '../../helpers/whole-figure.js';

test('accuracyEnergyFigure: intervals of three seeds, no caps where one has none, lines through the baseline', (t) => {
  const figure = accuracyEnergyFigure(points, 'convNet');
  isAsKept(t, 'methods/energy', figure);
  t.deepEqual(
    drawn(figure).map(({ name, x, y }) => [name, rounded(x), rounded(y)]),
    [
      ['gradient', [530, 520, 540], [0, -1, 1]],
      ['neuron', [510], [1]],
      ['loss or regulariser', [550], [2]],
    ],
  );
  // 3, 2, 1: sd 1, half width 4.30265/√3 = 2.484.
  t.is(Number((drawn(figure)[2].error as number[])[0].toFixed(3)), 2.484);
  t.deepEqual(drawn(figure)[1].error, [null]);
  t.is((figure.data[1].error_y as { width: number }).width, 0);
  t.deepEqual(figure.data[0].text, ['', 'triangle', 'sgs']);
  t.deepEqual(
    (figure.layout.shapes as Record<string, number>[]).map(({ x0, y0 }) => [rounded(x0), y0]),
    [
      [0, 0],
      [530, 0],
    ],
  );
  t.deepEqual(axisTitles(figure), {
    xaxis: 'energy by the paper’s counting (nJ)',
    yaxis: 'test accuracy minus that of the baseline (points)',
  });
});

test('accuracyEnergyFigure: in a crowd the paper’s method is named first, and most are not', (t) => {
  const one = { ...points[1], n: 1, lower: null, upper: null };
  const crowd = Array.from({ length: 30 }, (_, i) => ({
    ...{ ...one, method: i === 29 ? 'sgsLr' : 'tet' },
    ...{ mean: i / 100, nanojoule: 500 + i / 10 },
  }));
  const far = { ...one, mean: -9, nanojoule: 400 };
  const names = accuracyEnergyFigure([...crowd, far, points[0]], '').data[0].text as string[];
  t.is(names[29], 'sgsLr');
  t.true(names.filter((name) => name === '').length > 20);
});

test('accuracyEnergyFigure: a logarithmic axis with plain numbers from three times the least energy on', (t) => {
  const type = (most: number) =>
    accuracyEnergyFigure([points[0], { ...points[4], nanojoule: most }], '').layout.xaxis as Record<
      string,
      unknown
    >;
  t.is(type(1500).type, undefined);
  const wide = type(4900);
  t.is(wide.type, 'log');
  t.true((wide.ticktext as string[]).includes('1,000'));
});

test('accuracyEnergyFigure: a point far beyond all others stands at the edge in words, and the axis is that of the others', (t) => {
  const far = { ...points[1], method: 'stdb', mean: -32.7, n: 1, lower: null, upper: null, nanojoule: 525 };
  const { layout } = accuracyEnergyFigure([...points, far], '');
  const bare = accuracyEnergyFigure(points, '').layout;
  const { range } = layout.yaxis as { range: number[] };
  t.deepEqual(range, (bare.yaxis as { range: number[] }).range);
  const { text, x, y } = (layout.annotations as Record<string, unknown>[]).at(-1)!;
  t.deepEqual([text, x, y], ['stdb −32.7 ▾', 525, range[0]]);
});

test('accuracyEnergyFigure: one with more than ten times the baseline’s energy stands at the right edge, at its accuracy', (t) => {
  const one = { ...points[1], n: 1, lower: null, upper: null };
  const liaf = { ...one, method: 'liaf', mean: 1.5, nanojoule: 26_521 };
  const neuNorm = { ...one, method: 'neuNorm', mean: -63.9, nanojoule: 26_521 };
  const { layout } = accuracyEnergyFigure([...points, liaf, neuNorm], '');
  const { range } = layout.xaxis as { range: number[] };
  t.deepEqual(range, (accuracyEnergyFigure(points, '').layout.xaxis as { range: number[] }).range);
  const [low] = (layout.yaxis as { range: number[] }).range;
  t.deepEqual(
    (layout.annotations as Record<string, unknown>[])
      .slice(-2)
      .map(({ text, x, y, xanchor, yanchor }) => [text, x, y, xanchor, yanchor]),
    [
      ['liaf +1.5, 26,521 nJ ▸', range[1], 1.5, 'right', 'middle'],
      ['neuNorm −63.9 ▾, 26,521 nJ ▸', range[1], low, 'right', 'bottom'],
    ],
  );
  const stdb = { ...one, method: 'stdb', mean: -32.7 };
  const both = accuracyEnergyFigure([...points, neuNorm, stdb, liaf], '').layout.annotations as Layout[];
  t.deepEqual(
    both.slice(-3).map(({ yshift }) => yshift),
    [0, 14, undefined],
    'two at the bottom stand above one another',
  );
});
