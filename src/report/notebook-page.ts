// An executed notebook as a page like the report's, to be shared: its prose, its figures live, its tables, its code folded. Nothing in a
// notebook is obeyed: HTML in its text stays text, and the page's policy lets no script of it run.
import { basename } from 'node:path';
import MarkdownIt from 'markdown-it';
import { writeWhole } from '../files/whole.js';
import type { Figure } from '../figures/theme.js';
import { type CodeCell, type Output, readNotebook } from '../notebooks/nbformat.js';
import { type Fragment, Markup, markup } from './markup.js';
import { page } from './page.js';
import { pngPicture } from './picture.js';

const PLOTLY = 'application/vnd.plotly.v1+json';

/** Where a page goes, and how it is called. */
export interface NotebookPageOptions {
  /** Default: the notebook's first heading, else its name. */
  title?: string;
  /** Default: beside the notebook, with the ending `.html`. */
  output?: string;
}

/**
 * Writes an executed notebook as one HTML file that needs no network and no server. The same notebook gives the same bytes.
 *
 * @param file - the notebook
 * @returns the path written
 * @throws DataError when the notebook cannot be read; UnsupportedError when plotly.js-dist-min is not installed
 */
export function buildNotebookPage(file: string, options: NotebookPageOptions = {}): string {
  const { output = `${file.replace(/\.ipynb$/, '')}.html` } = options;
  const { cells } = readNotebook(file);
  const headings: [id: string, text: string][] = [];
  const text = markdownTo(headings);
  const parts = cells.map((cell): Fragment => {
    if (cell.cell_type === 'markdown') return text(cell.source);
    return cell.cell_type === 'code' ? codeCell(cell, text) : null;
  });
  const [first] = headings;
  const title = options.title ?? first?.[1] ?? basename(file, '.ipynb');
  const links = headings.slice(1).map(([id, name]) => markup`<div><a href="#${id}">${name}</a></div>\n`);
  const made = page({
    title,
    header: null,
    main: markup`${links.length === 0 ? null : markup`<nav aria-label="Contents">\n<h2>Contents</h2>\n${links}</nav>`}
<article class="notebook">
${parts}
</article>`,
    footer: markup`Made of the notebook ${basename(file)}. Figures are drawn with Plotly.js; everything is in this file, it loads nothing.`,
  });
  writeWhole(output, made.text);
  return output;
}

/** Markdown as markup; headings get anchors, the first is the page's title and left out. */
function markdownTo(headings: [id: string, text: string][]): (source: string) => Markup {
  const markdown = new MarkdownIt({ html: false });
  return (source) => {
    const tokens = markdown.parse(source, {});
    const kept = tokens.filter((token, i) => {
      const opening = token.type === 'heading_open' ? i : token.type === 'heading_close' ? i - 2 : i - 1;
      if (tokens[opening]?.type !== 'heading_open') return true;
      if (opening === i) {
        const { content } = tokens[i + 1];
        headings.push([`part-${headings.length + 1}`, content.replace(/[`*]/g, '')]);
        token.attrSet('id', headings[headings.length - 1][0]);
      }
      return tokens[opening].attrGet('id') !== 'part-1';
    });
    return new Markup(markdown.renderer.render(kept, markdown.options, {}));
  };
}

const codeCell = ({ source, outputs }: CodeCell, text: (source: string) => Markup): Markup =>
  markup`<details class="code"><summary>code</summary><pre><code>${source}</code></pre></details>
${outputs.map((output) => shown(output, text))}`;

/** A figure before a picture, a picture before a table, a table before plain text. */
function shown(output: Output, text: (source: string) => Markup): Fragment {
  if (output.output_type === 'stream') return markup`<pre>${output.text}</pre>\n`;
  if (output.output_type === 'error')
    return markup`<pre class="error">${output.ename}: ${output.evalue}</pre>\n`;
  const { data } = output;
  const plain = typeof data['text/plain'] === 'string' ? data['text/plain'] : '';
  const png = typeof data['image/png'] === 'string' ? data['image/png'].replace(/\s/g, '') : null;
  if (isFigure(data[PLOTLY])) return markup`<figure>${pngPicture(data[PLOTLY], png, plain)}</figure>\n`;
  if (png !== null) return markup`<figure><img alt="${plain}" src="data:image/png;base64,${png}"></figure>\n`;
  if (typeof data['text/markdown'] === 'string')
    return markup`<div class="scroll">${text(data['text/markdown'])}</div>\n`;
  return plain === '' || plain === 'plotly.js' ? null : markup`<pre>${plain}</pre>\n`;
}

const isFigure = (value: unknown): value is Figure =>
  typeof value === 'object' &&
  value !== null &&
  'data' in value &&
  Array.isArray(value.data) &&
  'layout' in value;
