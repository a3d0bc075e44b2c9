import { readFileSync } from 'node:fs';
import test from 'ava';
import { DataError } from '../../src/errors.js';
import { fileError } from '../../src/files/errors.js';

const caught = (run: () => unknown): unknown => {
  try {
    return run();
  } catch (error) {
    return error;
  }
};

test('what the system refuses is a DataError with the file, what was tried, the reason and the remedy', (t) => {
  const error = fileError(
    'runs/a.json',
    'read',
    caught(() => readFileSync('/nowhere/at/all')),
  );
  t.true(error instanceof DataError);
  t.is(error.message, 'runs/a.json: cannot read it (ENOENT): there is no such file; check the name');
});

test('a code without words of its own keeps those of the system', (t) => {
  const strange = Object.assign(new Error('EIO: i/o error, write'), { code: 'EIO', syscall: 'write' });
  t.is(
    fileError('a', 'write', strange).message,
    'a: cannot write it (EIO): EIO: i/o error, write; check the disk',
  );
});

test('any other error stays what it is', (t) => {
  for (const error of [
    new RangeError('no'),
    Object.assign(new Error('no'), { code: 'ERR_NO' }),
    new DataError('a', 'b', 'c'),
  ])
    t.is(fileError('a', 'read', error), error);
});

test('every refusal that a user can mend is said in words, with what to do', (t) => {
  const said = (doing: string, code: string): string =>
    fileError('a', doing, Object.assign(new Error(code), { code, syscall: 'x' })).message;
  const elsewhere = 'name another folder';
  for (const [code, found, remedy] of [
    ['ENOENT', 'there is no such file', 'check the name'],
    ['EISDIR', 'a folder, expected a file', 'move it away'],
    ['ENOTDIR', 'a part of the path is a file, expected a folder', `move that file away or ${elsewhere}`],
    ['EEXIST', 'a file, expected a folder', `move that file away or ${elsewhere}`],
    ['EACCES', 'permission denied', `change its permissions or ${elsewhere}`],
    ['EPERM', 'not permitted', `change its permissions or ${elsewhere}`],
    ['EROFS', 'the disk is read-only', elsewhere],
    ['ENOSPC', 'the disk is full', 'free some space'],
    ['EDQUOT', 'the disk quota is used up', 'free some space'],
    ['EFBIG', 'larger than the system allows', 'raise the limit (ulimit -f) or name another disk'],
  ])
    t.is(said('read', code), `a: cannot read it (${code}): ${found}; ${remedy}`);
  t.is(
    said('write', 'ENOENT'),
    `a: cannot write it (ENOENT): the system makes nothing of this name; ${elsewhere}`,
  );
});

test('what only looks like an error of the system stays what it is', (t) => {
  for (const error of [
    { code: 'ENOENT', syscall: 'open', message: 'no Error' },
    Object.assign(new Error('no code'), { syscall: 'open' }),
    Object.assign(new Error('no call'), { code: 'ENOENT' }),
  ])
    t.is(fileError('a', 'read', error) as unknown, error);
});
