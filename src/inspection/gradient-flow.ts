// The gradient on its way back: its norm at the potentials, layer by layer and step by step. Tests: test/inspection/look.test.ts.
import type { LayerProbe } from '../engines/engine.js';
import { logTicks } from '../figures/log-ticks.js';
import { axis, type Figure, theme } from '../figures/theme.js';
import { line } from '../figures/traces.js';

/** Most lines that are told apart. */
const MOST_LINES = 7;

/**
 * The norm of the gradient that reaches the potentials through the firing functions: a line for each step, or for some of many.
 * A line that falls towards the first layer is a gradient that vanishes.
 *
 * @param layers - from `look` or `model.probe`
 * @param network - named in the title
 * @returns layers across, gradient norm up on a logarithmic axis; no point where it is 0
 */
export function gradientFlow(layers: readonly LayerProbe[], network = 'gradient flow'): Figure {
  const steps = layers[0]?.gradientNorm.length ?? 0;
  const shown = Math.min(steps, MOST_LINES);
  const chosen = Array.from({ length: shown }, (_, i) =>
    shown === 1 ? 0 : Math.round((i * (steps - 1)) / (shown - 1)),
  );
  const x = layers.map(({ layer }) => layer);
  return {
    data: chosen.flatMap((t, i) =>
      line({
        ...{ name: `step ${t + 1}`, x, colour: i, dash: i, symbol: i },
        y: layers.map(({ gradientNorm }) => gradientNorm[t] || null), // no place for zero on a logarithmic axis
      }),
    ),
    layout: theme({
      title: { text: `${network}: gradient that reaches the potentials` },
      margin: { t: 96 },
      xaxis: axis('layer', undefined, { tickangle: -50 }),
      yaxis: axis('gradient norm', undefined, logTicks(layers.flatMap(({ gradientNorm }) => gradientNorm))),
    }),
  };
}
