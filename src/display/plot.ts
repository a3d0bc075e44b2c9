// Figures in a cell: interactive where Plotly is at hand, Plotly JSON for editors, a picture everywhere else.
import { readFileSync } from 'node:fs';
import {
  type DisplayChannel,
  displayChannel,
  type MimeBundle,
  type Role,
  ROLE_KEY,
  show,
} from '../cell/output.js';
import { UnsupportedError } from '../errors.js';
import { type GridSettings, imageGrid, type Picture } from '../figures/images.js';
import { DARK_TEMPLATE, type Figure, LIGHT_TEMPLATE, unlabel } from '../figures/theme.js';
import { canonicalJson, sha256 } from '../hash.js';
import type { Json } from '../json.js';
import { escapeHtml, scriptLiteral } from '../text.js';

/** Size and picture of a figure in a cell. */
export interface PlotOptions {
  /** Width and height in CSS pixels; default the figure's own, else 800 × 480. */
  width?: number;
  height?: number;
  /** Also draw it as a picture, for readers that run no scripts; default true. The first costs one to two seconds. */
  picture?: boolean;
  /** The figure to draw as picture where this one needs WebGL, such as projections of a 3-d cloud. */
  still?: Figure;
}

const role = (name: Role): { [key: string]: Json } => ({ [ROLE_KEY]: { role: name } });

/** Pixels of a picture for each CSS pixel: sharp enough on paper; twenty figures stay below 1 MiB a notebook. */
const PICTURE_SCALE = 1.5;

/** Time that a page has to run the script of plotly.js before its output is emptied; Jupyter needs none of it. */
const LOADING_MS = 2000;

let plotlySent = 0;

/**
 * Puts plotly.js into the page, so that figures become interactive: once a kernel, in a cell near the top.
 *
 * It is 4.8 MB, and a notebook that is saved would keep it: so its output is emptied once the page has it. Without the
 * package plotly.js-dist-min, and outside a notebook, nothing happens: figures are pictures.
 *
 * @param options - `again`: send it again, after the page was loaded anew
 * @returns resolves when it is sent; the page may take a second longer to run it
 */
export async function initPlotly({ again = false }: { again?: boolean } = {}): Promise<void> {
  const send = displayChannel();
  if (send === undefined || (plotlySent > 0 && !again)) return;
  const { locateOptional } = await import('../figures/render/optional.js');
  let script: string;
  try {
    script = readFileSync(locateOptional('plotly.js-dist-min', 'drawing interactive figures'), 'utf8');
  } catch (error) {
    if (error instanceof UnsupportedError) return;
    throw error;
  }
  const transient = { display_id: `sgs-plotly-${++plotlySent}` };
  const output = (html: string): Parameters<DisplayChannel>[0] => ({
    data: { 'text/html': html, 'text/plain': 'plotly.js' },
    metadata: role('plotly.js'),
    transient,
  });
  send(output(`<script>${script}</script>`), false);
  setTimeout(() => send(output(''), true), LOADING_MS).unref();
}

/**
 * Shows a figure in the cell; outside a notebook its title is printed. A figure with sliders sends plotly.js first where
 * {@link initPlotly} has not been called: in a picture nothing moves.
 *
 * @param figure - Plotly JSON; typed arrays are allowed
 * @param options - `width`, `height`: CSS pixels, default the figure's own, else 800 × 480; `picture: false` draws no
 *   picture beside it; `still`: the picture of a figure that needs WebGL
 * @returns resolves when it is shown
 * @throws SettingsError when the size is not one
 *
 * @example
 * ```ts
 * await initPlotly();
 * await plot({ data: [{ type: 'scatter', y: [1, 3, 2] }], layout: {} });
 * ```
 */
export async function plot(figure: Figure, options: PlotOptions = {}): Promise<void> {
  const plain = plainFigure(figure, options);
  const text = describe(plain);
  if (displayChannel() === undefined) {
    show({ 'text/plain': text });
    return;
  }
  if (Array.isArray(plain.layout.sliders) && plain.layout.sliders.length > 0) await initPlotly();
  const still = options.still ? plainFigure(options.still, {}) : plain;
  const picture = (options.picture ?? true) ? await drawPicture(still) : undefined;
  const data: MimeBundle & { 'text/plain': string } = { 'text/plain': text };
  const metadata = role('figure');
  if (picture !== undefined) {
    data['image/png'] = picture.png;
    metadata['image/png'] = { width: picture.width };
  }
  // A picture made of pictures gains nothing from being live, and its JSON holds them all once more.
  if (picture === undefined || !isPhotograph(plain)) {
    data['application/vnd.plotly.v1+json'] = {
      ...plain,
      config: { displaylogo: false, responsive: true },
    } as unknown as Json;
    data['text/html'] = figureHtml(plain, text, picture);
  }
  show(data, metadata);
}

/**
 * Shows a grid of pictures with captions.
 *
 * @param pictures - at least one; of a data set: `examplePictures`
 * @param settings - `title`; `columns`: default a grid about twice as wide as high; `cell`: pixels, default 96
 * @returns resolves when they are shown
 * @throws SettingsError when a picture's pixels do not fit its size
 */
