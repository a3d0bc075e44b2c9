import test from 'ava';
import { SettingsError } from '../../../src/errors.js';
import { heatmapCells, settingsHeatmap } from '../../../src/studies/sweep-analysis/settings-heatmap.js';
import { axisTitles } from '../../helpers/drawn.js';
import { madeGrid } from '../../helpers/sweep.js';
import { isAsKept } from '../../helpers/whole-figure.js';

const grid = madeGrid([0, 1e-4, 1], [0, 0.01], [0, 1, 2], (delta, beta, seed) => ({
  test: (60 + (delta > 0 ? 10 : 0) + (beta > 0 ? 5 : 0) + seed) / 100,
  status: delta === 1 && (beta > 0 || seed === 2) ? 'diverged' : 'done',
}));

test('heatmapCells: mean, sd and n of the runs that are done, the others counted', (t) => {
  const cells = heatmapCells(grid);
  t.is(cells.length, 6);
  t.like(cells[1], { x: 1e-4, y: 0, n: 3, diverged: 0, unfinished: 0 });
  t.true(Math.abs(cells[1].mean! - 71) < 1e-9 && Math.abs(cells[1].sd! - 1) < 1e-9);
  t.like(cells[2], { x: 1, y: 0, n: 2, diverged: 1 });
  t.true(Math.abs(cells[2].sd! - Math.SQRT1_2) < 1e-9);
  t.true(Math.abs(cells[2].mean! - 70.5) < 1e-9);
  t.like(cells[5], { x: 1, y: 0.01, n: 0, mean: null, sd: null, diverged: 3 });
});

test('settingsHeatmap: a row a β, spread and n under the pointer, what diverged in the cell', (t) => {
  const figure = settingsHeatmap(grid.slice(0, -3));
  isAsKept(t, 'sweep-analysis/settings-heatmap', figure);
  const [trace] = figure.data as unknown as [Record<string, unknown[][]>];
  t.deepEqual(trace.x as unknown, ['0', '1e-4', '1']);
  t.deepEqual(trace.y as unknown, ['0', '0.01']);
  t.deepEqual(
    trace.z.map((row) => row.map((value) => value && Math.round(10 * (value as number)) / 10)),
    [
      [61, 71, 70.5],
      [66, 76, null], // no run at all
    ],
  );
  t.is(trace.customdata[0][1], '71.00 ± 1.00 (sd), n = 3');
  t.is(trace.customdata[0][2], '70.50 ± 0.71 (sd), n = 2, 1 diverged');
  t.deepEqual(axisTitles(figure), { xaxis: 'SGS strength δ', yaxis: 'LR weight β' });
  t.is((figure.layout.title as { text: string }).text, 'Accuracy over SGS strength δ and LR weight β');
  t.is((trace.colorbar as unknown as { title: { text: string } }).title.text, 'test accuracy (%)');
  t.is((trace.hovertemplate as unknown as string).split('<br>')[0], 'SGS strength δ = %{x}');
  t.deepEqual(trace.text, [
    ['61.0', '71.0', '70.5<br>1 diverged'],
    ['66.0', '76.0', ''],
  ]);
});

test('settingsHeatmap: any two settings, the validation part; what else differs is refused', (t) => {
  t.throws(() => settingsHeatmap(grid, { y: 'steps' }), {
    instanceOf: SettingsError,
    message: /lipschitz\.beta/,
  });
  t.is(settingsHeatmap(grid.slice(0, 3), { x: 'steps', y: 'batchSize' }).data.length, 1);
  const cells = heatmapCells(grid, { measure: 'validationAccuracy' });
  t.true(cells.every(({ n }) => n === 0)); // these have no validation part
  t.throws(() => settingsHeatmap([]), { instanceOf: SettingsError, message: /no run among/ });
});
