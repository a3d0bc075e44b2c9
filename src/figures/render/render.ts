// Figures as pictures without a browser: Plotly JSON → static SVG → PNG, the same bytes every time.
import { SettingsError, UnsupportedError } from '../../errors.js';
import { escapeXml, xmlCharacters } from '../../text.js';
import { titleText, type Figure } from '../theme.js';
import { canonicalJson, sha256 } from '../../hash.js';
import { loadOptional } from './optional.js';
import { fontFiles } from './text.js';
import { plotlyWindow, restartNames } from './window.js';

/** Size of a picture in CSS pixels; default the figure's own, else 800 × 480. */
export interface PictureSize {
  width?: number;
  height?: number;
}

/** Kinds of traces that need WebGL or a map from elsewhere, which no static picture made here can show. */
const NEEDS_BROWSER =
  /gl$|3d$|geo$|^(scatter|choropleth|density)map|^(surface|cone|streamtube|volume|isosurface|parcoords|splom|choropleth)$/;

let queue: Promise<unknown> = Promise.resolve();
let last: { key: string; svg: Promise<string> } | undefined;

/**
 * Draws a figure as a standalone SVG document: text stays text, in DejaVu Sans where it is installed.
 *
 * The same figure gives the same bytes in every process. The first figure of a process costs one to two
 * seconds (loading Plotly), later ones a few tenths.
 *
 * @param figure - Plotly JSON
 * @param size - width and height in CSS pixels
 * @returns the SVG's text
 * @throws UnsupportedError when jsdom, plotly.js-dist, opentype.js or the fonts are not installed, or when a
 * trace needs WebGL or maps
 */
export function renderSvg(figure: Figure, size: PictureSize = {}): Promise<string> {
  // A notebook saves a figure and then shows it: drawn once.
  const key = JSON.stringify([figure, size]);
  if (last?.key === key) return last.svg;
  // One window, hence one figure at a time.
  const svg = queue.then(() => draw(figure, size));
  last = { key, svg };
  queue = svg.catch(() => undefined);
  return svg;
}

async function draw(figure: Figure, size: PictureSize): Promise<string> {
  for (const { type } of figure.data)
    if (NEEDS_BROWSER.test(type))
      throw new UnsupportedError(
        `renderSvg: a ${type} trace needs a browser with WebGL; draw projections of it with scatter or heatmap traces`,
      );
  const width = size.width ?? (figure.layout.width as number | undefined) ?? 800;
  const height = size.height ?? (figure.layout.height as number | undefined) ?? 480;
  if (!(width >= 10 && height >= 10))
    throw new SettingsError(`renderSvg: a picture has at least 10 × 10 pixels, got ${width} × ${height}`);

  const window = plotlyWindow();
  restartNames(window);
  // As text into the window, so that Plotly works on its own objects and leaves ours alone.
  const given = window.JSON.parse(JSON.stringify(figure, inXml)) as { data: unknown; layout: object };
  const layout = { ...given.layout, width, height, autosize: false };
  const element = window.document.createElement('div');
  window.document.body.appendChild(element);
  try {
    await window.Plotly.newPlot(element, given.data, layout, { staticPlot: true });
    return finish(window.Plotly.Snapshot.toSVG(element, 'svg', 1), figure);
  } finally {
    window.Plotly.purge(element);
    element.remove();
  }
}

/** Plotly escapes markup; characters that an SVG cannot hold it would write as they are. */
const inXml = (_key: string, value: unknown): unknown =>
  typeof value === 'string' ? xmlCharacters(value) : value;

/** Makes ids the figure's own, so that several SVGs can stand in one page, and gives the picture a name. */
function finish(svg: string, figure: Figure): string {
  const prefix = `f${sha256(canonicalJson(JSON.parse(JSON.stringify(figure)))).slice(0, 8)}-`;
  const named = svg
    .replaceAll(/ id="([^"]+)"/g, ` id="${prefix}$1"`)
    .replaceAll(/url\((['"]|&quot;)?#([^)'"&]+)(['"]|&quot;)?\)/g, `url(#${prefix}$2)`)
    .replaceAll(/ ((?:xlink:)?href)="#([^"]+)"/g, ` $1="#${prefix}$2"`);
  const title = escapeXml(titleText(figure) ?? 'figure');
  return `${named.replace(/^<svg ([^>]*)>/, `<svg role="img" $1><title>${title}</title>`)}\n`;
}

interface Resvg {
  Resvg: new (svg: string, options: object) => { render(): { asPng(): Uint8Array } };
}

/**
 * Rasterises an SVG with the bundled DejaVu fonts only, so that the machine's fonts do not matter.
 *
 * @param svg - SVG text, as {@link renderSvg} gives it
 * @param size - `width` in pixels of the PNG; default twice the SVG's, readable on dense screens
 * @returns PNG bytes, `[length]`
 * @throws UnsupportedError when \@resvg/resvg-js or the fonts are not installed
 */
export async function renderPng(svg: string, size: { width?: number } = {}): Promise<Uint8Array> {
  const { Resvg } = loadOptional<Resvg>('@resvg/resvg-js', 'drawing a figure as PNG');
  const fitTo = size.width === undefined ? { mode: 'zoom', value: 2 } : { mode: 'width', value: size.width };
  const font = {
    loadSystemFonts: false,
    fontFiles: fontFiles(),
    defaultFontFamily: 'DejaVu Sans',
    sansSerifFamily: 'DejaVu Sans',
  };
  return new Resvg(svg, { fitTo, font, background: 'white' }).render().asPng();
}
