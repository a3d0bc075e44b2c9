import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import test from 'ava';
import { JSDOM } from 'jsdom';
import { buildNotebookPage } from '../../src/report/notebook-page.js';
import { temporaryFolder } from '../helpers/folder.js';
import { unpacked } from '../helpers/unpacked.js';

const figure = { data: [{ type: 'scatter', y: [1, 2] }], layout: { title: { text: 'a' } } };
const display = (data: object): object => ({ output_type: 'display_data', data, metadata: {} });
const cell = (source: string, ...outputs: object[]): object => ({
  ...{ cell_type: 'code', metadata: {}, source, outputs, execution_count: 1 },
});
const notebook = (...cells: object[]): string =>
  JSON.stringify({ nbformat: 4, nbformat_minor: 5, metadata: {}, cells });
const text = (source: string): object => ({ cell_type: 'markdown', metadata: {}, source });
const png = Buffer.from('picture').toString('base64');

test('a notebook as a page: prose, headings with links, figures with their data, tables, code folded', (t) => {
  const file = join(temporaryFolder(t), 'mine.ipynb');
  writeFileSync(
    file,
    notebook(
      text('# My study\n\nWhat *is* it?'),
      text('## First'),
      cell(
        'await show(1);',
        display({ 'application/vnd.plotly.v1+json': figure, 'image/png': png, 'text/plain': 'a figure' }),
        display({
          'text/html': '<table></table>',
          'text/markdown': '| a |\n| --- |\n| 7 |',
          'text/plain': 'a\n7',
        }),
        { output_type: 'stream', name: 'stdout', text: 'said\n' },
      ),
    ),
  );
  const page = buildNotebookPage(file);
  t.is(page, file.replace('.ipynb', '.html'));
  const { document } = new JSDOM(readFileSync(page, 'utf8')).window;
  t.is(document.title, 'My study');
  t.is(document.querySelectorAll('h1').length, 1);
  t.is(document.querySelector('nav a')?.getAttribute('href'), `#${document.querySelector('article h2')?.id}`);
  t.is(document.querySelector('.plot img')?.getAttribute('src'), `data:image/png;base64,${png}`);
  t.deepEqual(JSON.parse(unpacked(document.querySelector('.plot script'))), figure);
  t.is(document.querySelector('td')?.textContent, '7');
  t.is(document.querySelector('details.code code')?.textContent, 'await show(1);');
  t.true(document.body.textContent?.includes('said'));
  t.is(
    readFileSync(buildNotebookPage(file, { title: 'Other', output: page }), 'utf8').match(/<h1>([^<]*)/)?.[1],
    'Other',
  );
});

test('nothing in a notebook runs: HTML in its prose, outputs and code is text, links to scripts are none', (t) => {
  const file = join(temporaryFolder(t), 'bad.ipynb');
  const bad = '<script>alert(1)</script><img src=x onerror=alert(2)> [x](javascript:alert(3))';
  writeFileSync(
    file,
    notebook(
      text(`# ${bad}\n\n${bad}`),
      cell(bad, display({ 'text/html': bad, 'text/markdown': bad }), display({ 'text/plain': bad }), {
        ...{ output_type: 'error', ename: bad, evalue: bad, traceback: [] },
      }),
    ),
  );
  const { document } = new JSDOM(readFileSync(buildNotebookPage(file), 'utf8')).window;
  t.is(document.querySelectorAll('script:not([type])').length, 1, 'the page’s own');
  t.is(document.querySelectorAll('article img, article a[href^="javascript"]').length, 0);
});
