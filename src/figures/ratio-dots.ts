// Ratios as dots in rows, in plots side by side on a logarithmic axis with a line at 1: a dot has a place, where a bar
// would have a length that means nothing.
import { SettingsError } from '../errors.js';
import { axis, label, theme, type Figure, type Layout, type Trace } from './theme.js';
import { formatNumber } from './table.js';
import { line, points } from './traces.js';
import { panels } from './panels.js';

/** Dots of one kind, one in each row. */
export interface DotSeries {
  name: string;
  /** A ratio for each row; null where there is none. */
  values: readonly (number | null)[];
  runs?: readonly string[];
}

/** Dots in rows, in one plot or several beside each other with the same rows and the same kinds of dots. */
export interface DotPlots {
  title: string;
  rows: readonly string[];
  /** Meaning of the rows. */
  quantity: string;
  plots: readonly { title: string; series: readonly DotSeries[] }[];
}

/** Pixels: what a dot with its label needs, what lies between rows, and a line of the legend. */
const PIXELS = { dot: 17, gap: 12, legend: 29 };

/** The figure: a dot for each ratio with its value beside it, kinds of one row below one another. */
export function ratioDots({ title, rows, quantity, plots }: DotPlots): Figure {
  const kinds = plots[0].series.length;
  const values = plots.flatMap(({ series }) => series.flatMap((own) => own.values));
  const top = 72 + PIXELS.legend * Math.ceil((kinds + 1) / 2);
  const axes = panels(
    plots.map((plot, i) => ({
      title: plot.title,
      xaxis: ratioAxis(values),
      yaxis:
        i === 0
          ? rowsAxis(rows, quantity)
          : rowsAxis(rows, quantity, { matches: 'y', showticklabels: false, ticks: '', title: undefined }),
    })),
    { columns: plots.length, gapX: 0.04 },
  );
  return {
    data: plots.flatMap(({ series }, i) => [
      ...line({
        name: 'as much as the ANN',
        x: [1, 1],
        y: [-0.5, rows.length - 0.5],
        colour: 6,
        dash: 1,
        plot: i + 1,
        inLegend: i === 0,
      }),
      ...series.map((own, kind) => dots(own, rows.length, kind, kinds, i + 1)),
    ]),
    layout: theme({
      title: { text: label(title) },
      width: 900,
      height: top + 70 + rows.length * (kinds * PIXELS.dot + PIXELS.gap),
      margin: { t: top },
      ...axes,
    }),
  };
}

function dots(
  { name, values, runs }: DotSeries,
  rows: number,
  kind: number,
  kinds: number,
  plot: number,
): Trace {
  if (values.length !== rows)
    throw new SettingsError(
      `ratioDots ${name}: ${values.length} values for ${rows} rows; give one for each row`,
    );
  const pitch = PIXELS.dot / (kinds * PIXELS.dot + PIXELS.gap);
  const trace = points({
    name,
    x: values,
    y: values.map((_, row) => row + (kind - (kinds - 1) / 2) * pitch),
    colour: kind,
    symbol: kind,
    runs,
    plot,
    inLegend: plot === 1,
  });
  return {
    ...trace,
    mode: 'markers+text',
    text: values.map((value) => (value === null ? '' : formatNumber(value, 3))),
    // Away from the line at 1, which would strike the label through.
    textposition: values.map((value) => (value !== null && value < 1 ? 'middle left' : 'middle right')),
    textfont: { size: 11.5 },
    cliponaxis: false,
    hovertemplate: `<b>%{fullData.name}</b><br>%{xaxis.title.text}: %{x:.4~g}${runs ? '<br>%{customdata}' : ''}<extra></extra>`,
  };
}

/** The axis of the rows, the first on top. */
const rowsAxis = (rows: readonly string[], quantity: string, more: Layout = {}): Layout =>
  axis(quantity, undefined, {
    range: [rows.length - 0.5, -0.5],
    tickvals: rows.map((_, row) => row),
    ticktext: rows.map(label),
    showgrid: false,
    ...more,
  });

/** The axis of the ratios, with room for what is written beside the dots. */
function ratioAxis(values: readonly (number | null)[]): Layout {
  const known = values.filter((value) => value !== null);
  const [low, high] = [Math.min(1, ...known), Math.max(1, ...known)].map(Math.log10);
  const room = Math.max(high - low, 0.3);
  const decade = room > 1.6 ? [1, 3] : room > 0.9 ? [1, 2, 5] : [1, 1.2, 1.5, 2, 3, 4, 5, 6, 8];
  return axis('ratio ANN / SNN', undefined, {
    type: 'log',
    range: [low - 0.24 * room, high + 0.24 * room],
    tickvals: [-3, -2, -1, 0, 1, 2, 3].flatMap((power) =>
      decade.map((mark) => Number((mark * 10 ** power).toPrecision(2))),
    ),
    tickangle: 0,
    tickfont: { size: 12 },
  });
}
