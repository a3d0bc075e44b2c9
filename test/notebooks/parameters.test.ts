import test from 'ava';
import { DataError, SettingsError } from '../../src/errors.js';
import { createNotebook } from '../../src/notebooks/nbformat.js';
import { injectParameters } from '../../src/notebooks/parameters.js';

test('injectParameters: replaces what an earlier run injected, and refuses unknown places and names', (t) => {
  const notebook = createNotebook([{ code: 'let a = 1;', tags: ['parameters'] }, { code: 'a' }]);
  const once = injectParameters(notebook, { a: 2 }, 'n.ipynb');
  t.deepEqual(
    injectParameters(once, { a: 'x"' }, 'n.ipynb').cells.map(({ source }) => source),
    ['let a = 1;', 'a = "x\\"";\nvoid 0; // a cell shows its last value', 'a'],
  );
  t.deepEqual(injectParameters(once, {}, 'n.ipynb'), notebook);
  t.throws(() => injectParameters(notebook, { 'a; process.exit()': 1 }, 'n.ipynb'), {
    instanceOf: SettingsError,
    message: /"a; process\.exit\(\)" is not a variable's name/,
  });
  t.throws(() => injectParameters(createNotebook([{ code: 'let a = 1;' }]), { a: 2 }, 'n.ipynb'), {
    instanceOf: DataError,
    message: /n\.ipynb: parameters given \(a\), but no code cell has the tag `parameters`/,
  });
});
