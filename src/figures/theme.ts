// Figures as data: plain Plotly JSON in one theme, readable on screen, in print and without colour vision.
import { SettingsError } from '../errors.js';

/** One trace of a figure: Plotly's own attributes, as plain JSON. */
export interface Trace {
  type: string;
  [attribute: string]: unknown;
}

/** Everything around the traces: axes, legend, annotations, images; Plotly's own attributes, as plain JSON. */
export interface Layout {
  [attribute: string]: unknown;
}

/** A figure as Plotly takes it: `Plotly.newPlot(element, figure.data, figure.layout)`. */
export interface Figure {
  data: Trace[];
  layout: Layout;
}

/**
 * Okabe and Ito's colours without their yellow, which vanishes on paper, and their black, which vanishes on a
 * dark page. Distinct with any colour vision; the order alternates light and dark for grey printing.
 * Source: M. Okabe, K. Ito, Color Universal Design (2008).
 */
export const PALETTE: readonly string[] = [
  '#0072B2',
  '#D55E00',
  '#009E73',
  '#CC79A7',
  '#E69F00',
  '#56B4E9',
  '#7F7F7F',
];

/** Dashes that go with the colours, so that lines differ without them. */
export const DASHES: readonly string[] = ['solid', 'dash', 'dot', 'dashdot', 'longdash', 'longdashdot'];

/** Marker symbols that go with the colours. */
export const SYMBOLS: readonly string[] = ['circle', 'square', 'diamond', 'triangle-up', 'x', 'star'];

/** Hatchings of bars that go with the colours; the first is plain. */
export const PATTERNS: readonly string[] = ['', '/', '.', '\\', 'x', '-'];

/** A colour of the palette by its place (it starts again after the last), or any CSS colour. */
export type Colour = number | string;

/** The CSS colour of a palette place. */
export const colourOf = (colour: Colour): string =>
  typeof colour === 'string' ? colour : PALETTE[colour % PALETTE.length];

/** Fonts of every figure. Figures are measured in DejaVu Sans; Verdana is its nearest relative elsewhere. */
export const FONT_FAMILY = 'DejaVu Sans, Verdana, Geneva, sans-serif';

/** Colours that differ between the light and the dark page. */
interface Shades {
  ink: string;
  paper: string;
  line: string;
  grid: string;
}

function template({ ink, paper, line, grid }: Shades): Layout {
  const axis = {
    automargin: true,
    showline: true,
    linecolor: line,
    ticks: 'outside',
    tickcolor: line,
    ticklen: 5,
    gridcolor: grid,
    zeroline: false,
    exponentformat: 'power',
    title: { standoff: 12, font: { size: 14 } },
    tickfont: { size: 12 },
  };
  return {
    layout: {
      font: { family: FONT_FAMILY, size: 13, color: ink },
      title: { font: { size: 16 }, x: 0.015, xanchor: 'left', yref: 'container', y: 0.96, yanchor: 'top' },
      colorway: [...PALETTE],
      colorscale: { sequential: 'Cividis', sequentialminus: 'Cividis', diverging: 'RdBu' },
      paper_bgcolor: paper,
      plot_bgcolor: paper,
      margin: { l: 70, r: 24, t: 56, b: 60 },
      hovermode: 'closest',
      hoverlabel: { font: { family: FONT_FAMILY, size: 13 }, align: 'left' },
      legend: {
        bgcolor: 'rgba(0,0,0,0)',
        orientation: 'h',
        xref: 'container',
        x: 0.012,
        xanchor: 'left',
        yref: 'container',
        y: 0.9,
        yanchor: 'top',
        font: { size: 12.5 },
        itemwidth: 36,
      },
      xaxis: axis,
      yaxis: axis,
      annotationdefaults: { font: { size: 13, color: ink }, arrowcolor: line },
      shapedefaults: { line: { color: line, width: 1.5 } },
    },
    data: {
      heatmap: [
        {
          colorbar: {
            outlinewidth: 0,
            ticks: 'outside',
            tickcolor: line,
            tickfont: { size: 12 },
            title: { font: { size: 14 } },
          },
        },
      ],
      bar: [{ error_y: { color: ink, thickness: 1.5 } }],
    },
  };
}

/** The theme as a Plotly template, for white paper. */
export const LIGHT_TEMPLATE: Layout = template({
  ink: '#1F2328',
  paper: '#FFFFFF',
  line: '#6E7781',
  grid: '#E6E8EB',
});

/** The same theme for a dark page: pass it as `layout.template` instead. */
export const DARK_TEMPLATE: Layout = template({
  ink: '#E6EDF3',
  paper: '#161B22',
  line: '#8B949E',
  grid: '#2D333B',
});

/**
 * Puts a layout into the project's theme: 800 × 480 pixels, colours, fonts, margins, axis style.
 *
 * @param layout - Plotly layout; what it sets wins over the theme
 * @returns the layout, whole
 * @throws SettingsError when an x or y axis is shown without a title
 */
export function theme(layout: Layout): Layout {
  for (const [name, axis] of Object.entries(layout)) {
    if (!/^[xy]axis\d*$/.test(name)) continue;
    const { title, visible, matches } = axis as {
      title?: { text?: string };
      visible?: boolean;
      matches?: string;
    };
    if (visible !== false && matches === undefined && !title?.text)
      throw new SettingsError(
        `theme: ${name} has no title; give it one with its unit, for instance axis('accuracy', '%')`,
      );
  }
  const {
    height = 480,
    title,
    legend,
  } = layout as { height?: number; title?: string | object; legend?: object };
  // Places are shares of the height, the heights of title and legend are not: both stand as many pixels below the edge.
  const titleTop = 1 - 19 / height;
  const legendTop = 1 - (title === undefined ? 12 : 46) / height;
  return {
    width: 800,
    height: 480,
    ...layout,
    ...(title === undefined
      ? {}
      : { title: { y: titleTop, ...(typeof title === 'string' ? { text: title } : title) } }),
    legend: { y: legendTop, ...legend },
    template: structuredClone(LIGHT_TEMPLATE),
  };
}

/**
 * An axis with its quantity and unit as title: `axis('test accuracy', '%', { range: [0, 100] })`.
 *
 * @param quantity - what is drawn along it
 * @param unit - its unit; leave it out for dimensionless quantities
 * @param more - further Plotly axis attributes
 * @returns an axis for `theme`
 */
export const axis = (quantity: string, unit?: string, more: Layout = {}): Layout => ({
  title: { text: label(unit === undefined ? quantity : `${quantity} (${unit})`) },
  // One label a decade, in powers of ten; Plotly draws those a quarter larger than asked.
  ...(more.type === 'log' ? { dtick: 1, tickfont: { size: 10 } } : {}),
  ...more,
});

/**
 * Text for titles, names, captions and hover boxes. Plotly reads a few HTML tags and entities in them; this
 * makes a text show as it is, whatever is in it.
 *
 * @param text - any text
 * @returns the text with `&`, `<` and `>` as entities
 */
export const label = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

/** The title of a figure as plain text: Plotly's tags dropped, its entities resolved; null without a title. */
export function titleText({ layout }: Figure): string | null {
  const title = layout.title as string | { text?: string } | undefined;
  const text = typeof title === 'string' ? title : title?.text;
  return text === undefined ? null : unlabel(text.replaceAll(/<br\s*\/?>/g, ' ').replaceAll(/<[^>]*>/g, ''));
}

/** The reverse of {@link label}. */
export const unlabel = (text: string): string =>
  text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
