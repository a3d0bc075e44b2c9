import test from 'ava';
import { wrapped } from '../../src/display/wrap.js';

test('lines are broken at spaces, what follows is indented by the lead; a long word stands alone', (t) => {
  t.is(wrapped('one two three', 11, '  - '), '  - one two\n    three');
  t.is(wrapped('a anextraordinarilylongword b', 10), 'a\nanextraordinarilylongword\nb');
  t.is(wrapped('', 10, '> '), '> ');
});
