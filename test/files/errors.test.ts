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
