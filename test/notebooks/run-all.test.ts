// What is refused; notebooks that really run are in run.test.ts.
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import test from 'ava';
import { DataError, SettingsError } from '../../src/errors.js';
import { notebooksAt, runNotebooks } from '../../src/notebooks/run-all.js';
import { temporaryFolder } from '../helpers/folder.js';

test('runNotebooks: nothing to run, or two places to save, is refused', async (t) => {
  await t.throwsAsync(runNotebooks([]), { instanceOf: SettingsError, message: /no notebooks/ });
  await t.throwsAsync(runNotebooks(['a.ipynb'], { inPlace: true, outputFolder: 'b' }), {
    instanceOf: SettingsError,
    message: /exclude each other/,
  });
  await t.throwsAsync(runNotebooks(['d1/x.ipynb', 'd2/x.ipynb'], { outputFolder: 'out' }), {
    instanceOf: SettingsError,
    message: /d1.x\.ipynb and d2.x\.ipynb would both be saved as out.x\.ipynb/,
  });
  await t.throwsAsync(runNotebooks(['a.ipynb'], { outputFolder: 'package.json' }), {
    instanceOf: DataError,
    message: /package\.json: cannot make it \(EEXIST\)/,
  });
  await t.throwsAsync(runNotebooks(['nowhere.ipynb'], { print: () => undefined }), {
    instanceOf: DataError,
    message: /nowhere\.ipynb: cannot read it \(ENOENT\)/,
  });
});

test('notebooksAt: a file is itself; a folder gives its notebooks by name, then those of its folders, but none of hidden ones', (t) => {
  const folder = temporaryFolder(t);
  for (const file of ['b.ipynb', 'a.ipynb', 'notes.md', 'more/c.ipynb', '.ipynb_checkpoints/a.ipynb']) {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), '');
  }
  t.deepEqual(
    notebooksAt(folder).map((file) => relative(folder, file)),
    ['a.ipynb', 'b.ipynb', join('more', 'c.ipynb')],
  );
  t.deepEqual(notebooksAt('x.ipynb'), ['x.ipynb']);
});
