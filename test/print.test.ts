import test from 'ava';
import { inChild } from './helpers/in-child.js';

test('what is printed cannot make a terminal do anything; data for a program keeps its bytes', (t) => {
  const out = inChild(
    t,
    'src/print.ts',
    `files.print('a\\u001b[2Jb\\tc\\nd'); files.printData('\\u001b[0m!');`,
  );
  t.is(out, 'a\\u001b[2Jb\tc\nd\n\u001b[0m!');
});
