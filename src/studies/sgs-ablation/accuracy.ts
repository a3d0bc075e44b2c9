// Accuracy of the cells of the ablation: at the end, seed by seed, and over epochs.
import { axis, label, theme, type Figure, type Trace } from '../../figures/theme.js';
import { spreadOf, testAccuracyOf, type SeedGroup } from '../../statistics/seeds.js';
import { mean, sd } from '../../statistics/interval.js';
import { line, points } from '../../figures/traces.js';
import { cellName, cellStyle, type Cell } from './cells.js';
import { trainingNote, trainingSetting } from '../../figures/training-note.js';

/** Cells of a surrogate stand side by side, so far apart. */
const APART = 0.18;
/** Seeds stand beside the mean of their cell. */
const BESIDE = 0.055;

/**
 * Accuracy by surrogate and cell: mean ± sd, and each seed as a small point beside it. Points, not bars: a bar would begin
 * at 0 and hide differences of less than a point.
 */
export function ablationFigure(cells: readonly SeedGroup<Cell>[]): Figure {
  const surrogates = [...new Set(cells.map(({ key }) => key.surrogate))];
  const names = [...new Set(cells.map(({ key }) => cellName(key)))];
  const data = names.flatMap((name): Trace[] => {
    const here = cells.filter(({ key }) => cellName(key) === name);
    const style = cellStyle(here[0].key);
    const place = ({ key }: SeedGroup<Cell>): number =>
      surrogates.indexOf(key.surrogate) + APART * (style - 1.5);
    const spreads = here.map(({ runs }) => spreadOf(runs));
    const shared = { colour: style, symbol: style, group: name };
    const means = points({
      ...shared,
      name,
      x: here.map(place),
      y: spreads.map((spread) => spread.mean),
      error: spreads.map((spread) => spread.sd ?? 0),
      runs: here.map(({ runs }) => runs.map(({ id }) => id)),
    });
    const seeds = points({
      ...shared,
      name: `${name}, one seed`,
      x: here.flatMap((cell) => cell.runs.map(() => place(cell) + BESIDE)),
      y: here.flatMap(({ runs }) => runs.map(testAccuracyOf)),
      runs: here.flatMap(({ runs }) => runs.map(({ id }) => [id])),
      inLegend: false,
    });
    const template = '<b>%{fullData.name}</b><br>%{y:.2f} %<br>%{customdata}<extra></extra>';
    return [
      { ...means, hovertemplate: template },
      { ...seeds, marker: { ...(seeds.marker as object), size: 5, opacity: 0.5 }, hovertemplate: template },
    ];
  });
  return {
    data,
    layout: theme({
      title: { text: 'Test accuracy by surrogate, with and without SGS and LR' },
      margin: { t: 112 },
      xaxis: axis('surrogate', undefined, {
        range: [-0.5, surrogates.length - 0.5],
        tickvals: surrogates.map((_, i) => i),
        ticktext: surrogates.map(label),
        showgrid: false,
      }),
      yaxis: axis('test accuracy', '%'),
      shapes: surrogates.slice(1).map((_, i) => ({
        type: 'line',
        xref: 'x',
        yref: 'y domain',
        x0: i + 0.5,
        x1: i + 0.5,
        y0: 0,
        y1: 1,
        line: { width: 1, dash: 'dot' },
      })),
      annotations: [trainingNote(trainingSetting(cells.flatMap(({ runs }) => runs)))],
    }),
  };
}

/** Test accuracy over epochs of each cell of one surrogate: mean over seeds, band ± sd. */
export function ablationCurves(cells: readonly SeedGroup<Cell>[]): Figure {
  const epochs = Math.max(...cells.flatMap(({ runs }) => runs.map(({ rows }) => rows.length)));
  const data = cells.flatMap(({ key, runs }) => {
    const at = Array.from({ length: epochs }, (_, i) =>
      runs.flatMap(({ rows }) => (rows[i] ? [100 * rows[i].testAccuracy] : [])),
    );
    const centre = at.map((values) => (values.length > 0 ? mean(values) : null));
    const half = at.map((values) => (values.length > 1 ? sd(values) : 0));
    const style = cellStyle(key);
    return line({
      name: cellName(key),
      x: at.map((_, i) => i + 1),
      y: centre,
      lower: centre.map((value, i) => (value === null ? null : value - half[i])),
      upper: centre.map((value, i) => (value === null ? null : value + half[i])),
      colour: style,
      dash: style,
      symbol: style,
      runs: runs.map(({ id }) => id),
    });
  });
  // Bands first: four of them would bury the lines.
  const [bands, lines] = [data.filter(({ fill }) => fill), data.filter(({ fill }) => !fill)];
  return {
    data: [...bands.map((area) => ({ ...area, opacity: 0.6 })), ...lines],
    layout: theme({
      title: { text: 'Test accuracy over epochs, mean over seeds ± one standard deviation' },
      margin: { t: 112 },
      xaxis: axis('epoch', undefined, { dtick: Math.ceil(epochs / 12) }),
      yaxis: axis('test accuracy', '%'),
      annotations: [trainingNote(trainingSetting(cells.flatMap(({ runs }) => runs)))],
    }),
  };
}
