import { mkdirSync, readdirSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import test from 'ava';
import {
  namesIn,
  removeLeftovers,
  removeQuietly,
  removeUntouched,
  temporaryBeside,
} from '../../src/files/leftovers.js';
import { temporaryFolder } from '../helpers/folder.js';

const HOUR = 3600;
const age = (path: string, hours: number): void => {
  const then = Date.now() / 1000 - hours * HOUR;
  utimesSync(path, then, then);
};

test('removeLeftovers: temporary files and folders go after a day, no earlier; whatever else is there stays', (t) => {
  const folder = temporaryFolder(t);
  const [old, young] = [temporaryBeside(join(folder, 'a')), temporaryBeside(join(folder, 'a'))];
  t.not(old, young);
  const oldFolder = temporaryBeside(join(folder, 'b'));
  for (const file of [old, young, join(folder, 'kept.json'), join(folder, 'short.0123.tmp')])
    writeFileSync(file, '');
  mkdirSync(join(oldFolder, 'full'), { recursive: true });
  for (const path of [old, oldFolder, join(folder, 'kept.json'), join(folder, 'short.0123.tmp')])
    age(path, 25);
  age(young, 23);
  removeLeftovers(folder);
  t.deepEqual(
    readdirSync(folder).sort(),
    [young.slice(folder.length + 1), 'kept.json', 'short.0123.tmp'].sort(),
  );
});

test('removeLeftovers: with a name only those made for it', (t) => {
  const folder = temporaryFolder(t);
  const files = ['a', 'ab'].map((name) => temporaryBeside(join(folder, name)));
  for (const file of files) writeFileSync(file, '');
  for (const file of files) age(file, 48);
  removeLeftovers(folder, 'a');
  t.deepEqual(readdirSync(folder), [files[1].slice(folder.length + 1)]);
});

test('a folder that cannot be listed holds nothing, and what is not there is removed without a word', (t) => {
  const missing = join(temporaryFolder(t), 'missing');
  t.deepEqual(namesIn(missing), []);
  t.notThrows(() => removeLeftovers(missing));
  t.notThrows(() => removeUntouched(missing, ['a']));
  t.notThrows(() => removeQuietly(missing));
});
