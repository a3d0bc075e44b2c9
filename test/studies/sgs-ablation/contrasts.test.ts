import test from 'ava';
import { SettingsError } from '../../../src/errors.js';
import { ablationCells } from '../../../src/studies/sgs-ablation/cells.js';
import { ablationContrasts } from '../../../src/studies/sgs-ablation/contrasts.js';
import { madeGrid } from '../../helpers/sweep.js';

/** Seeds differ by 10 points, LR adds 2, SGS 1 without LR and −3 with it; seed 2 gives one more for SGS in both. */
const percent = (delta: number, beta: number, seed: number): number =>
  50 + 10 * seed + (beta > 0 ? 2 : 0) + (delta > 0 ? (beta > 0 ? -3 : 1) + Number(seed === 2) : 0);
const grid = madeGrid([0, 1e-4], [0, 1e-4], [0, 1, 2], (delta, beta, seed) => ({
  test: percent(delta, beta, seed) / 100,
  validation: (percent(delta, beta, seed) + 5) / 100,
}));

test('ablationContrasts: main effects, interaction and single effects within seeds, on each measure', (t) => {
  const found = ablationContrasts(ablationCells(grid));
  const of = (measure: string): Record<string, number> =>
    Object.fromEntries(
      found
        .filter((each) => each.measure === measure)
        .map(({ contrast, mean }) => [contrast, Math.round(mean * 1e6) / 1e6 + 0]),
    );
  const expected = {
    'main effect of SGS': -0.666667, // (1 − 3)/2 in seeds 0 and 1, (2 − 2)/2 in seed 2
    'main effect of LR': 0,
    'interaction: SGS with LR minus SGS without': -4,
    'SGS without LR': 1.333333,
    'SGS with LR': -2.666667,
    'LR without SGS': 2,
    'LR with SGS': -2,
  };
  t.deepEqual(of('test accuracy'), expected);
  t.deepEqual(of('validation accuracy'), expected);
  // 1, 1, 2: sd 1/√3; t(0.975, 2) = 4.30265, half width 4.30265/3 = 1.434.
  const single = found.find(({ contrast }) => contrast === 'SGS without LR')!;
  t.deepEqual(
    [single.sd!, single.lower!, single.upper!].map((value) => Number(value.toFixed(3))),
    [0.577, -0.101, 2.768],
  );
  const interaction = found.find(({ contrast }) => contrast.startsWith('interaction'))!;
  t.is(interaction.n, 3);
  t.true(interaction.sd! < 1e-9, 'what seeds differ by is in no contrast');
  t.deepEqual([...interaction.runs].sort(), grid.map(({ id }) => id).sort());
  t.deepEqual(
    of('training minus test accuracy'),
    Object.fromEntries(Object.entries(expected).map(([name, value]) => [name, -value + 0])),
    'all train to the same accuracy',
  );
});

test('ablationContrasts: only seeds of all four cells, only measures that all have, no surrogate with a gap', (t) => {
  const without = grid.filter(
    ({ experiment: { seed, neuron } }) => !(seed === 2 && Number(neuron.delta) > 0),
  );
  t.true(ablationContrasts(ablationCells(without)).every(({ n }) => n === 2));
  const blind = madeGrid([0, 1e-4], [0, 1e-4], [0], () => ({ test: 0.5 }));
  t.deepEqual(
    [...new Set(ablationContrasts(ablationCells(blind)).map(({ measure }) => measure))],
    ['test accuracy', 'training minus test accuracy'],
  );
  t.deepEqual(ablationContrasts(ablationCells(blind.slice(1))), []);
  const more = madeGrid([0, 1e-4, 1e-3], [0, 1e-4], [0], () => ({ test: 0.5 }));
  t.throws(() => ablationContrasts(ablationCells(more)), { instanceOf: SettingsError, message: /delta = / });
});
