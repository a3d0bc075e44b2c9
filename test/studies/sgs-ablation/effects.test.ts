// What SGS and LR add: signs, pairs and intervals.
import test from 'ava';
import { ablationCells } from '../../../src/studies/sgs-ablation/cells.js';
import { ablationEffects, effectFigure, type Effect } from '../../../src/studies/sgs-ablation/effects.js';
import { axisTitles, drawn, idsUnderPointer, notes, rounded } from '../../helpers/drawn.js';
import { madeGrid } from '../../helpers/sweep.js';
import { isAsKept } from '../../helpers/whole-figure.js';

/** Test accuracy in % by cell and seed; SGS adds 1, 2, 6 without LR and takes 4 with it, LR adds 10 without SGS. */
const TEST: Record<string, number[]> = {
  '0,0': [50, 52, 57],
  '0,0.0001': [60, 62, 67],
  '0.0001,0': [51, 54, 63],
  '0.0001,0.0001': [56, 58, 63],
};
const grid = madeGrid([0, 1e-4], [0, 1e-4], [0, 1, 2], (delta, beta, seed) => ({
  test: TEST[`${delta},${beta}`][seed] / 100,
}));
const effects = ablationEffects(ablationCells(grid));

test('ablationEffects: on minus off, paired by seed, SGS at each β and LR at each δ', (t) => {
  // 1, 2, 6: mean 3, sd √7; t(0.975, 2) = 4.30265, half width 4.30265·√7/√3 = 6.572.
  t.deepEqual(
    effects.map(({ effect, of, surrogate, n, mean, sd, lower, upper }) => [
      effect,
      of,
      surrogate,
      ...(rounded([n, mean, sd, Number(lower!.toFixed(3)), Number(upper!.toFixed(3))]) as number[]),
    ]),
    [
      ['LR β = 0.0001 (plain)', 'LR', 'rectangle', 3, 10, 0, 10, 10],
      ['SGS δ = 0.0001 (no LR)', 'SGS', 'rectangle', 3, 3, rounded(Math.sqrt(7)), -3.572, 9.572],
      ['SGS δ = 0.0001 (β = 0.0001)', 'SGS', 'rectangle', 3, -4, 0, -4, -4],
      // With SGS: 5, 4, 0: mean 3, sd √7 too.
      ['LR β = 0.0001 (δ = 0.0001)', 'LR', 'rectangle', 3, 3, rounded(Math.sqrt(7)), -3.572, 9.572],
    ],
  );
  const idsOf = (delta: number, beta: number): string[] =>
    grid
      .filter(({ experiment: { neuron, lipschitz } }) => neuron.delta === delta && lipschitz.beta === beta)
      .map(({ id }) => id);
  t.deepEqual(effects[1].runs, [...idsOf(1e-4, 0), ...idsOf(0, 0)]);
  t.is(effects[0].setting, 'convNet, 100 shapes10 training images');
});

test('ablationEffects: only seeds of both; a cell without its counterpart has no effect', (t) => {
  const some = grid.filter(({ experiment: { neuron, lipschitz, seed } }) =>
    neuron.delta === 0 ? lipschitz.beta === 0 : lipschitz.beta === 0 && seed < 2,
  );
  t.deepEqual(
    ablationEffects(ablationCells(some)).map(({ effect, n, mean }) => [effect, n, rounded(mean)]),
    [['SGS δ = 0.0001 (no LR)', 2, 1.5]],
  );
});

test('effectFigure: effects with the half length of their intervals, SGS green above LR orange in each surrogate', (t) => {
  const made = (of: 'SGS' | 'LR', surrogate: string, mean: number, more: Partial<Effect> = {}): Effect => ({
    ...{ of, effect: `${of} on`, surrogate, mean, n: 3, sd: 9, lower: mean - 1.5, upper: mean + 1.5 },
    setting: 'convNet',
    runs: [`run-${mean}`],
    ...more,
  });
  const figure = effectFigure([
    made('LR', 'rectangle', 4),
    made('SGS', 'rectangle', -2),
    made('SGS', 'atan', 7, { n: 2, lower: -50, upper: 64 }),
  ]);
  isAsKept(t, 'sgs-ablation/effects', figure);
  const wording = 'on against off, mean of paired differences, 95 % interval';
  t.deepEqual(drawn(figure), [
    {
      name: `SGS ${wording}`,
      x: [-2, 7],
      y: ['rectangle: SGS on', 'atan: SGS on'],
      errorX: [1.5, null],
      colour: 2,
    },
    { name: `LR ${wording}`, x: [4], y: ['rectangle: LR on'], errorX: [1.5], colour: 1 },
  ]);
  t.deepEqual((figure.layout.yaxis as { categoryarray: string[] }).categoryarray, [
    'atan: SGS on',
    'rectangle: LR on',
    'rectangle: SGS on',
  ]);
  t.deepEqual(axisTitles(figure), { xaxis: 'effect on test accuracy (points)', yaxis: 'effect' });
  t.deepEqual(notes(figure), ['convNet']);
  t.deepEqual(idsUnderPointer(figure), [['run--2', 'run-7'], ['run-4']]);
  t.deepEqual(figure.data[0].text, ['3', '2']);
});

test('effectFigure: from two seeds there are points and no interval, and the legend says so', (t) => {
  const [{ name, errorX }] = drawn(effectFigure([{ ...effects[1], n: 2 }]));
  t.is(name, 'SGS on against off, mean of paired differences, too few seeds for an interval');
  t.deepEqual(errorX, [null]);
});
