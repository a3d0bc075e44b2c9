import { join } from 'node:path';
import test from 'ava';
import { createNotebook, readNotebook, type CodeCell } from '../../src/notebooks/nbformat.js';
import { checkNotes, notesOf } from '../../src/notebooks/notes.js';
import { notebooksRoot } from '../../src/paths.js';
import { NOTEBOOKS } from '../../src/studies/index.js';

test('notesOf: title, question, findings and what differs; what a notebook lacks is null', (t) => {
  const notebook = createNotebook([
    '# A title\n\n**Question.** Does it\nhelp?\n\n**What we did.** Looked.',
    { code: 'findings([…])' },
    '**What differs and why.** The network\nis smaller.\n\n## More',
  ]);
  (notebook.cells[1] as CodeCell).outputs.push(
    { output_type: 'stream', name: 'stdout', text: '• not a finding' },
    { output_type: 'display_data', data: { 'text/plain': 'What came out.\n• one\n• two' }, metadata: {} },
    { output_type: 'display_data', data: { 'text/plain': 'a table' }, metadata: {} },
  );
  t.deepEqual(notesOf(notebook), {
    title: 'A title',
    question: 'Does it help?',
    findings: ['one', 'two'],
    differs: 'The network is smaller.',
  });
  t.deepEqual(notesOf(createNotebook(['text'])), {
    title: null,
    question: null,
    findings: [],
    differs: null,
  });
});

test('the notebook of every study has a title and a question, and notes come back from JSON', (t) => {
  for (const name of NOTEBOOKS) {
    const notes = notesOf(readNotebook(join(notebooksRoot(), `${name}.ipynb`)));
    t.truthy(notes.title, name);
    t.truthy(notes.question, name);
    t.deepEqual(checkNotes(JSON.parse(JSON.stringify(notes))), notes);
  }
  t.throws(() => checkNotes({ title: 1 }), { message: /title/ });
});
