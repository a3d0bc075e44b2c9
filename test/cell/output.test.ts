import test from 'ava';
import * as browser from '../../src/cell/browser/output.js';
import { displayChannel, show } from '../../src/cell/output.js';
import { inCell, printed } from '../helpers/cell.js';

test.serial('displayChannel: there is one in a notebook cell and none elsewhere', async (t) => {
  t.is(displayChannel(), undefined);
  await inCell(() => void t.is(typeof displayChannel(), 'function'));
  t.is(displayChannel(), undefined);
});

test.serial('show: the whole bundle goes to the cell, only its text to a terminal', async (t) => {
  const data = { 'text/plain': 'a', 'text/html': '<i>a</i>' };
  t.deepEqual(await inCell(() => show(data, { k: 1 })), [
    { data, metadata: { k: 1 }, id: undefined, update: false },
  ]);
  t.is(await printed(() => show(data)), 'a');
});

test.serial('in a page there is no cell, and text is printed', async (t) => {
  await inCell(() => void t.is(browser.displayChannel(), undefined));
  t.is(await printed(() => browser.show({ 'text/plain': 'a' })), 'a');
});
