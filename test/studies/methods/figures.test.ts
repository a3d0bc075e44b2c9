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

test('methodEffectFigure: by kind, the largest of each above, what was expected behind; half lengths of intervals, none for two seeds', (t) => {
  const figure = methodEffectFigure(methodEffects(cases), 'convNet');
  isAsKept(t, 'methods/effects', figure);
  const [expected, ...found] = drawn(figure);
  // triangle −1 to 1, plif 0 to 2, tet −1 to 1; nothing of sgs, of which no effect was expected.
  t.deepEqual(
    [expected.x, expected.y],
    [
      [-1, 1, null, 0, 2, null, -1, 1, null],
      [2, 2, null, 1, 1, null, 0, 0, null],
    ],
  );
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

test('methodEffectFigure: an open side of what was expected ends a point beyond all that is drawn; own recipes have none', (t) => {
  const effects = methodEffects(madeCases({ baseline: [50], liaf: [51], stdb: [49], tet: [52] }));
  const [expected] = drawn(methodEffectFigure(effects, 'convNet'));
  t.deepEqual(expected.x, [-3, -2, null, 3, 4, null, -1, 1, null]);
  const own = effects.map((effect) => ({ ...effect, as: 'own' }));
  t.false(drawn(methodEffectFigure(own, 'convNet')).some(({ name }) => name === 'expected before'));
});

test('methodEffectFigure: an effect far beyond all others stands at the edge as a number, and the axis is that of the others', (t) => {
  const effects = methodEffects(madeCases({ baseline: [50], stdb: [17.3], esg: [99], atan: [49.5] }));
  const { layout } = methodEffectFigure(effects, 'convNet');
  t.deepEqual((layout.xaxis as { range: number[] }).range, [-3, 2]); // −2 or less of stdb, −1 to 1 of atan
  const edges = (layout.annotations as Record<string, unknown>[]).slice(1);
  t.deepEqual(
    edges.map(({ text, x, y, xanchor }) => [text, x, y, xanchor]),
    [
      ['+49.0 ▸', 2, 2, 'right'],
      ['◂ −32.7', -3, 0, 'left'],
    ],
  );
});
