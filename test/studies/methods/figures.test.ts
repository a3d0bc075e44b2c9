// Methods drawn: effects by kind, accuracy against energy.
import test from 'ava';
import { accuracyEnergyFigure, methodEffectFigure } from '../../../src/studies/methods/figures.js';
import { methodEffects, methodRows } from '../../../src/studies/methods/rows.js';
import { axisTitles, drawn, notes, rounded } from '../../helpers/drawn.js';
import { madeCases } from '../../helpers/method-cases.js';
import { isAsKept } from '../../helpers/whole-figure.js';

const cases = madeCases({
  baseline: [50, 52, 57],
  triangle: [49, 51, 56],
  sgs: [51, 53, 58],
  tet: [53, 54, 58],
  plif: [49, 51],
});

test('methodEffectFigure: by kind, the largest of each above; half lengths of intervals, none for two seeds', (t) => {
  const figure = methodEffectFigure(methodEffects(cases), 'convNet');
  isAsKept(t, 'methods/effects', figure);
  const found = drawn(figure);
  t.deepEqual(
    found.map(({ name, x, y }) => [name, rounded(x), y]),
    [
      ['gradient', [1, -1], [3, 2]],
      ['neuron', [-1], [1]],
      ['loss or regulariser', [2], [0]],
    ],
  );
  t.deepEqual(found[1].errorX, [null]);
  // 3, 2, 1: sd 1, half width 4.30265/√3 = 2.484.
  t.is(Number((found[2].errorX as number[])[0].toFixed(3)), 2.484);
  t.deepEqual(axisTitles(figure), {
    xaxis: 'accuracy minus that of LIF with the rectangle (points)',
    yaxis: 'method',
  });
  t.deepEqual(notes(figure), ['convNet']);
});

test('accuracyEnergyFigure: those whose energy was counted, with the interval of accuracy', (t) => {
  const rows = methodRows(cases, []).map((row) =>
    row.method === 'plif' ? row : { ...row, nanojoulePaper: row.last * 10 },
  );
  const figure = accuracyEnergyFigure(rows, 'convNet');
  isAsKept(t, 'methods/energy', figure);
  t.deepEqual(
    drawn(figure).map(({ name, x, y }) => [name, rounded(x), rounded(y)]),
    [
      ['gradient', [530, 520, 540], [53, 52, 54]],
      ['loss or regulariser', [550], [55]],
    ],
  );
  t.is(Number((drawn(figure)[1].error as number[])[0].toFixed(3)), 6.572); // 53, 54, 58: sd √7
  // Three of one kind near each other have room for a name each; the lines cross in the baseline.
  t.deepEqual(figure.data[0].text, ['baseline', 'triangle', 'sgs']);
  t.deepEqual(
    (figure.layout.shapes as Record<string, number>[]).map(({ x0, y0 }) => [x0, rounded(y0)]),
    [
      [0, 53],
      [rounded(530), 0],
    ],
  );
  // In a crowd those go unnamed that another one beats in both.
  const crowd = Array.from({ length: 30 }, (_, i) => ({
    ...{ ...rows[0], method: i === 29 ? 'sgsLr' : 'tet' },
    ...{ last: 50 + i / 100, nanojoulePaper: 500 + i / 10 },
  }));
  const names = accuracyEnergyFigure([...crowd, { ...rows[0], last: 40, nanojoulePaper: 400 }], '').data[0]
    .text as string[];
  t.is(names[29], 'sgsLr');
  t.true(names.filter((name) => name === '').length > 20);
});
