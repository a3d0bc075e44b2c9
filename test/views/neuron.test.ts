// Figures of one neuron: what is drawn is what the neuron's functions give.
import test from 'ava';
import type { Layout, Trace } from '../../src/figures/theme.js';
import { defaultNeuron, lifTrace } from '../../src/neurons/lif.js';
import { lifFigure } from '../../src/studies/neuron-and-surrogates/lif-trace.js';
import { scaleFigure, turningDelta } from '../../src/studies/neuron-and-surrogates/negative-scale.js';
import {
  scaledSurrogateFigure,
  SLIDER_DELTAS,
  surrogateFigure,
} from '../../src/studies/neuron-and-surrogates/scaled-surrogates.js';
import { SURROGATE_NAMES } from '../../src/surrogates/index.js';
import { firingGradient, sgsScale } from '../../src/surrogates/sgs.js';

const named = (data: readonly Trace[], name: string) => data.find((trace) => trace.name === name)!;

test('lifFigure marks exactly the steps that fire, at their potential before the reset', (t) => {
  const current = [0.2, 0.9, 0.9, 0, 0.4, 0.4];
  const steps = lifTrace(current, defaultNeuron);
  const fired = steps.flatMap(({ o, v }, i) => (o === 1 ? [[i + 1, v]] : []));
  const { x, y } = named(lifFigure(current, defaultNeuron).data, 'spike o[t] = 1') as unknown as {
    x: number[];
    y: number[];
  };
  t.true(fired.length > 0);
  t.deepEqual(
    x.map((at, i) => [at, y[i]]),
    fired,
  );
});

test('surrogateFigure draws every surrogate with peak 1 within 1 % near the threshold', (t) => {
  const { data } = surrogateFigure(0.5);
  const curves = data.filter(({ name }) => name !== 'threshold θ');
  t.is(curves.length, 7);
  for (const { name, y } of curves) t.true(Math.abs(Math.max(...(y as number[])) - 1) < 0.01, String(name));
});

test('scaledSurrogateFigure: a panel for every surrogate; each position of the slider draws h·scale of its δ to four digits', (t) => {
  const { data, layout } = scaledSurrogateFigure(defaultNeuron, 0.5);
  t.deepEqual(
    (layout.annotations as { text: string }[]).map(({ text }) => text),
    [...SURROGATE_NAMES],
  );
  const [{ steps, active }] = layout.sliders as { active: number; steps: { args: [Layout, number[]] }[] }[];
  t.is(SLIDER_DELTAS[active], 0.5);
  t.is(steps.length, SLIDER_DELTAS.length);
  steps.forEach(({ args: [{ y }, traces] }, i) => {
    const curves = y as number[][];
    t.is(curves.length, traces.length);
    const [rectangle] = curves;
    const { x } = data[traces[0]] as unknown as { x: number[] };
    x.forEach((v, at) => {
      const exact = firingGradient(1, v, v > 0.5 ? 1 : 0, { ...defaultNeuron, delta: SLIDER_DELTAS[i] });
      t.true(Math.abs(rectangle[at] - exact) <= 5e-4 * Math.abs(exact), `δ ${SLIDER_DELTAS[i]}, v ${v}`);
    });
  });
});

test('turningDelta: the scale is 0 there, negative above and positive below; never negative where it is infinite', (t) => {
  for (const sign of [1, -1])
    for (const v of [-1.5, -0.3, 0.2, 0.49, 0.51, 0.9, 1.7]) {
      const o = v > 0.5 ? 1 : 0;
      const scale = (delta: number): number => sgsScale(sign, v, o, { delta, scaleFloor: null });
      const delta = turningDelta(sign, v, o);
      if (delta === Infinity) t.true(scale(1e6) >= 1, `${sign} ${v}`);
      else t.true(scale(1.01 * delta) < 0 && scale(0.99 * delta) > 0, `${sign} ${v}`);
    }
});

test('scaleFigure draws the δ of turningDelta', (t) => {
  const edges = scaleFigure(defaultNeuron).data.filter(
    ({ name, fill }) => fill === undefined && String(name).startsWith('g '),
  ) as unknown as { name: string; x: number[]; y: number[] }[];
  t.is(edges.length, 4);
  for (const { name, x, y } of edges)
    x.forEach((v, i) => {
      const exact = turningDelta(name.startsWith('g &gt;') ? 1 : -1, v, v > 0.5 ? 1 : 0);
      t.true(Math.abs(y[i] - exact) <= 5e-4 * exact);
    });
});
