import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import test from 'ava';
import { DataError } from '../../src/errors.js';
import { createNotebook, formatNotebook, parseNotebook, readNotebook } from '../../src/notebooks/nbformat.js';
import { temporaryFolder } from '../helpers/folder.js';

const JUPYTER_TEXT = `{
 "cells": [
  {
   "cell_type": "markdown",
   "id": "a",
   "metadata": {},
   "source": [
    "# Title\\n",
    "text"
   ]
  },
  {
   "cell_type": "code",
   "execution_count": null,
   "id": "b",
   "metadata": {},
   "outputs": [
    {
     "name": "stdout",
     "output_type": "stream",
     "text": [
      "1\\n",
      "2\\n"
     ]
    },
    {
     "data": {
      "application/json": {
       "__proto__": [
        1
       ],
       "z": "a\\nb"
      },
      "image/png": "AAAA\\n",
      "text/plain": [
       "é"
      ]
     },
     "metadata": {},
     "output_type": "display_data"
    }
   ],
   "source": []
  }
 ],
 "metadata": {},
 "nbformat": 4,
 "nbformat_minor": 5
}
`;

test('formatNotebook: text as Jupyter writes it comes back byte for byte, __proto__ keys included', (t) => {
  t.is(formatNotebook(parseNotebook(JUPYTER_TEXT, 'a.ipynb')), JUPYTER_TEXT);
});

test('parseNotebook: text in lines is joined; base64 and JSON stay as they are', (t) => {
  const { cells } = parseNotebook(JUPYTER_TEXT, 'a.ipynb');
  t.is(cells[0].source, '# Title\ntext');
  const [stream, display] = cells[1].cell_type === 'code' ? cells[1].outputs : [];
  t.like(stream, { text: '1\n2\n' });
  t.like(display, { data: { 'image/png': 'AAAA\n', 'text/plain': 'é' } });
});

test('formatNotebook: keys are sorted, so the order of a writer does not matter', (t) => {
  const shuffled = JSON.stringify({ nbformat_minor: 5, nbformat: 4, metadata: { b: 1, a: 2 }, cells: [] });
  t.is(
    formatNotebook(parseNotebook(shuffled, 'a.ipynb')),
    '{\n "cells": [],\n "metadata": {\n  "a": 2,\n  "b": 1\n },\n "nbformat": 4,\n "nbformat_minor": 5\n}\n',
  );
});

test('formatNotebook: small numbers as Python writes them, in figures and nowhere else', (t) => {
  const notebook = createNotebook([{ code: 'x = 0.00001' }]);
  const numbers = [1e-5, 1.0000000000000002e-6, -1.5e-7, 1e-12, 0.0001, 9.999e-5, 1e21, 100000, 0];
  const texts = ['0.00001', '": 0.00001', '\n0.00001\n', '"x": 1e-7,'];
  const metadata = { numbers, texts, 'a": "b': 1e-8, nested: { '\\': -0.00002 } };
  const written = formatNotebook({ ...notebook, metadata });
  // What Python 3's json.dumps gives for the same numbers.
  const python = '1e-05 1.0000000000000002e-06 -1.5e-07 1e-12 0.0001 9.999e-05 1e+21 100000 0'.split(' ');
  t.true(
    written.includes(`"numbers": [\n${python.map((number) => `   ${number}`).join(',\n')}\n  ]`),
    written,
  );
  t.true(written.includes('"a\\": \\"b": 1e-08'));
  t.true(written.includes('"\\\\": -2e-05'));
  t.deepEqual(parseNotebook(written, 'a.ipynb').metadata, metadata);
  t.is(parseNotebook(written, 'a.ipynb').cells[0].source, 'x = 0.00001');
});

test('parseNotebook: what is no notebook is refused by file and place', (t) => {
  const refused = (text: string, message: RegExp): void => {
    t.throws(() => parseNotebook(text, 'x.ipynb'), { instanceOf: DataError, message });
  };
  refused('{', /x\.ipynb: is not JSON/);
  refused('[]', /x\.ipynb: not a notebook of format 4: top level/);
  refused('{"nbformat":3,"nbformat_minor":0,"metadata":{},"cells":[]}', /format 4: nbformat:/);
  const cell = { cell_type: 'code', metadata: {}, source: '', execution_count: null };
  const nb = { nbformat: 4, nbformat_minor: 5, metadata: {} };
  refused(JSON.stringify({ ...nb, cells: [cell] }), /cells\.0\.outputs:/);
  refused(
    JSON.stringify({ ...nb, cells: [{ ...cell, outputs: [{ output_type: 'x' }] }] }),
    /cells\.0\.outputs\.0/,
  );
});

test('readNotebook: a file that is not there is named', (t) => {
  t.throws(() => readNotebook('nowhere.ipynb'), {
    instanceOf: DataError,
    message: /nowhere\.ipynb: .*ENOENT/,
  });
});

test('createNotebook: what it makes is a valid notebook with tags, ids and no outputs', (t) => {
  const notebook = createNotebook(['# A', { code: 'let n = 1;', tags: ['parameters'] }, { code: 'n' }]);
  t.deepEqual(parseNotebook(formatNotebook(notebook), 'a.ipynb'), notebook);
  t.deepEqual(
    notebook.cells.map(({ cell_type, id, metadata }) => [cell_type, id, metadata.tags]),
    [
      ['markdown', 'cell-1', undefined],
      ['code', 'cell-2', ['parameters']],
      ['code', 'cell-3', undefined],
    ],
  );
});

test('readNotebook: a byte-order mark, and UTF-16, are read', (t) => {
  const folder = temporaryFolder(t);
  for (const encoding of ['utf8', 'utf16le'] as const) {
    const file = join(folder, `${encoding}.ipynb`);
    writeFileSync(file, Buffer.from(`\ufeff${JUPYTER_TEXT}`, encoding));
    t.is(formatNotebook(readNotebook(file)), JUPYTER_TEXT);
  }
});
