// One neuron looked at: its trace over time, the surrogates, and what SGS makes of them.
import { axis, theme, type Figure, type Layout, type Trace } from '../figure.js';
import { lifTrace, sgsScale, type NeuronSettings } from '../neuron.js';
import { SURROGATE_NAMES, surrogateParameter, surrogates, type SurrogateName } from '../surrogate.js';
import { band, bars, line, points } from '../traces.js';
import { panels } from './panels.js';

/**
 * Input current, potential and spikes of one neuron, one value a step.
 *
 * The potential falls from v[t] to u[t] at a spike (reset in the same step), decays to τ·u[t], and the next current is
 * added to that: so the line is drawn, and so the equations say.
 */
export function lifFigure(current: readonly number[], settings: NeuronSettings): Figure {
  const steps = lifTrace(current, settings);
  const at = steps.map((_, t) => t + 1);
  const path = steps.flatMap(({ v, u }, t): [number, number][] => [
    [t + 1, v],
    [t + 1, u],
    ...(t + 1 < steps.length ? ([[t + 2, settings.tau * u]] as [number, number][]) : []),
  ]);
  const fired = at.filter((_, t) => steps[t].o === 1);
  const data = [
    bars({ name: 'input current x[t]', x: at, y: current, colour: 6, plot: 2 }),
    ...line({ name: 'potential', x: path.map(([t]) => t), y: path.map(([, v]) => v), colour: 0 }),
    points({ name: 'v[t], before the reset', x: at, y: steps.map(({ v }) => v), colour: 0, symbol: 0 }),
    points({ name: 'spike o[t] = 1', x: fired, y: fired.map((t) => steps[t - 1].v), colour: 1, symbol: 5 }),
    ...line({
      name: 'threshold θ',
      x: [0.5, steps.length + 0.5],
      y: [settings.theta, settings.theta],
      colour: 6,
      dash: 1,
    }),
  ];
  const range = [0.5, steps.length + 0.5];
  return {
    data: data.map((trace) => (trace.name === 'spike o[t] = 1' ? { ...trace, marker: SPIKE } : trace)),
    layout: theme({
      title: { text: `A LIF neuron over ${steps.length} steps, ${settings.reset} reset` },
      height: 520,
      margin: { t: 108 },
      xaxis: axis('time step t', undefined, { range, anchor: 'y2' }),
      xaxis2: { matches: 'x', range, anchor: 'y', showticklabels: false },
      yaxis: axis('potential', undefined, { domain: [0.34, 1] }),
      yaxis2: axis('current', undefined, { domain: [0, 0.24], anchor: 'x2' }),
    }),
  };
}

const SPIKE = { color: '#D55E00', symbol: 'star', size: 15 };

/** Potentials along which surrogates are drawn, close together where the rectangle and the scale jump: 0, ½ and 1. */
const POTENTIALS = [
  ...Array.from({ length: 61 }, (_, i) => (i - 20) / 25),
  ...[0, 0.5, 1].flatMap((jump) => [jump - 1e-4, jump + 1e-4]),
].sort((a, b) => a - b);

/** The surrogate derivatives h(v − θ), each with its default shape. */
export function surrogateFigure(theta: number): Figure {
  const data = SURROGATE_NAMES.flatMap((name, i) =>
    line({
      name,
      x: POTENTIALS,
      y: POTENTIALS.map((v) => shortened(shape(name, v, theta))),
      colour: i,
      dash: i,
    }),
  );
  return {
    data: [...data, ...threshold(theta, [0, 1.15])],
    layout: theme({
      title: { text: 'Surrogate derivatives h(v − θ), unit peak and unit area where they have one' },
      margin: { t: 112 },
      xaxis: axis('potential v'),
      yaxis: axis('h(v − θ)', undefined, { range: [0, 1.15] }),
    }),
  };
}

/** Enough digits to draw with; full ones would make the figure several times larger. */
const shortened = (value: number): number => Number(value.toPrecision(4));

const shape = (name: SurrogateName, v: number, theta: number): number =>
  surrogates[name].derivative(v - theta, surrogateParameter({ name }));

const threshold = (theta: number, [low, high]: readonly [number, number], plot = 1): Trace[] =>
  line({
    name: 'threshold θ',
    x: [theta, theta],
    y: [low, high],
    colour: 6,
    dash: 2,
    plot,
    inLegend: plot === 1,
  });

/** Strengths δ among which the slider chooses. */
export const SLIDER_DELTAS: readonly number[] = [0, 1e-4, 1e-2, 0.1, 0.25, 0.5, 1, 2];

/**
 * The effective surrogate `h·(1 + δ·sign(g_o)·(v − o))` for both signs of the gradient, a panel each surrogate, with a
 * slider over δ.
 *
 * @param shown - the δ that is drawn first, one of {@link SLIDER_DELTAS}
 */
