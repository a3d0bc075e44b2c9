// Potentials at which the SGS scale is negative and turns the gradient round.
import { axis, theme, type Figure, type Trace } from '../../figures/theme.js';
import type { NeuronSettings } from '../../neurons/lif.js';
import { band, line } from '../../figures/traces.js';
import { threshold } from './threshold.js';

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
      const y = known.map(([, delta]) => Number(delta.toPrecision(4)));
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
