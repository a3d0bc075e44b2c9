// Learning curves of the flagship.
import test from 'ava';
import { flagshipCurveRows, flagshipCurves } from '../../../src/studies/flagship/curves.js';
import { axisTitles, drawn, notes } from '../../helpers/drawn.js';
import { flagshipRun } from '../../helpers/flagships.js';
import { isAsKept } from '../../helpers/whole-figure.js';

const runs = [flagshipRun('SGS and LR', 0.75), flagshipRun('ANN twin', 0.875)];

test('flagshipCurveRows: in %, an epoch a row', (t) => {
  const rows = flagshipCurveRows(runs);
  t.is(rows.length, 40);
  t.deepEqual(
    rows
      .filter(({ epoch }) => epoch === 20)
      .map(({ training, test, validation }) => [training, test, validation]),
    [
      ['SGS and LR', 75, 50],
      ['ANN twin', 87.5, 50],
    ],
  );
});

test('flagshipCurves: solid on test, dashed on training images; each training keeps its colour where another is missing', (t) => {
  const figure = flagshipCurves(runs);
  isAsKept(t, 'flagship/curves', figure);
  const found = drawn(figure);
  t.deepEqual(
    found.map(({ name }) => name),
    ['SGS and LR, test', 'SGS and LR, training', 'ANN twin, test', 'ANN twin, training'],
  );
  t.is((found[0].y as number[]).at(-1), 75);
  const colours = figure.data.map(({ line }) => (line as { color: string }).color);
  t.deepEqual(colours, ['#0072B2', '#0072B2', '#009E73', '#009E73']);
  t.deepEqual(axisTitles(figure), { xaxis: 'epoch', yaxis: 'accuracy (%)' });
  t.deepEqual(notes(figure), ['resnet19 × 0.25, 100 shapes10 training images']);
});
