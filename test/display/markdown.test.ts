import test from 'ava';
import { markdown } from '../../src/display/markdown.js';
import { inCell, printed } from '../helpers/cell.js';

test.serial('markdown: rendered in a cell, as it is written outside', async (t) => {
  const text = '**v** is $v = \\tau u + x$';
  const [{ data }] = await inCell(() => markdown(text));
  t.deepEqual(data, { 'text/markdown': text, 'text/plain': text });
  t.is(await printed(() => markdown(text)), text);
});
