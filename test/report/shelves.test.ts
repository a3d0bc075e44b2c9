// Removing what notebooks saved: their files and no others, in the folder of all and in those of notebooks.
import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import test from 'ava';
import { removeOutputs, shelvesIn } from '../../src/report/shelves.js';
import { temporaryFolder } from '../helpers/folder.js';

const writeIn =
  (folder: string) =>
  (name: string, content = ''): void => {
    mkdirSync(join(folder, dirname(name)), { recursive: true });
    writeFileSync(join(folder, name), content);
  };
const madeBy = (notebook: string): string => JSON.stringify({ origin: { notebook } });
const ENDINGS = ['json', 'csv', 'md', 'svg', 'png'];

test('removeOutputs: every file of a stem with provenance, and summaries; nothing else', (t) => {
  const folder = temporaryFolder(t);
  const ours = [...ENDINGS, 'provenance.json', 'summary.json', 'notes.json'].map((ending) => `a.${ending}`);
  const others = ['b.json', 'holiday.png', 'index.html', 'a.txt'];
  for (const name of [...ours, ...others]) writeIn(folder)(name);
  removeOutputs(folder);
  t.deepEqual(readdirSync(folder).sort(), others.sort());
});

test('removeOutputs: a notebook’s folder goes, unless somebody else’s file is in it', (t) => {
  const folder = temporaryFolder(t);
  const write = writeIn(folder);
  for (const notebook of ['energy', 'events']) {
    for (const ending of ENDINGS) write(`${notebook}/ratios.${ending}`);
    write(`${notebook}/ratios.provenance.json`, madeBy(notebook));
    for (const name of ['summary', 'notes']) write(`${notebook}/${name}.json`);
  }
  write('events/holiday.png');
  removeOutputs(folder);
  t.false(existsSync(join(folder, 'energy')));
  t.deepEqual(readdirSync(join(folder, 'events')), ['holiday.png']);
});

test('removeOutputs: a folder of other outputs in the folder stays as it is, an empty one too', (t) => {
  const folder = temporaryFolder(t);
  const write = writeIn(folder);
  write('quick/energy-ratios.csv');
  write('quick/energy-ratios.provenance.json', madeBy('energy'));
  write('quick/broken.provenance.json', '{');
  mkdirSync(join(folder, 'notebooks'));
  removeOutputs(folder);
  t.is(readdirSync(join(folder, 'quick')).length, 3);
  t.true(existsSync(join(folder, 'notebooks')));
});

test('shelvesIn: the folder itself first, then those whose name a notebook may have, by name', (t) => {
  const folder = temporaryFolder(t);
  const write = writeIn(folder);
  for (const name of ['b/x.csv', 'a/notes.json', 'a/a.json', 'Not One/x.csv', 'summary.json', 'a.notes.json'])
    write(name);
  t.deepEqual(
    shelvesIn(folder).map(({ notebook, words, bases }) => [notebook, words.map(({ stem }) => stem), bases]),
    [
      [null, ['a', ''], []],
      ['a', ['a'], ['a']],
      ['b', [], ['x']],
    ],
  );
});
