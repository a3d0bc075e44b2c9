// Weights by layer as histograms.
import { panels } from '../figures/panels.js';
import { axis, type Figure, theme, type Trace } from '../figures/theme.js';
import type { TensorMap } from '../network/parameters.js';

const BINS = 40;

/** Counts of values in equal bins between the smallest and the largest. */
function histogram(values: ArrayLike<number>): { centre: number[]; share: number[] } {
  const all = Array.from(values);
  const least = all.reduce((a, b) => Math.min(a, b), Infinity);
  const most = all.reduce((a, b) => Math.max(a, b), -Infinity);
  const width = (most - least) / BINS || 1;
  const counts = new Array<number>(BINS).fill(0);
  for (const value of all) counts[Math.min(BINS - 1, Math.floor((value - least) / width))] += 1;
  return {
    centre: counts.map((_, bin) => least + (bin + 0.5) * width),
    share: counts.map((count) => count / values.length),
  };
}

/**
 * A histogram of each weight of convolutions and linear layers.
 *
 * @param weights - as of a record or a model, by the names of the layers: kernels `[out, in, H, W]`, linear `[out, in]`;
 *   others are left out
 * @param title - the figure's
 * @returns a panel for each tensor
 */
export function weightHistogram(weights: TensorMap, title = 'weights by layer'): Figure {
  const shown = Object.entries(weights).filter(
    ([name, { shape }]) => name.endsWith('.weight') && shape.length > 1,
  );
  const columns = Math.min(3, Math.max(1, shown.length));
  const data = shown.map(([name, { data }], i): Trace => {
    const { centre, share } = histogram(data);
    return {
      ...{ type: 'bar', x: centre, y: share, name, showlegend: false, marker: { color: '#0072B2' } },
      ...(i > 0 && { xaxis: `x${i + 1}`, yaxis: `y${i + 1}` }),
    };
  });
  return {
    data,
    layout: theme({
      title: { text: title },
      ...{ bargap: 0, showlegend: false, margin: { t: 84 } },
      height: 120 + 220 * Math.ceil(shown.length / columns),
      ...panels(
        shown.map(([name]) => ({
          title: name.replace(/\.weight$/, ''),
          xaxis: axis('weight', undefined, { nticks: 5 }),
          yaxis: axis('share', undefined, { showticklabels: false }),
        })),
        { columns, gapY: 0.26 },
      ),
    }),
  };
}
