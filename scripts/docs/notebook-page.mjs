// A committed notebook as a page of Markdown: its prose, its code, and what it showed, pictures in files beside it.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';

const text = (value) => (Array.isArray(value) ? value.join('') : value);

/** The heading that a notebook begins with. */
const titleOf = (cells) => /^# (.*)$/m.exec(text(cells[0].source))?.[1] ?? 'notebook';

/**
 * Writes the page.
 *
 * @param file - the notebook
 * @param folder - where the page goes; its pictures go into a folder of its name
 * @param group - the heading under which it is listed
 * @returns the page's path
 */
export function writeNotebookPage(file, folder, group) {
  const { cells } = JSON.parse(readFileSync(file, 'utf8'));
  const stem = basename(file, '.ipynb');
  const pictures = [];
  const picture = (data) => {
    const name = `${stem}/${pictures.length + 1}.png`;
    pictures.push([name, Buffer.from(text(data), 'base64')]);
    return `![](${name})`;
  };
  const parts = cells.map((cell) => {
    if (cell.cell_type === 'markdown') return linked(text(cell.source));
    const shown = cell.outputs.map((output) => outputMarkdown(output, picture)).filter(Boolean);
    return [fenced('ts', text(cell.source)), ...shown].join('\n\n');
  });
  mkdirSync(join(folder, stem), { recursive: true });
  for (const [name, bytes] of pictures) writeFileSync(join(folder, name), bytes);
  const page = join(folder, `${stem}.md`);
  const head = ['---', `title: ${JSON.stringify(titleOf(cells))}`, `group: ${group}`, '---'].join('\n');
  writeFileSync(page, `${head}\n\n${parts.join('\n\n')}\n`);
  return page;
}

/** Links to other notebooks lead to their pages, which stand in one folder. */
const linked = (prose) => prose.replace(/\]\((?:[\w./-]*\/)?([\w-]+)\.ipynb\)/g, '](./$1.md)');

const fenced = (language, source) => `\`\`\`${language}\n${source.trimEnd()}\n\`\`\``;

/** A picture before a table, a table before text. */
function outputMarkdown({ output_type, data, text: printed }, picture) {
  if (output_type === 'stream') return fenced('text', text(printed));
  if (data === undefined) return undefined;
  if (data['image/png']) return picture(data['image/png']);
  if (data['text/markdown']) return text(data['text/markdown']);
  const plain = text(data['text/plain'] ?? '');
  return plain === '' || plain === 'plotly.js' ? undefined : fenced('text', plain);
}
