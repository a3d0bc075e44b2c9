// Points of accuracy against energy: paired with the baseline, and the Pareto front.
import test from 'ava';
import { energyPoints, unbeaten } from '../../../src/studies/methods/energy-points.js';
import { methodEffects } from '../../../src/studies/methods/rows.js';
import { rounded } from '../../helpers/drawn.js';
import { cases, points, rows } from '../../helpers/energy-points.js';

test('energyPoints: accuracy minus the baseline’s within seeds; methods whose energy was not counted are left out', (t) => {
  t.deepEqual(
    points.map(({ method, n, mean, nanojoule }) => [method, n, rounded(mean), rounded(nanojoule)]),
    [
      ['baseline', 3, 0, 530],
      ['triangle', 3, -1, 520],
      ['sgs', 3, 1, 540],
      ['plif', 1, 1, 510],
      ['tet', 3, 2, 550],
    ],
  );
  t.deepEqual([points[3].lower, points[3].upper], [null, null]);
  const uncounted = rows.map((row) => (row.method === 'baseline' ? { ...row, nanojoulePaper: null } : row));
  t.deepEqual(energyPoints(uncounted, methodEffects(cases)), []);
});

test('unbeaten: the Pareto front; of two as cheap the more accurate, of two as accurate the cheaper, equal ones both', (t) => {
  const at = (mean: number, nanojoule: number) => ({ ...points[1], mean, nanojoule });
  const front = [at(2, 30), at(1, 20), at(1, 20)];
  t.deepEqual(unbeaten([at(1.5, 30), ...front, at(1, 21), at(0, 40)]), front);
});
