// The shapes of all definitions of noise at a glance, beside the paper's.
import { noiseTitle } from '../../data/images/noise-definitions.js';
import { axis, label, theme, type Figure, type Layout, type Trace } from '../../figures/theme.js';
import { line } from '../../figures/traces.js';
import { noiseSetting, type NoisePoint } from './points.js';
import { keptCurves, noiseShapes } from './shapes.js';
import { panels } from '../../figures/panels.js';
import { trainingNote } from '../../figures/training-note.js';

/**
 * A panel for each definition, in the order of {@link noiseShapes}: share of the accuracy above chance that is left.
 *
 * @param points - of one network
 */
export function shapeFigure(points: readonly NoisePoint[], chance = 10): Figure {
  const shapes = noiseShapes(points, chance);
  const data = shapes.flatMap((shape, i): Trace[] => {
    const { beta } = shape;
    const { own, ours, paper } = keptCurves(points, shape, chance);
    const shared = { plot: i + 1, inLegend: i === 0 };
    return [
      ...line({
        ...shared,
        name: beta === 0 ? 'ours' : `ours, LR β = ${beta}`,
        x: ours.map(([level]) => level),
        y: ours.map(([, value]) => value),
        colour: 1,
        dash: 1,
        symbol: 1,
        runs: own.map(({ runs }) => runs),
      }),
      ...line({
        ...shared,
        name: 'the paper with LR, Fig. 7',
        x: paper.map(([level]) => level),
        y: paper.map(([, value]) => value),
        colour: 6,
        dash: 2,
        symbol: 4,
      }),
    ].map((trace) => ({
      ...trace,
      marker: { ...(trace.marker as object), size: 5 },
      hovertemplate: `<b>%{fullData.name}</b><br>level %{x}: %{y:.1f} % kept${trace.customdata ? '<br>%{customdata}' : ''}<extra></extra>`,
    }));
  });
  const rows = Math.ceil(shapes.length / COLUMNS);
  const gapY = rows > 1 ? Math.min(0.24, 62 / (ROW * rows)) : 0;
  const axes = panels(
    shapes.map((_, i) => ({
      title: '', // set below, smaller
      xaxis:
        i >= shapes.length - COLUMNS
          ? axis('noise level', undefined, LEVELS)
          : { ...LEVELS, matches: `x${shapes.length}` },
      yaxis: axis('kept', '%', {
        range: [0, 106],
        dtick: 50,
        // Said once a row: beside each panel it would stand on the one before it.
        ...(i % COLUMNS > 0 && { title: { text: ' ' } }),
      }),
    })),
    { columns: Math.min(COLUMNS, Math.max(1, shapes.length)), gapX: 0.08, gapY },
  );
  const headings = (axes.annotations as Layout[]).map((heading, i) => ({
    ...heading,
    text: `${inTwoLines(label(noiseTitle(shapes[i].definition)))}: ${shapes[i].distance.toFixed(1)}`,
    align: 'left',
    font: { size: 11 },
  }));
  return {
    data,
    layout: theme({
      title: { text: 'Accuracy above chance that is left under noise, by definition' },
      width: 980,
      height: 150 + ROW * rows,
      margin: { t: 112 },
      showlegend: true,
      ...axes,
      annotations: [...headings, { ...trainingNote(noiseSetting(points)), yshift: 20 }],
    }),
  };
}

/** A title with a line's end after its comma, or before its “on”: as wide as a panel. */
const inTwoLines = (title: string): string =>
  title.includes(', ') ? title.replace(', ', ',<br>') : title.replace(' on ', '<br>on ');

const COLUMNS = 3;
/** Pixels of a row of panels. */
const ROW = 190;
const LEVELS = { dtick: 0.05, range: [-0.004, 0.104] };
