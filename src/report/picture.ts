// A figure in the report: a static picture that needs no script, and the data that makes it live.
import type { Figure, Layout } from '../figures/theme.js';
import { Markup, markup } from './markup.js';
import { packed } from './packed.js';

/** Height of the title band in pixels. The report has its own headings, so pictures go without it. */
const TITLE_BAND = 34;

/** The figure without its title, for the live plot; its width is that of the page. */
export function untitled({ data, layout }: Figure): Figure {
  const { title, width: _width, ...rest } = layout as Layout & { height?: number; legend?: { y?: number } };
  if (title === undefined) return { data, layout: rest };
  const height = (rest.height ?? 480) - TITLE_BAND;
  const margin = { t: 22, ...(rest.margin as object) };
  return {
    data,
    layout: {
      ...rest,
      height,
      margin: { ...margin, t: Math.min(margin.t, 22) },
      legend: { ...rest.legend, y: 1 - 12 / height },
    },
  };
}

/** The static picture without its title: the band is cut off, the rest is as it was drawn. */
export function cropTitle(svg: string): string {
  const found = /^<svg [^>]*?width="([\d.]+)" height="([\d.]+)"[^>]*>/.exec(svg);
  if (found === null || !svg.includes('class="gtitle"')) return svg;
  const [root, width, height] = found;
  const rest = Number(height) - TITLE_BAND;
  const cropped = root
    .replace(/ viewBox="[^"]*"/, '')
    .replace(/ height="[\d.]+"/, ` height="${rest}" viewBox="0 ${TITLE_BAND} ${width} ${rest}"`);
  return (cropped + svg.slice(root.length)).replace(/<g class="g-gtitle">[\s\S]*?<\/g>/, '');
}

/**
 * The figure's markup. The picture is an image, so nothing in it can run or reach the page.
 *
 * @param svg - the static picture; null where the folder has none
 * @param description - what the figure shows, for readers who do not see it
 */
export function picture(figure: Figure, svg: string | null, description: string): Markup {
  const { layout, data } = figure;
  const {
    width = 800,
    height = 480,
    images,
  } = layout as { width?: number; height?: number; images?: unknown[] };
  const shown = layout.title === undefined ? height : height - TITLE_BAND;
  // A picture made of pictures gains nothing from being live.
  const still = images !== undefined && images.length > 0;
  // How narrow it may get before the page scrolls it sideways instead: panels side by side and diagrams need the most.
  const room = still
    ? ' photograph'
    : width >= 900 || !hasAxes(layout)
      ? ' broad'
      : layout.xaxis2 !== undefined || data.some(({ type }) => type === 'heatmap')
        ? ' wide'
        : '';
  const source = svg === null ? null : encoded(rounded(cropTitle(svg)));
  const image =
    source === null
      ? markup`<p class="missing">This figure needs a browser that runs scripts.</p>`
      : markup`<img class="still" alt="${description}" width="${width}" height="${shown}" loading="lazy" decoding="async" src="data:image/svg+xml,${source}">`;
  const live = still ? null : dataOf(untitled(figure));
  return markup`<div class="plot${room}" data-height="${shown}">${image}${live}</div>`;
}

/**
 * The markup of a figure whose picture is a PNG, as notebooks keep it: with its title, which no heading repeats.
 *
 * @param png - base64; null where there is none
 */
export function pngPicture({ data, layout }: Figure, png: string | null, description: string): Markup {
  const { width: _width, ...rest } = layout as Layout & { width?: number; height?: number };
  const { height = 480, images } = rest as { height?: number; images?: unknown[] };
  const still =
    png === null
      ? markup`<p class="missing">This figure needs a browser that runs scripts.</p>`
      : markup`<img class="still" alt="${description}" loading="lazy" decoding="async" src="data:image/png;base64,${png}">`;
  const isPhotograph = images !== undefined && images.length > 0;
  const live = isPhotograph ? null : dataOf({ data, layout: rest });
  return markup`<div class="plot${isPhotograph ? ' photograph' : ''}" data-height="${height}">${still}${live}</div>`;
}

/** What makes the figure live, for the page's script. */
const dataOf = (figure: Figure): Markup =>
  markup`<script type="text/plain">${packed(JSON.stringify(figure))}</script>`;

/** Coordinates to a hundredth of a pixel: finer than any screen. */
const rounded = (svg: string): string => svg.replace(/(\d\.\d\d)\d+/g, '$1');

/** Text in a data URI within double quotes: a third smaller than base64, and what would end either is escaped. */
const encoded = (text: string): Markup =>
  new Markup(text.replace(/[%#"&\r\n\t]/g, (character) => encodeURIComponent(character)));

/** False for a diagram, whose boxes and words stand at fixed places. */
const hasAxes = ({ xaxis }: Layout): boolean =>
  (xaxis as { visible?: boolean } | undefined)?.visible !== false;
