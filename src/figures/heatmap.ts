// Heat maps in the theme: a matrix in, plain Plotly JSON out.
import { SettingsError } from '../errors.js';
import { label, type Trace } from './theme.js';
import { axes, numbers, positions, type Values } from './traces.js';

/** A matrix drawn in colours. */
export interface HeatmapSettings {
  /** `z[row][column]`; row 0 is at the bottom unless the y axis is reversed. */
  z: readonly Values[];
  x?: Values | readonly string[];
  y?: Values | readonly string[];
  /** Meaning of the colours, with its unit. */
  quantity: string;
  /** Values of the first and the last colour; default the smallest and largest of z. */
  range?: [number, number];
  /** Plotly colour scale; default Cividis, the same for every colour vision. */
  scale?: string;
  /** Writes each value into its cell, in this d3 format: `'d'`, `'.2f'`. */
  cellFormat?: string;
  plot?: number;
}

/**
 * A heat map.
 *
 * @param settings - `z[row][column]`, from the bottom; `x` and `y`: values or names along the axes; `quantity`: what the
 *   colours mean, with its unit; `range`: values of the first and last colour, default those of z
 * @returns a trace for `figure.data`
 * @throws SettingsError when rows differ in length or x and y do not fit them
 */
export function heatmap(settings: HeatmapSettings): Trace {
  const { z, x, y, quantity, range, scale = 'Cividis', cellFormat, plot } = settings;
  const columns = z[0]?.length ?? 0;
  if (
    z.some((row) => row.length !== columns) ||
    (x ?? z[0])?.length !== columns ||
    (y ?? z).length !== z.length
  )
    throw new SettingsError(
      `heatmap: z must have rows of equal length that fit x and y; got ${z.length} rows of ${z.map((row) => row.length).join(', ')}, x ${x?.length ?? 'none'}, y ${y?.length ?? 'none'}`,
    );
  const trace: Trace = {
    type: 'heatmap',
    z: z.map(numbers),
    colorscale: scale,
    colorbar: { title: { text: label(quantity), side: 'right' } },
    hovertemplate: `%{y}, %{x}<br>${label(quantity)}: %{z}<extra></extra>`,
    ...axes({ plot }),
  };
  if (x !== undefined) trace.x = positions(x);
  if (y !== undefined) trace.y = positions(y);
  if (range !== undefined) [trace.zmin, trace.zmax] = range;
  if (cellFormat !== undefined) trace.texttemplate = `%{z:${cellFormat}}`;
  return trace;
}
