// The digest of a file in the file itself; test/records/checkpoint.test.ts flips bits of whole ones.
import test from 'ava';
import { sha256 } from '../../src/hash.js';
import { isSealed, SEAL, seal, UNSEALED } from '../../src/records/seal.js';

const text = (digits: string): Buffer => Buffer.from(`head {"${SEAL}":"${digits}","x":1} values`);

test('seal: SHA-256 of all bytes, the digits as zeros, in the place of the zeros', (t) => {
  const bytes = text(UNSEALED);
  const digest = sha256(text(UNSEALED));
  t.is(seal(bytes), bytes);
  t.deepEqual(bytes, text(digest));
  t.true(isSealed(bytes));
});

test('isSealed: any other digit, any other byte, and bytes without a digest are not', (t) => {
  const whole = seal(text(UNSEALED));
  for (let at = 0; at < whole.length; at++) {
    const bytes = whole.slice();
    bytes[at] ^= 1;
    t.false(isSealed(bytes), String(at));
  }
  t.false(isSealed(text(UNSEALED)));
  t.false(isSealed(new Uint8Array()));
});

test('isSealed: bytes that begin with what would be their digest have none', (t) => {
  const rest = 'anything';
  t.false(isSealed(Buffer.from(sha256(`${UNSEALED}${rest}`) + rest)));
});
