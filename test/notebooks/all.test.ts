// The notebooks of this repository as they are committed. That their outputs are what the records give is checked by
// `sgs notebooks --check`, which executes them.
import { readFileSync } from 'node:fs';
import { relative } from 'node:path';
import test from 'ava';
import { faultsOf } from '../../src/notebooks/committed.js';
import { formatNotebook, parseNotebook } from '../../src/notebooks/nbformat.js';
import { notebooksAt } from '../../src/notebooks/run-all.js';
import { NOTEBOOK_LIMIT } from '../../src/notebooks/save.js';
import { notebooksRoot } from '../../src/paths.js';

for (const file of notebooksAt(notebooksRoot())) {
  const name = relative(notebooksRoot(), file);
  test(`${name}: executed from the top, readable without scripts, at most 1 MiB, of no machine, as it is saved`, (t) => {
    const text = readFileSync(file, 'utf8');
    const notebook = parseNotebook(text, name);
    t.deepEqual(faultsOf(notebook), []);
    t.true(Buffer.byteLength(text) <= NOTEBOOK_LIMIT);
    t.true(text === formatNotebook(notebook), 'its bytes are those that saving gives');
  });
}
