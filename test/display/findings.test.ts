import test from 'ava';
import { findings } from '../../src/display/findings.js';
import { printed } from '../helpers/cell.js';

test.serial(
  'findings: a list under its title, as text outside a notebook; nothing for no sentences',
  async (t) => {
    t.is(await printed(() => findings(['a < b', 'c'])), 'What came out.\n• a < b\n• c');
    t.is(await printed(() => findings([])), '');
  },
);
