// Norms of the linear parts of a network, layer by layer.
import { axis, theme, type Figure } from '../../figures/theme.js';
import type { EvaluationRecord } from '../../records/record.js';
import { bars } from '../../figures/traces.js';
import { panels } from '../../figures/panels.js';

/** A network whose norms are drawn. */
export interface NormsOf {
  /** An evaluation of kind `spectra`. */
  record: EvaluationRecord;
  /** Heading of its panel. */
  title: string;
}

/**
 * Norms of each layer as an operator with and without batch norm, and as a matrix: a panel for each network, on one
 * scale.
 */
export function normFigure(networks: readonly NormsOf[]): Figure {
  const kinds = [
    ['operator, batch norm folded in', 'operatorNorm'],
    ['operator alone', 'plainNorm'],
    ['reshaped kernel (what LR acts on)', 'matrixNorm'],
  ] as const;
  const drawn = networks.map(({ record, title }) => ({
    record,
    title,
    layers: record.results.filter(({ row }) => row === 'layer'),
  }));
  const all = drawn.flatMap(({ layers }) =>
    layers.flatMap((layer) => kinds.map(([, key]) => Number(layer[key]))),
  );
  const axes = panels(
    drawn.map(({ title }) => ({
      title,
      xaxis: axis('layer', undefined, { tickangle: -50 }),
      yaxis: axis('largest singular value', undefined, { range: [0, 1.05 * Math.max(...all)] }),
    })),
    { columns: Math.max(1, drawn.length), gapX: 0.11 },
  );
  return {
    data: drawn.flatMap(({ record, layers }, plot) =>
      kinds.map(([name, key], i) =>
        bars({
          name,
          x: layers.map(({ layer }) => String(layer)),
          y: layers.map((layer) => Number(layer[key])),
          colour: i,
          pattern: i,
          runs: [record.of, record.id],
          plot: plot + 1,
          inLegend: plot === 0,
        }),
      ),
    ),
    layout: theme({
      title: { text: 'Norms of each layer' },
      width: 960,
      height: 460,
      margin: { t: 112 },
      barmode: 'group',
      showlegend: true,
      ...axes,
    }),
  };
}
