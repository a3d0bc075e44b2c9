// Spike raster: which neurons fire at which step. Tests: test/inspection/look.test.ts.
import { axis, type Figure, theme } from '../figures/theme.js';
import { points } from '../figures/traces.js';
import type { LayerLook } from './look.js';

/**
 * A dash for each spike: steps across, neurons up, in the order of their places.
 *
 * @param layer - from `look`
 * @returns a figure whose title counts neurons and silent ones
 */
export function rasterFigure({ layer, neurons, outputs }: LayerLook): Figure {
  const fired = outputs.flatMap((step, t) => step.flatMap((o, i) => (o > 0 ? [[t + 1, i] as const] : [])));
  const silent = neurons.length - new Set(fired.map(([, i]) => i)).size;
  return {
    data: [
      {
        ...points({ name: 'spikes', x: fired.map(([t]) => t), y: fired.map(([, i]) => i), inLegend: false }),
        marker: {
          symbol: 'line-ew-open',
          size: Math.max(4, Math.min(48, 400 / outputs.length)),
          color: '#0072B2',
        },
        hovertemplate: 'step %{x}, neuron %{y}<extra></extra>',
      },
    ],
    layout: theme({
      title: { text: `${layer}: spikes of ${neurons.length} neurons, ${silent} of them silent` },
      showlegend: false,
      xaxis: axis('step', undefined, {
        range: [0.5, outputs.length + 0.5],
        dtick: Math.ceil(outputs.length / 12),
      }),
      yaxis: axis('neuron', undefined, { range: [-1, neurons.length] }),
    }),
  };
}
