// Parameters and operations of a network, layer by layer.
import { axis, theme, type Figure } from '../../figures/theme.js';
import type { Network } from '../../network/layers.js';
import { bars } from '../../figures/traces.js';
import { architectureRows } from '../../network/table.js';
import { panels } from '../../figures/panels.js';

/** Parameters and multiply–accumulates by layer. */
export function costFigure(network: Network): Figure {
  const rows = architectureRows(network).filter(({ weights }) => weights > 0);
  const names = rows.map(({ layer }) => layer);
  const axes = panels(
    [
      {
        title: 'multiply–accumulates of one image and step',
        xaxis: axis('', undefined, { visible: false }),
        yaxis: axis('MACs', '10⁶', { rangemode: 'tozero' }),
      },
      {
        title: 'trainable parameters',
        xaxis: axis('layer', undefined, { tickangle: -60, tickfont: { size: 10 } }),
        yaxis: axis('parameters', '10³'),
      },
    ],
    { columns: 1, gapY: 0.12 },
  );
  return {
    data: [
      bars({ name: 'MACs', x: names, y: rows.map(({ macs }) => macs / 1e6), colour: 0 }),
      bars({
        name: 'parameters',
        x: names,
        y: rows.map(({ weights, batchNorm }) => (weights + batchNorm) / 1e3),
        colour: 1,
        plot: 2,
      }),
    ],
    layout: theme({
      title: { text: `${network.name}: where operations and parameters sit` },
      height: 560,
      showlegend: false,
      margin: { t: 84 },
      ...axes,
    }),
  };
}
