// The stand-ins for files and paths in a page.
import { posix } from 'node:path';
import test from 'ava';
import * as fs from '../../src/host/browser/fs.js';
import * as path from '../../src/host/browser/path.js';

test('fs: nothing exists, and what is asked for is named', (t) => {
  t.false(fs.existsSync());
  for (const [name, call] of Object.entries(fs))
    if (name !== 'existsSync')
      t.throws(() => (call as (path: string) => void)('/data/x.bin'), {
        code: 'ENOENT',
        message: /a page has no files, \/data\/x\.bin was asked for/,
      });
});

test('path: as of Node, on paths of POSIX', (t) => {
  for (const parts of [
    ['a', 'b.bin'],
    ['', 'a'],
    ['/a/', '/b', '..', 'c'],
    ['./a/./b', '../../..', 'd'],
    ['/', '..', 'x'],
    [''],
    ['/'],
  ]) {
    t.is(path.join(...parts), posix.join(...parts).replace(/(?<=.)\/$/, ''), `join ${parts}`);
    t.is(path.resolve('/', ...parts), posix.resolve('/', ...parts), `resolve ${parts}`);
  }
  for (const each of ['/a/b.png', 'b.png', '/b', 'a/b/']) {
    t.is(path.dirname(each), posix.dirname(each), each);
    for (const ending of ['', '.png', 'g'])
      t.is(path.basename(each, ending), posix.basename(each, ending), `${each} ${ending}`);
  }
  t.is(path.dirname('/'), '/');
});
