// Ratios by counting, of several networks.
import test from 'ava';
import { energyOf } from '../../../src/measures/energy.js';
import { energyLayers } from '../../../src/studies/energy/layers.js';
import { countingName, energyTotals, ratioFigure } from '../../../src/studies/energy/ratios.js';
import { drawn, idsUnderPointer, notes } from '../../helpers/drawn.js';
import { energyRun } from '../../helpers/energy-records.js';
import { evaluationOf, sampleRun } from '../../helpers/records.js';
import { isAsKept } from '../../helpers/whole-figure.js';

test('ratioFigure: each network by itself, the mean over its seeds under each counting and cost', (t) => {
  const network = { architecture: 'convNet', width: 0.1 } as const;
  const [a, b, c] = [0.2, 0.4, 0.3].map((rate, seed) => energyRun({ network, seed }, rate).energy);
  const { data, layout } = ratioFigure([
    { name: 'two seeds', energies: [a, b] },
    { name: 'one', energies: [c] },
  ]);
  const dots = data.filter(({ mode }) => mode === 'markers+text') as unknown as {
    name: string;
    x: number[];
  }[];
  t.deepEqual(
    dots.map(({ name }) => name),
    ['two seeds', 'one', 'two seeds', 'one'],
  );
  const rows = (layout.yaxis as { ticktext: string[] }).ticktext;
  t.is(rows.length, 6);
  const counting = { firstLayer: 'macOnce', averages: 'ac' } as const;
  const at = rows.indexOf(countingName(counting));
  const ratio = (record: typeof a): number =>
    energyOf(energyLayers(record), 2, { cost: 'fp32', ...counting }).ratio;
  t.true(Math.abs(dots[2].x[at] - (ratio(a) + ratio(b)) / 2) < 1e-9);
  t.true(Math.abs(dots[3].x[at] - ratio(c)) < 1e-9);
  t.is(energyTotals(a).length, 12);
});

test('ratioFigure: integers left, floats right, a colour each network, a row each counting', (t) => {
  const total = (cost: string, firstLayer: string, ratio: number) => ({
    ...{ row: 'total', cost, firstLayer, averages: 'ac', ratio },
  });
  const record = (ratios: number[]) =>
    evaluationOf(sampleRun(), 'energy', [
      { row: 'layer', layer: 'c', ratio: 99 },
      total('int32', 'ac', ratios[0]),
      total('int32', 'macOnce', ratios[1]),
      total('fp32', 'ac', ratios[2]),
    ]);
  const [a, b, c] = [record([10, 20, 30]), record([20, 40, 60]), record([1, 2, 3])];
  const figure = ratioFigure([
    { name: 'two seeds', energies: [a, b] },
    { name: 'one', energies: [c] },
  ]);
  isAsKept(t, 'energy/ratios', figure);
  t.deepEqual(
    drawn(figure)
      .filter(({ name }) => name !== 'as much as the ANN')
      .map(({ name, x, colour, plot }) => [name, x, colour, plot]),
    [
      ['two seeds', [15, 30], 0, undefined],
      ['one', [1, 2], 1, undefined],
      ['two seeds', [45, null], 0, 2],
      ['one', [3, null], 1, 2],
    ],
  );
  t.deepEqual((figure.layout.yaxis as { ticktext: string[] }).ticktext, [
    'first layer AC, averages AC',
    'first layer MAC once, averages AC',
  ]);
  t.is(countingName({ firstLayer: 'macEveryStep', averages: 'mac' }), 'first layer MAC × T, averages MAC');
  t.deepEqual(notes(figure), ['32-bit integer: MAC 3.2, AC 0.1 pJ', '32-bit float: MAC 4.6, AC 0.9 pJ']);
  t.is((idsUnderPointer(figure)[1] as string[])[0], [a.of, a.id, b.of].join('<br>') + '<br>and 1 more');
});