export const showImages = (pictures: readonly Picture[], settings: GridSettings = {}): Promise<void> =>
  plot(imageGrid(pictures, settings));

/** The figure as JSON would hold it, typed arrays as arrays, in the size asked for. */
function plainFigure(figure: Figure, { width, height }: PlotOptions): Figure {
  const text = JSON.stringify(figure, (_key, value: unknown) =>
    ArrayBuffer.isView(value) && !(value instanceof DataView)
      ? Array.from(value as unknown as ArrayLike<number>)
      : value,
  );
  const plain = JSON.parse(text) as Figure;
  return {
    data: plain.data ?? [],
    layout: { ...plain.layout, ...(width && { width }), ...(height && { height }) },
  };
}

/** A figure drawn for readers that run no scripts. */
interface Drawn {
  /** Base64. */
  png: string;
  /** In CSS pixels; the picture may have more. */
  width: number;
}

/** The picture, or undefined where what draws it is not installed or cannot draw such a trace. */
async function drawPicture(figure: Figure): Promise<Drawn | undefined> {
  const { renderPng, renderSvg } = await import('../figures/render/render.js');
  const { compactPng } = await import('../figures/render/compact-png.js');
  const width = widthOf(figure);
  // Photographs are magnified by whole numbers already: another factor blurs them and takes twice the bytes.
  const scale = isPhotograph(figure) ? 1 : PICTURE_SCALE;
  try {
    const png = await renderPng(await renderSvg(figure), { width: Math.round(scale * width) });
    return { png: Buffer.from(compactPng(png)).toString('base64'), width };
  } catch (error) {
    if (error instanceof UnsupportedError) return undefined;
    throw error;
  }
}

const widthOf = ({ layout }: Figure): number => (layout.width as number | undefined) ?? 800;

const isPhotograph = ({ layout }: Figure): boolean =>
  Array.isArray(layout.images) && layout.images.length > 0;

function describe({ data, layout }: Figure): string {
  const title = layout.title as string | { text?: string } | undefined;
  const text = typeof title === 'string' ? title : title?.text;
  const named = data.filter(({ showlegend }) => showlegend !== false);
  const names = named.map(({ name, type }) => (typeof name === 'string' ? unlabel(name) : type));
  return `figure${text ? ` “${text}”` : ''}: ${[...new Set(names)].join(', ') || 'no traces'}`;
}

/** Longest wait of a figure for Plotly, in tries of 100 ms: its script may come after the figure. */
const TRIES = 100;

/** Whether a figure has the package's theme, and not one of its own. */
const isThemed = ({ layout }: Figure): boolean =>
  layout.template !== undefined && canonicalJson(layout.template) === canonicalJson(LIGHT_TEMPLATE);

/** JupyterLab says on its body whether its theme is light; other pages say nothing and are. */
const themes = (): string => `
  var light = figure.layout.template, dark = ${scriptLiteral(DARK_TEMPLATE)};
  var themed = function () {
    var body = document.body;
    return body && body.dataset.jpThemeLight === 'false' ? dark : light;
  };
  figure.layout.template = themed();`;

/** Another theme of JupyterLab is taken over while the page is open. */
const FOLLOWING = `
    if (document.body && window.MutationObserver)
      new MutationObserver(function () {
        window.Plotly.relayout(element, { template: themed() });
      }).observe(document.body, { attributes: true, attributeFilter: ['data-jp-theme-light'] });`;

function figureHtml(figure: Figure, text: string, picture: Drawn | undefined): string {
  // Named by content: the same notebook gives the same bytes, and a figure shown twice is drawn twice. Where the
  // cell is narrower than the figure, the figure is scaled as its picture would be.
  const id = sha256(canonicalJson(figure)).slice(0, 16);
  const fallback =
    picture === undefined
      ? `<p>${escapeHtml(text)}</p>`
      : `<img alt="${escapeHtml(text)}" width="${picture.width}" style="max-width:100%" src="data:image/png;base64,${picture.png}">`;
  return `<div data-sgs-figure="${id}">${fallback}</div>
<script>
(function draw(tries) {
  if (!window.Plotly) { if (tries > 0) setTimeout(draw, 100, tries - 1); return; }
  var figure = ${scriptLiteral(figure)};${isThemed(figure) ? themes() : ''}
  document.querySelectorAll('[data-sgs-figure="${id}"]:not([data-drawn])').forEach(function (element) {
    element.setAttribute('data-drawn', '');
    element.textContent = '';
    var scale = element.clientWidth / figure.layout.width;
    if (scale < 1) Object.assign(element.style, { transform: 'scale(' + scale + ')', transformOrigin: '0 0' });
    window.Plotly.newPlot(element, figure.data, figure.layout, { displaylogo: false });${isThemed(figure) ? FOLLOWING : ''}
    if (scale < 1) element.style.marginBottom = (scale - 1) * element.offsetHeight + 'px';
  });
})(${TRIES});
</script>`;
}
