import test from 'ava';
import { reflowed, wrapped } from '../../src/display/wrap.js';

test('lines are broken at spaces, what follows is indented by the lead; a long word stands alone', (t) => {
  t.is(wrapped('one two three', 11, '  - '), '  - one two\n    three');
  t.is(wrapped('a anextraordinarilylongword b', 10), 'a\nanextraordinarilylongword\nb');
  t.is(wrapped('', 10, '> '), '> ');
});

test('reflowed: paragraphs are broken anew, a subject keeps its line, what is indented stays', (t) => {
  t.is(
    reflowed(
      '\none two three\nfour five\n\nbase   one two three\naxes   four\n         five six\n  sgs train --epochs 20',
      14,
    ),
    '\none two three\nfour five\n\nbase   one two\n       three\naxes   four\n         five\n         six\n  sgs train --epochs 20',
  );
});
