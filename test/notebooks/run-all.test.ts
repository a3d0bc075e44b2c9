// What is refused; notebooks that really run are in run.test.ts.
import test from 'ava';
import { DataError, SettingsError } from '../../src/errors.js';
import { runNotebooks } from '../../src/notebooks/run-all.js';

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
