import test from 'ava';
import { findings, findingsIn } from '../../src/display/findings.js';
import { inCell, printed } from '../helpers/cell.js';

test.serial(
  'findings: a list under its title, as text outside a notebook; nothing for no sentences',
  async (t) => {
    t.is(await printed(() => findings(['a < b', 'c'])), 'What came out.\n• a < b\n• c');
    t.is(await printed(() => findings([])), '');
  },
);

test.serial('findings: in a cell a list whose sentences are text', async (t) => {
  const [{ data }] = await inCell(() => findings(['a < b', '<img>']));
  t.is(data['text/html'], '<p><b>What came out.</b></p><ul><li>a &lt; b</li><li>&lt;img&gt;</li></ul>');
});

test.serial('findingsIn: the sentences come back from what is shown; other text holds none', async (t) => {
  const sentences = ['a < b', '• c'];
  t.deepEqual(findingsIn(await printed(() => findings(sentences))), sentences);
  t.deepEqual(findingsIn('• a list\n• of other things'), []);
});
