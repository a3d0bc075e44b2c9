// What a notebook says: the question and the findings above its outputs, the differences below.
import test from 'ava';
import { markup } from '../../src/report/markup.js';
import { notesSections } from '../../src/report/notes.js';

test('notesSections: question and findings above, all but the first folded; what differs below; nothing where nothing is said', (t) => {
  const notes = {
    title: 't',
    question: 'Does `x` help?',
    findings: ['by -1', '<b>'],
    differs: 'all of *it*',
  };
  const { above, below } = notesSections(notes);
  t.is(
    markup`${above}`.text,
    '<p class="question"><strong>Question.</strong> Does <code>x</code> help?</p>\n' +
      '<p class="found"><strong>What came out.</strong> by −1</p>\n' +
      '<details class="findings"><summary>1 more</summary><ul>\n<li>&lt;b&gt;</li>\n</ul></details>\n',
  );
  t.is(markup`${below}`.text, '<h3>What differs and why</h3>\n<p>all of <em>it</em></p>\n');
  const none = notesSections({ ...notes, question: null, findings: [], differs: null });
  t.is(markup`${none.above}${none.below}`.text, '');
  t.deepEqual(notesSections(undefined), { above: null, below: null });
});
