// The surrogate derivatives, and what SGS makes of them.
import { panels } from '../../figures/panels.js';
import { axis, type Figure, type Layout, theme } from '../../figures/theme.js';
import { line } from '../../figures/traces.js';
import type { NeuronSettings } from '../../neurons/lif.js';
import { type SurrogateName, surrogates } from '../../surrogates/index.js';
import { surrogateParameter } from '../../surrogates/settings.js';
import { sgsScale } from '../../surrogates/sgs.js';
import { threshold } from './threshold.js';

/** Those that the figures compare, in their order: another surrogate changes no committed figure. */
export const SHOWN_SURROGATES = [
  ...(['rectangle', 'triangle', 'sigmoid', 'atan', 'gaussian', 'fastSigmoid', 'identity'] as const),
] satisfies SurrogateName[];

/** Potentials along which surrogates are drawn, close together where the rectangle and the scale jump: 0, ½ and 1. */
const POTENTIALS = [
  ...Array.from({ length: 61 }, (_, i) => (i - 20) / 25),
  ...[0, 0.5, 1].flatMap((jump) => [jump - 1e-4, jump + 1e-4]),
].sort((a, b) => a - b);

/** The surrogate derivatives h(v − θ), each with its default shape. */
export function surrogateFigure(theta: number): Figure {
  const data = SHOWN_SURROGATES.flatMap((name, i) =>
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

/** Strengths δ among which the slider chooses. */
export const SLIDER_DELTAS: readonly number[] = [0, 1e-4, 1e-2, 0.1, 0.25, 0.5, 1, 2];

/**
 * The effective surrogate `h·(1 + δ·sign(g_o)·(v − o))` for both signs of the gradient, a panel each surrogate, with a
 * slider over δ.
 *
 * @param shown - the δ that is drawn first, one of {@link SLIDER_DELTAS}
 */
export function scaledSurrogateFigure(settings: NeuronSettings, shown: number): Figure {
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
  const data = SHOWN_SURROGATES.flatMap((name, i) => [
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
      { y: SHOWN_SURROGATES.flatMap((name) => [curve(name, 1, delta), curve(name, -1, delta)]) },
      SHOWN_SURROGATES.flatMap((_, i) => [3 * i, 3 * i + 1]),
    ],
  }));
  const axes = panels(
    SHOWN_SURROGATES.map((name) => ({
      title: name,
      xaxis: axis('potential v', undefined, { dtick: 0.5 }),
      yaxis: axis('g_v / g_o', undefined, { range: [-0.6, 3] }),
    })),
    { columns: 4, gapX: 0.07, gapY: 0.24 },
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
