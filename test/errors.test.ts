import test from 'ava';
import { DamagedError, DataError, LeaseError, SettingsError } from '../src/errors.js';

test('a DataError says which file, what was found and what to do; a damaged file is one', (t) => {
  const error = new DamagedError('a.json', 'ends at byte 7', 'restore it');
  t.true(error instanceof DataError);
  t.is(error.message, 'a.json: ends at byte 7; restore it');
  t.is(error.file, 'a.json');
});

test('every error is told by its name', (t) => {
  t.is(String(new SettingsError('x')), 'SettingsError: x');
  t.is(String(new DamagedError('f', 'x', 'y')), 'DamagedError: f: x; y');
  t.is(String(new LeaseError('x', 'lost')), 'LeaseError: x');
});
