// What `npm run docs` is made of; the site itself is made in CI, which fails where a link of it leads nowhere.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import test from 'ava';
import { temporaryFolder } from './helpers/folder.js';

const script = (name: string): Promise<unknown> => import(pathToFileURL(join('scripts', 'docs', name)).href);

test('links of a site: files and anchors that are not there are named with their page, other sites are not asked', async (t) => {
  const { deadLinks } = (await script('links.mjs')) as { deadLinks(folder: string): string[] };
  const folder = temporaryFolder(t);
  mkdirSync(join(folder, 'sub'));
  writeFileSync(
    join(folder, 'index.html'),
    '<a href="sub/a.html#there"></a><a href="sub/a.html#gone">x</a><img src="none.png"><a href="https://example.org/x"></a>',
  );
  writeFileSync(
    join(folder, 'sub', 'a.html'),
    '<h1 id="there">A</h1><a href="../index.html"></a><a href="b.html"></a>',
  );
  t.deepEqual(deadLinks(folder).sort(), [
    'index.html: none.png',
    'index.html: sub/a.html#gone (no such anchor)',
    `${join('sub', 'a.html')}: b.html`,
  ]);
});

test('a notebook as a page: its prose, its code, pictures as files, tables as Markdown', async (t) => {
  type Write = (file: string, folder: string, group: string) => string;
  const { writeNotebookPage } = (await script('notebook-page.mjs')) as { writeNotebookPage: Write };
  const folder = temporaryFolder(t);
  const file = join(folder, 'one.ipynb');
  const data = { 'image/png': Buffer.from('a picture').toString('base64'), 'text/plain': 'a figure' };
  const outputs = [
    { output_type: 'stream', text: ['said\n'] },
    { output_type: 'display_data', data },
    { output_type: 'display_data', data: { 'text/markdown': '| a |\n| --- |\n| 1 |', 'text/plain': 'a\n1' } },
  ];
  const cells = [
    { cell_type: 'markdown', source: ['# A title\n', '\n', 'Prose, [more](tutorials/02-b.ipynb).'] },
    { cell_type: 'code', source: 'await show(1);', outputs },
  ];
  writeFileSync(file, JSON.stringify({ cells }));
  const page = readFileSync(writeNotebookPage(file, folder, 'Notebooks'), 'utf8');
  t.is(
    page,
    '---\ntitle: "A title"\ngroup: Notebooks\n---\n\n# A title\n\nProse, [more](./02-b.md).\n\n```ts\nawait show(1);\n```\n\n' +
      '```text\nsaid\n```\n\n![](one/1.png)\n\n| a |\n| --- |\n| 1 |\n',
  );
  t.is(readFileSync(join(folder, 'one', '1.png'), 'utf8'), 'a picture');
});
