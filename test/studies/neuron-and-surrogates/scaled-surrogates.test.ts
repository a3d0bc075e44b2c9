// Surrogates as curves: their formulas, and under SGS for both signs of the gradient.
import test from 'ava';
import { defaultNeuron } from '../../../src/neurons/lif.js';
import {
  scaledSurrogateFigure,
  SHOWN_SURROGATES,
  SLIDER_DELTAS,
  surrogateFigure,
} from '../../../src/studies/neuron-and-surrogates/scaled-surrogates.js';
import { axisTitles, drawn, notes } from '../../helpers/drawn.js';
import { isAsKept } from '../../helpers/whole-figure.js';

type SurrogateName = (typeof SHOWN_SURROGATES)[number];

/** h(u) of each surrogate at its default shape, unit peak and unit area where it has one. */
const H: Record<SurrogateName, (u: number) => number> = {
  rectangle: (u) => (Math.abs(u) < 0.5 ? 1 : 0),
  triangle: (u) => Math.max(0, 1 - Math.abs(u)),
  sigmoid: (u) => 4 * (1 / (1 + Math.exp(-4 * u))) * (1 - 1 / (1 + Math.exp(-4 * u))),
  atan: (u) => 1 / (1 + (Math.PI * u) ** 2),
  gaussian: (u) => Math.exp(-Math.PI * u ** 2),
  fastSigmoid: (u) => 1 / (1 + 2 * Math.abs(u)) ** 2,
  identity: () => 1,
};
const THETA = 0.5;
const spike = (v: number): number => (v > THETA ? 1 : 0);
/** The figure has four digits. */
const near = (a: number, b: number): boolean => Math.abs(a - b) <= 6e-4 * Math.abs(b) + 1e-12;

test('surrogateFigure: h(v − θ) of every surrogate under its name, to four digits', (t) => {
  const figure = surrogateFigure(THETA);
  isAsKept(t, 'neuron-and-surrogates/surrogates', figure);
  const [...curves] = drawn(figure);
  const last = curves.pop()!;
  t.deepEqual(
    curves.map(({ name, colour }) => [name, colour]),
    SHOWN_SURROGATES.map((name, i) => [name, i]),
  );
  for (const { name, x, y } of curves)
    (x as number[]).forEach((v, i) =>
      t.true(near((y as number[])[i], H[name as SurrogateName](v - THETA)), `${name}, v = ${v}`),
    );
  t.deepEqual([last.name, last.x], ['threshold θ', [THETA, THETA]]);
  t.deepEqual(axisTitles(figure), { xaxis: 'potential v', yaxis: 'h(v − θ)' });
});

test('scaledSurrogateFigure: h·(1 + δ·sign(g)·(v − o)); g > 0 orange, g < 0 blue, plain grey, a panel each', (t) => {
  const figure = scaledSurrogateFigure({ ...defaultNeuron, theta: THETA }, 0.5);
  isAsKept(t, 'neuron-and-surrogates/scaled-surrogates', figure);
  const traces = drawn(figure);
  t.is(traces.length, 3 * SHOWN_SURROGATES.length);
  const scaled = (name: SurrogateName, sign: number, delta: number, v: number): number =>
    H[name](v - THETA) * (1 + delta * sign * (v - spike(v)));
  SHOWN_SURROGATES.forEach((surrogate, panel) => {
    const kinds = [
      { name: 'g > 0 (the step lowers v)', sign: 1, colour: 1, delta: 0.5 },
      { name: 'g < 0 (the step raises v)', sign: -1, colour: 0, delta: 0.5 },
      { name: 'plain surrogate, δ = 0', sign: 1, colour: 6, delta: 0 },
    ];
    kinds.forEach(({ name, sign, colour, delta }, i) => {
      const trace = traces[3 * panel + i];
      t.deepEqual([trace.name, trace.colour, trace.plot ?? 1], [name, colour, panel + 1]);
      (trace.x as number[]).forEach((v, at) =>
        t.true(
          near((trace.y as number[])[at], scaled(surrogate, sign, delta, v)),
          `${surrogate} ${sign} ${v}`,
        ),
      );
    });
  });
  t.deepEqual(notes(figure), [...SHOWN_SURROGATES]);
  const [{ steps, active }] = figure.layout.sliders as {
    active: number;
    steps: { label: string; args: [{ y: number[][] }, number[]] }[];
  }[];
  t.is(SLIDER_DELTAS[active], 0.5);
  t.deepEqual(
    steps.map(({ label }) => Number(label)),
    [...SLIDER_DELTAS],
  );
  steps.forEach(({ args: [{ y }, moved] }, step) => {
    t.deepEqual(
      moved,
      SHOWN_SURROGATES.flatMap((_, panel) => [3 * panel, 3 * panel + 1]),
    );
    const x = traces[0].x as number[];
    y.forEach((curve, i) => {
      const [name, sign] = [SHOWN_SURROGATES[Math.floor(i / 2)], i % 2 === 0 ? 1 : -1];
      t.true(
        curve.every((value, at) => near(value, scaled(name, sign, SLIDER_DELTAS[step], x[at]))),
        `${name} ${step}`,
      );
    });
  });
});
