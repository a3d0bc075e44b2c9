// What the paper's energy ratios imply: 32/(T·S) is the ratio.
import test from 'ava';
import { impliedActivities, impliedFigure } from '../../../src/studies/energy/implied-activity.js';
import { axisTitles, drawn, idsUnderPointer } from '../../helpers/drawn.js';
import { isAsKept } from '../../helpers/whole-figure.js';

test('impliedActivities: the ratios 34, 29 and 17 imply T·S of 32/34, 32/29 and 32/17', (t) => {
  t.deepEqual(
    impliedActivities([2, 4]).map(({ dataset, ratio, product, rates, source, rounding }) => [
      ...[dataset, ratio, product, source, rounding],
      ...rates.flatMap(({ steps, rate }) => [steps, rate]),
    ]),
    [
      ['cifar10', 34, 32 / 34, 'abstract', 0.5, 2, 32 / 34 / 2, 4, 32 / 34 / 4],
      ['cifar100', 29, 32 / 29, 'abstract', 0.5, 2, 32 / 29 / 2, 4, 32 / 29 / 4],
      ['cifar10-dvs', 17, 32 / 17, 'abstract', 0.5, 2, 32 / 17 / 2, 4, 32 / 17 / 4],
    ],
  );
});

test('impliedFigure: a curve 32/(ratio·T) for each data set where it is at most 100 %, our networks as points by name', (t) => {
  const figure = impliedFigure([
    { name: 'a', steps: 2, rate: 0.3, runs: ['run-1'] },
    { name: 'b', steps: 2, rate: 0.2, runs: [] },
    { name: 'a', steps: 4, rate: 0.1, runs: ['run-2'] },
  ]);
  isAsKept(t, 'energy/implied-activity', figure);
  const [cifar10, cifar100, dvs, ...ours] = drawn(figure);
  for (const [curve, ratio, name, colour] of [
    [cifar10, 34, '34 times (the paper, CIFAR-10)', 0],
    [cifar100, 29, '29 times (the paper, CIFAR-100)', 2],
    [dvs, 17, '17 times (the paper, CIFAR10-DVS)', 3],
  ] as const) {
    t.deepEqual([curve.name, curve.colour], [name, colour]);
    const [x, y] = [curve.x, curve.y] as [number[], (number | null)[]];
    t.deepEqual([x[0], x.at(-1)], [1, 10]);
    x.forEach((T, i) => {
      const percent = (100 * 32) / (ratio * T);
      if (percent > 100) t.is(y[i], null);
      else t.true(Math.abs(y[i]! - percent) < 1e-6);
    });
  }
  t.deepEqual(ours, [
    { name: 'a', x: [2, 4], y: [30, 10], colour: 1 },
    { name: 'b', x: [2], y: [20], colour: 4 },
  ]);
  t.deepEqual(idsUnderPointer(figure)[3], ['run-1', 'run-2']);
  t.deepEqual(axisTitles(figure), { xaxis: 'time steps T', yaxis: 'mean input rate S (%)' });
});
