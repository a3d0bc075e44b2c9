// Several small plots in one figure: where each stands, and its axes.
import { label, type Layout } from './theme.js';

/** One small plot. */
export interface Panel {
  title: string;
  xaxis: Layout;
  yaxis: Layout;
}

/** Arrangement of the panels. */
export interface PanelGrid {
  /** Panels in a row. */
  columns: number;
  /** Share of the width and of the height between two panels; default 0.09 and 0.16. */
  gapX?: number;
  gapY?: number;
}

/** Share of the height above the first row for its headings: the report gives figures no other room below the legend. */
const HEADROOM = 0.055;

/**
 * The part of a layout that places panels in rows, the first at the upper left: axes `x`, `y`, `x2`, `y2` … and a
 * heading above each. Traces choose their panel by `plot`, 1-based.
 *
 * @param list - title, x axis and y axis of each panel
 * @param grid - `columns`: panels in a row; `gapX`, `gapY`: shares between two panels, default 0.09 and 0.16
 * @returns axes and headings, to be spread into a layout
 */
export function panels(list: readonly Panel[], { columns, gapX = 0.09, gapY = 0.16 }: PanelGrid): Layout {
  const rows = Math.ceil(list.length / columns);
  const width = (1 - gapX * (columns - 1)) / columns;
  const height = (1 - HEADROOM - gapY * (rows - 1)) / rows;
  const axes = list.map(({ xaxis, yaxis }, i) => {
    const left = (i % columns) * (width + gapX);
    const top = 1 - HEADROOM - Math.floor(i / columns) * (height + gapY);
    const n = i === 0 ? '' : String(i + 1);
    // Rounding may leave 1.0000000000000002, which Plotly refuses.
    const within = (...edges: number[]): number[] => edges.map((edge) => Math.min(1, Math.max(0, edge)));
    return {
      [`xaxis${n}`]: { domain: within(left, left + width), anchor: `y${n}`, ...xaxis },
      [`yaxis${n}`]: { domain: within(top - height, top), anchor: `x${n}`, ...yaxis },
    };
  });
  const annotations = list.map(({ title }, i) => {
    const n = i === 0 ? '' : String(i + 1);
    return {
      xref: `x${n} domain`,
      yref: `y${n} domain`,
      x: 0,
      y: 1,
      xanchor: 'left',
      yanchor: 'bottom',
      yshift: 4,
      showarrow: false,
      text: label(title),
    };
  });
  return Object.assign({ annotations }, ...axes) as Layout;
}
