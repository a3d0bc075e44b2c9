// Norm of the gradient that reaches the potentials of each layer.
import { fixedDelta } from '../../surrogates/delta.js';
import { axis, theme, type Figure } from '../../figures/theme.js';
import type { EvaluationRecord, RunRecord } from '../../records/record.js';
import { line } from '../../figures/traces.js';
import { cellName, cellStyle, type Cell } from './cells.js';
import { panels } from '../../figures/panels.js';

/** The norms of one probed run: all steps of a layer as one vector. */
interface LayerNorms {
  cell: Cell;
  layers: string[];
  norms: number[];
  /** Ids of the run and of its probe. */
  ids: string[];
}

function layerNorms(runs: readonly RunRecord[], probes: readonly EvaluationRecord[]): LayerNorms[] {
  return probes.flatMap((probe) => {
    const run = runs.find(({ id }) => id === probe.of);
    if (!run) return [];
    const { neuron, lipschitz } = run.experiment;
    const rows = probe.results as unknown as { layer: string; gradientNorm: number }[];
    const layers = [...new Set(rows.map(({ layer }) => layer))];
    const norms = layers.map((layer) =>
      Math.hypot(...rows.filter((row) => row.layer === layer).map(({ gradientNorm }) => gradientNorm)),
    );
    const cell = { surrogate: neuron.surrogate.name, delta: fixedDelta(neuron.delta), beta: lipschitz.beta };
    return [{ cell, layers, norms, ids: [run.id, probe.id] }];
  });
}

/**
 * Largest distance over the layers between the norms of two cells of one surrogate: the larger over the smaller,
 * minus 1. 0 where no surrogate has two cells.
 */
export function normSpread(runs: readonly RunRecord[], probes: readonly EvaluationRecord[]): number {
  const byLayer = new Map<string, number[]>();
  for (const { cell, layers, norms } of layerNorms(runs, probes))
    layers.forEach((layer, i) => {
      const key = JSON.stringify([cell.surrogate, layer]);
      byLayer.set(key, [...(byLayer.get(key) ?? []), norms[i]]);
    });
  return Math.max(0, ...[...byLayer.values()].map((norms) => Math.max(...norms) / Math.min(...norms) - 1));
}

/**
 * Norm of the gradient that reaches the potentials, by layer, of runs with a probe record: all steps as one vector. A panel
 * for each surrogate, on one scale.
 */
export function gradientNormFigure(runs: readonly RunRecord[], probes: readonly EvaluationRecord[]): Figure {
  const known = layerNorms(runs, probes).sort(
    ({ cell: a }, { cell: b }) => a.delta - b.delta || a.beta - b.beta,
  );
  const surrogates = [
    ...new Set(runs.map(({ experiment }) => experiment.neuron.surrogate.name as string)),
  ].filter((surrogate) => known.some(({ cell }) => cell.surrogate === surrogate));
  const named = new Set<string>();
  const data = known.flatMap(({ cell, layers, norms, ids }) => {
    const [name, style] = [cellName(cell), cellStyle(cell)];
    const inLegend = !named.has(name);
    named.add(name);
    const plot = surrogates.indexOf(cell.surrogate) + 1;
    const shared = { colour: style, dash: style, symbol: style, runs: ids, plot, inLegend };
    // Panels but the first have no title of y that could be named under the pointer.
    return line({ name, x: layers, y: norms, ...shared }).map((trace) => ({
      ...trace,
      hovertemplate:
        '<b>%{fullData.name}</b><br>%{x}<br>gradient norm: %{y:.4g}<br>%{customdata}<extra></extra>',
    }));
  });
  const all = known.flatMap(({ norms }) => norms);
  const range = [Math.log10(Math.min(...all) / 1.15), Math.log10(Math.max(...all) * 1.15)];
  const axes = panels(
    surrogates.map((surrogate, i) => ({
      title: surrogate,
      xaxis: axis('layer', undefined, { tickangle: -50 }),
      yaxis:
        i === 0
          ? axis('gradient norm', undefined, {
              type: 'log',
              range,
              dtick: null,
              tickvals: MARKS,
              tickfont: { size: 12 },
            })
          : { type: 'log', range, matches: 'y', tickvals: MARKS, showticklabels: false },
    })),
    { columns: Math.max(1, surrogates.length), gapX: 0.04 },
  );
  return {
    data,
    layout: theme({
      title: { text: 'Gradient that reaches the potentials, by layer' },
      width: surrogates.length > 2 ? 960 : 800,
      height: 480,
      margin: { t: 132 },
      showlegend: true,
      ...axes,
    }),
  };
}

/** Where the axis of norms may have marks. */
const MARKS = Array.from({ length: 12 }, (_, i) => `e${i - 8}`).flatMap((decade) =>
  [1, 1.5, 2, 3, 5, 7].map((digit) => Number(`${digit}${decade}`)),
);
