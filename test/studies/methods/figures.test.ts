// Effects of methods drawn, by kind.
import test from 'ava';
import { methodEffectFigure } from '../../../src/studies/methods/figures.js';
import { methodEffects } from '../../../src/studies/methods/rows.js';
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
