// Potentials of single neurons over time, with the threshold and their spikes. Tests: test/inspection/look.test.ts.
import { axis, type Figure, theme } from '../figures/theme.js';
import { line } from '../figures/traces.js';
import type { LayerLook } from './look.js';

/** Lines that are told apart. */
const MOST_LINES = 6;

/**
 * Potentials before the reset, step by step, of neurons from the one whose potential reaches highest to a middling one; a larger
 * marker where one fires.
 *
 * @param layer - from `look`
 * @param options - `theta`: the threshold, drawn where it is given; `count`: how many neurons, at most 6
 * @returns a line for each neuron, steps across
 */
export function potentialFigure(
  { layer, neurons, shape, potentials, outputs }: LayerLook,
  { theta, count = 4 }: { theta?: number; count?: number } = {},
): Figure {
  const x = potentials.map((_, t) => t + 1);
  const of = (i: number): number[] => potentials.map((step) => step[i]);
  const reach = neurons.map((_, i) => Math.max(...of(i)));
  const ranked = neurons.map((_, i) => i).sort((a, b) => reach[b] - reach[a] || a - b);
  const lines = Math.min(count, MOST_LINES, ranked.length);
  const shown = Array.from(
    { length: lines },
    (_, k) => ranked[Math.floor((k * ranked.length) / (2 * lines))],
  );
  const [, width, channels] = shape;
  const nameOf = (i: number): string => {
    const neuron = neurons[i];
    const place = Math.floor(neuron / channels);
    return `channel ${neuron % channels} at (${Math.floor(place / width)}, ${place % width})`;
  };
  const sizes = (i: number): number[] => outputs.map((step) => (step[i] > 0 ? 12 : 5));
  return {
    data: [
      ...shown.flatMap((i, k) =>
        line({ name: nameOf(i), x, y: of(i), colour: k, dash: k, symbol: k }).map((trace) => ({
          ...trace,
          marker: { ...(trace.marker as object), size: sizes(i) },
        })),
      ),
      ...(theta === undefined
        ? []
        : line({ name: 'threshold θ', x: [0.8, x.length + 0.2], y: [theta, theta], colour: 6, dash: 2 })),
    ],
    layout: theme({
      title: { text: `${layer}: potentials; large markers are spikes` },
      margin: { t: 112 },
      xaxis: axis('step', undefined, { dtick: Math.ceil(x.length / 12) }),
      yaxis: axis('potential before the reset'),
    }),
  };
}
