// Pictures in figures: a grid of images with captions, as PNG data URIs in Plotly's layout.images.
import { SettingsError } from '../errors.js';
import { colourOf, label, theme, type Colour, type Figure, type Layout } from './theme.js';
import { encodePng, pngDataUri } from './render/canvas.js';

/** One picture: bytes 0…255, row by row, 1 (grey) or 3 (RGB) channels last. */
export interface Picture {
  width: number;
  height: number;
  channels: 1 | 3;
  pixels: ArrayLike<number>;
  /** Shown below it, as it is; keep it short. */
  caption?: string;
  /** Frame colour, for instance to mark a wrong prediction; no frame when left out. */
  frame?: Colour;
}

/** Options of the grid. */
export interface GridSettings {
  title?: string;
  /** Pictures in a row; default as many as make the grid about twice as wide as high. */
  columns?: number;
  /** Width of a cell in pixels; default 96. */
  cell?: number;
}

/** Room for a caption below a picture, in pixels. */
const CAPTION = 22;
const GAP = 10;
const EDGE = 16;
const TITLE = 52;

/**
 * A grid of pictures, pixels kept sharp.
 *
 * @param pictures - at least one; they may differ in size
 * @param settings - `title`; `columns`: default a grid about twice as wide as high; `cell`: pixels, default 96
 * @returns a figure without axes, as large as the grid needs
 * @throws SettingsError when there is no picture or a picture's pixels do not fit its size
 */
export function imageGrid(pictures: readonly Picture[], settings: GridSettings = {}): Figure {
  if (pictures.length === 0) throw new SettingsError('imageGrid: no pictures; give at least one');
  const {
    title,
    cell = 96,
    columns = Math.min(pictures.length, Math.ceil(Math.sqrt(2 * pictures.length))),
  } = settings;
  const rows = Math.ceil(pictures.length / columns);
  const caption = pictures.some((picture) => picture.caption !== undefined) ? CAPTION : 0;
  const margin = { l: EDGE, r: EDGE, t: title === undefined ? EDGE : TITLE, b: EDGE };
  const width = columns * (cell + GAP) - GAP;
  const height = rows * (cell + caption + GAP) - GAP;

  const images: Layout[] = [];
  const annotations: Layout[] = [];
  const shapes: Layout[] = [];
  pictures.forEach((picture, i) => {
    // Data coordinates are pixels from the upper left corner.
    const x = (i % columns) * (cell + GAP);
    const y = Math.floor(i / columns) * (cell + caption + GAP);
    const place = { xref: 'x', yref: 'y' };
    const source = pngDataUri(encode(picture, cell));
    images.push({ ...place, source, x, y, sizex: cell, sizey: cell, sizing: 'contain', layer: 'below' });
    if (picture.caption !== undefined)
      annotations.push({
        ...place,
        x: x + cell / 2,
        y: y + cell + 2,
        text: label(picture.caption),
        showarrow: false,
        yanchor: 'top',
        font: { size: 12 },
      });
    if (picture.frame !== undefined)
      shapes.push({
        ...place,
        type: 'rect',
        x0: x,
        x1: x + cell,
        y0: y,
        y1: y + cell,
        line: { color: colourOf(picture.frame), width: 3 },
      });
  });

  const hidden = { visible: false, fixedrange: true };
  return {
    // Plotly draws axes, hence pictures, only where there is a trace.
    data: [{ type: 'scatter', x: [0], y: [0], mode: 'markers', marker: { opacity: 0 }, hoverinfo: 'skip' }],
    layout: theme({
      ...(title === undefined ? {} : { title: { text: label(title) } }),
      width: width + margin.l + margin.r,
      height: height + margin.t + margin.b,
      margin,
      showlegend: false,
      xaxis: { ...hidden, range: [0, width] },
      yaxis: { ...hidden, range: [height, 0] },
      images,
      annotations,
      shapes,
    }),
  };
}

/** PNG of a picture, each pixel repeated a whole number of times so that no viewer smooths it. */
function encode({ width, height, channels, pixels }: Picture, cell: number): Uint8Array {
  if (pixels.length !== width * height * channels || pixels.length === 0)
    throw new SettingsError(
      `imageGrid: a ${width} × ${height} picture with ${channels} channels has ${width * height * channels} bytes, got ${pixels.length}; give pixels row by row, channels last`,
    );
  const repeat = Math.max(1, Math.ceil((2 * cell) / Math.max(width, height)));
  const [w, h] = [width * repeat, height * repeat];
  const rgba = new Uint8Array(w * h * 4);
  for (let y = 0; y < h; y++)
    for (let x = 0; x < w; x++) {
      const from = (Math.floor(y / repeat) * width + Math.floor(x / repeat)) * channels;
      const to = (y * w + x) * 4;
      for (let c = 0; c < 3; c++) rgba[to + c] = pixels[from + (channels === 1 ? 0 : c)];
      rgba[to + 3] = 255;
    }
  return encodePng(w, h, rgba);
}
