// Every study, opened on the committed records as its notebook opens it: its figures, tables and claims are the committed ones, byte
// for byte, what it says is in the committed notebook, and nothing that it declares is missing.
import test from 'ava';
import { openStudy, STUDY_NAMES } from '../../src/studies/open.js';
import { Part } from '../../src/studies/part.js';
import { SettingsError } from '../../src/errors.js';
import { show } from '../../src/display/show.js';
import { asCommitted } from '../helpers/committed-study.js';
import { caught } from '../helpers/printed.js';

/** Its data set is made first, which takes seconds: test/studies/views.slow.ts. */
const SLOW = 'events';

for (const name of STUDY_NAMES.filter((each) => each !== SLOW))
  test(`${name}: figures, tables and claims of its parts are those committed`, (t) => asCommitted(t, name));

test('a part without figure or table says so; a study that is none is refused with the nearest name', async (t) => {
  const empty = new Part(() => [{ lines: ['a'] }]);
  t.throws(() => empty.figure, { instanceOf: SettingsError, message: /has no figure/ });
  t.throws(() => empty.rows, { instanceOf: SettingsError, message: /has no table/ });
  await t.throwsAsync(async () => openStudy('noise-robustnes' as never), {
    message: /did you mean.*noise-robustness/i,
  });
  const { accuracy, gains } = await openStudy('noise-robustness');
  t.true(gains.rows.numRows() > 0);
  t.is(accuracy.figure, accuracy.figures[0]);
});

test.serial('a table may be shown with a column more than its numbers have', async (t) => {
  const part = new Part(() => [{ table: [{ b: 1 }], shown: [{ a: 'x', b: 1 }] }, { lines: ['a line'] }]);
  t.is(await caught(() => show(part)), 'a  b\nx  1\na line\n');
  t.deepEqual(part.rows.objects(), [{ b: 1 }]);
});

test('what is drawn and not saved is among the figures of a part', (t) => {
  const drawn = { data: [], layout: { title: { text: 'pictures' } } };
  t.deepEqual(new Part(() => [{ lines: ['a'] }, { drawn }]).figures, [drawn]);
});
