import test from 'ava';
import { Notes } from '../../src/training/notes.js';

test('a warning is told once and kept in order; one that was told before is kept in silence', (t) => {
  const said: string[] = [];
  const notes = new Notes((line) => said.push(line));
  t.deepEqual(notes.kept(), {});
  notes.keep(['before']);
  notes.warn(['a', 'before']);
  notes.warn(['a', 'b']);
  notes.note('a note');
  t.deepEqual(said, ['warning: a', 'warning: b', 'a note']);
  t.deepEqual(notes.kept(), { warnings: ['before', 'a', 'b'] });
});
