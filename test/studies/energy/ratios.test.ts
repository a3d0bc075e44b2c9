// Ratios by counting, of several networks.
import test from 'ava';
import { energyOf } from '../../../src/measures/energy.js';
import { energyLayers } from '../../../src/studies/energy/layers.js';
import { countingName, energyTotals, ratioFigure } from '../../../src/studies/energy/ratios.js';
import { energyRun } from '../../helpers/energy-records.js';

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
