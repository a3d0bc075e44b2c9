// The plots of a sweep as pictures: one process draws all three, since loading Plotly costs more than drawing.
import test from 'ava';
import type { Figure } from '../../../src/figures/theme.js';
import { renderSvg } from '../../../src/figures/render/render.js';
import { marginalEffects } from '../../../src/studies/sweep-analysis/marginal-effects.js';
import { marginalFigure } from '../../../src/studies/sweep-analysis/marginal-figure.js';
import { parallelCoordinates } from '../../../src/studies/sweep-analysis/parallel-coordinates.js';
import { settingsHeatmap } from '../../../src/studies/sweep-analysis/settings-heatmap.js';
import { madeGrid } from '../../helpers/sweep.js';

const grid = madeGrid([0, 1e-4, 0.2], [0, 0.01], [0, 1, 2], (delta, beta, seed) => ({
  test: 0.6 + delta + 5 * beta + seed / 100,
  status: delta === 0.2 && (beta > 0 || seed === 2) ? 'diverged' : 'done',
}));

const cases: [name: string, figure: Figure, texts: string[]][] = [
  [
    'parallelCoordinates, without WebGL',
    parallelCoordinates(grid),
    ['SGS strength δ', 'LR weight β', 'seed', '1e-4', '0.2', 'test accuracy (%)', 'not done (4)'],
  ],
  ['settingsHeatmap', settingsHeatmap(grid), ['SGS strength δ', 'LR weight β', '1e-4', '61.0', '3 diverged']],
  [
    'marginalFigure',
    marginalFigure(marginalEffects(grid)),
    ['SGS strength δ', 'LR weight β', '0.01', 'effect on test accuracy (points)'],
  ],
];

for (const [name, figure, texts] of cases)
  test(`${name}: valid SVG with its names, values and what is not done`, async (t) => {
    const svg = await renderSvg(figure);
    for (const text of texts) t.true(svg.includes(`>${text}<`), text);
    t.notRegex(svg, /NaN|undefined/);
  });