export function scaledSurrogateFigure(settings: NeuronSettings, shown: number): Figure {
  const names = SURROGATE_NAMES.filter((name) => name !== 'fastSigmoid');
  const curve = (name: SurrogateName, sign: number, delta: number): number[] =>
    POTENTIALS.map((v) =>
      shortened(
        shape(name, v, settings.theta) *
          sgsScale(sign, v, v > settings.theta ? 1 : 0, { delta, scaleFloor: settings.scaleFloor }),
      ),
    );
  const lines = [
    { label: 'g > 0 (the step lowers v)', sign: 1, colour: 1 },
    { label: 'g < 0 (the step raises v)', sign: -1, colour: 0 },
  ];
  const data = names.flatMap((name, i) => [
    ...lines.flatMap(({ label, sign, colour }, dash) =>
      line({
        name: label,
        x: POTENTIALS,
        y: curve(name, sign, shown),
        colour,
        dash,
        plot: i + 1,
        inLegend: i === 0,
      }),
    ),
    ...line({
      name: 'plain surrogate, δ = 0',
      x: POTENTIALS,
      y: curve(name, 1, 0),
      colour: 6,
      dash: 2,
      plot: i + 1,
      inLegend: i === 0,
    }),
  ]);
  const steps = SLIDER_DELTAS.map((delta) => ({
    label: String(delta),
    method: 'restyle',
    args: [
      { y: names.flatMap((name) => [curve(name, 1, delta), curve(name, -1, delta)]) },
      names.flatMap((_, i) => [3 * i, 3 * i + 1]),
    ],
  }));
  const axes = panels(
    names.map((name) => ({
      title: name,
      xaxis: axis('potential v', undefined, { dtick: 0.5 }),
      yaxis: axis('g_v / g_o', undefined, { range: [-0.6, 3] }),
    })),
    { columns: 3, gapY: 0.24 },
  );
  return {
    data,
    layout: theme({
      title: { text: 'Surrogates scaled by SGS, for both signs of the gradient' },
      width: 960,
      height: 696,
      margin: { t: 112, b: 136 },
      ...axes,
      sliders: [
        {
          active: SLIDER_DELTAS.indexOf(shown),
          currentvalue: { prefix: 'δ = ' },
          pad: { t: 62 },
          steps,
        } satisfies Layout,
      ],
    }),
  };
}

/** Largest δ that {@link scaleFigure} shows. */
const LARGEST_DELTA = 10;

/**
 * Where the SGS scale is negative, so that the gradient turns round: for each potential the δ from which on it is, for
 * both signs of the gradient.
 */
export function scaleFigure({ theta }: NeuronSettings): Figure {
  const signs = [
    { name: 'g > 0: scale negative above', sign: 1, colour: 1 },
    { name: 'g < 0: scale negative above', sign: -1, colour: 0 },
  ];
  const data = signs.flatMap(({ name, sign, colour }, dash) =>
    [0, 1].flatMap((o): Trace[] => {
      const known = EDGE_POTENTIALS.filter((v) => v > theta === (o === 1)).flatMap(
        (v): [number, number][] => {
          const delta = turningDelta(sign, v, o);
          return delta <= LARGEST_DELTA ? [[v, delta]] : [];
        },
      );
      const x = known.map(([v]) => v);
      const y = known.map(([, delta]) => shortened(delta));
      if (x.length === 0) return [];
      const upper = y.map(() => LARGEST_DELTA);
      return [
        { ...band(x, y, upper, colour), legendgroup: name },
        ...line({ name, x, y, colour, dash, inLegend: o === 0 }),
      ];
    }),
  );
  return {
    data: [...data, ...threshold(theta, [0.2, LARGEST_DELTA])],
    layout: theme({
      title: { text: 'Where the SGS scale turns negative' },
      xaxis: axis('potential v', undefined, { range: [-2, 3] }),
      yaxis: axis('δ', undefined, {
        type: 'log',
        range: [Math.log10(0.3), 1],
        dtick: null,
        tickvals: [0.3, 0.5, 1, 2, 5, 10],
        tickfont: { size: 12 },
      }),
    }),
  };
}

const EDGE_POTENTIALS = Array.from({ length: 251 }, (_, i) => (i - 100) / 50);

/**
 * The δ above which the SGS scale of this potential and gradient is negative: `1/|v − o|` where the signs of g and v − o
 * differ, else infinite.
 *
 * @param sign - of the gradient at the spike
 */
export function turningDelta(sign: number, v: number, o: number): number {
  const distance = -Math.sign(sign) * (v - o);
  return distance > 0 ? 1 / distance : Infinity;
}
