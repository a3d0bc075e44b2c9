import test from 'ava';
import { DataError } from '../../src/errors.js';
import { fuzz, type FuzzTarget } from './fuzz.js';

const target = (read: (bytes: Uint8Array) => number): FuzzTarget<number> => ({
  name: 'fuzz',
  originals: [Uint8Array.from({ length: 500 }, (_, i) => i & 255)],
  inputs: 300,
  read,
  check() {},
});

test('fuzz counts what is taken and refused, and why', (t) => {
  const report = fuzz(
    target((bytes) => {
      if (bytes.length < 500) throw new DataError('f', `${bytes.length} bytes, expected 500`, 'x');
      return 0;
    }),
  );
  t.true(report.accepted > 0 && report.refused > 0);
  t.is(report.accepted + report.refused, 300);
  t.is(report.reasons, 1, 'numbers do not make another reason');
});

test('fuzz sees an allocation that a damaged length asks for', (t) => {
  const report = fuzz(target((bytes) => new Float64Array(bytes[0] === 0 ? 0 : 10_000).length));
  t.true(report.allocation > 100, `${report.allocation}`);
});

test('fuzz fails on any other error and on an unsound result, naming the input', (t) => {
  const crash = target((bytes) => {
    if (bytes[5] !== 5) throw new TypeError('a crash');
    return 0;
  });
  const error = t.throws(() => fuzz(crash), { message: /^fuzz: input \d+ of seed 0, \d+ bytes$/ });
  t.true(error.cause instanceof TypeError);
  const unsound = {
    ...target((bytes) => bytes.length),
    check(length: number) {
      if (length !== 500) throw new Error('unsound');
    },
  };
  t.throws(() => fuzz(unsound), { message: /input \d+/ });
});
