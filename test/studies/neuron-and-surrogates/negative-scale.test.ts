// Where the SGS scale turns negative: 1 + δ·sign(g)·(v − o) = 0.
import test from 'ava';
import { defaultNeuron } from '../../../src/neurons/lif.js';
import { scaleFigure, turningDelta } from '../../../src/studies/neuron-and-surrogates/negative-scale.js';
import { sgsScale } from '../../../src/surrogates/sgs.js';
import { axisTitles, drawn } from '../../helpers/drawn.js';
import { isAsKept } from '../../helpers/whole-figure.js';

test('turningDelta: the scale is 0 there, negative above and positive below; never negative where it is infinite', (t) => {
  for (const sign of [1, -1])
    for (const v of [-1.5, -0.3, 0.2, 0.49, 0.51, 0.9, 1.7]) {
      const o = v > 0.5 ? 1 : 0;
      const scale = (delta: number): number => sgsScale(sign, v, o, { delta, scaleFloor: null });
      const delta = turningDelta(sign, v, o);
      if (delta === Infinity) t.true(scale(1e6) >= 1, `${sign} ${v}`);
      else t.true(scale(1.01 * delta) < 0 && scale(0.99 * delta) > 0, `${sign} ${v}`);
    }
  t.is(turningDelta(1, -2, 0), 0.5);
  t.is(turningDelta(-1, 3, 1), 0.5);
  t.is(turningDelta(1, 3, 1), Infinity);
});

test('scaleFigure: 1/|v − o| for g > 0 where v < o in orange, for g < 0 where v > o in blue, the area above shaded', (t) => {
  const figure = scaleFigure({ ...defaultNeuron, theta: 0.5 });
  isAsKept(t, 'neuron-and-surrogates/negative-scale', figure);
  const traces = drawn(figure);
  const [up, down] = ['g > 0: scale negative above', 'g < 0: scale negative above'];
  t.deepEqual(
    traces.map(({ name, band, colour }) => [name, band, colour]),
    [
      [undefined, true, 1],
      [up, undefined, 1],
      [undefined, true, 1],
      [up, undefined, 1],
      [undefined, true, 0],
      [down, undefined, 0],
      [undefined, true, 0],
      [down, undefined, 0],
      ['threshold θ', undefined, 6],
    ],
  );
  const ends = [
    [-2, -0.1], // no spike, v < 0
    [0.52, 0.88], // a spike, v < 1: up to δ = 10, which 0.9 misses by a rounding
    [0.1, 0.5], // no spike, v > 0
    [1.1, 3], // a spike, v > 1
  ];
  [1, 3, 5, 7].forEach((at, i) => {
    const [x, y] = [traces[at].x, traces[at].y] as [number[], number[]];
    t.deepEqual([x[0], x.at(-1)], ends[i]);
    const o = i % 2;
    x.forEach((v, j) => t.true(Math.abs(y[j] * Math.abs(v - o) - 1) < 1e-3, `${v}`));
    const area = traces[at - 1];
    t.deepEqual(area.x, [...x, ...[...x].reverse()]);
    t.deepEqual(area.y, [...x.map(() => 10), ...[...y].reverse()]);
  });
  t.deepEqual(axisTitles(figure), { xaxis: 'potential v', yaxis: 'δ' });
});
