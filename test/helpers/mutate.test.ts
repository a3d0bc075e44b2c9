import test from 'ava';
import { stream } from '../../src/random.js';
import { mutate } from './mutate.js';

const originals = [
  Uint8Array.from({ length: 300 }, (_, i) => i & 255),
  Uint8Array.from({ length: 40 }, () => 7),
];
const damaged = (i: number): Uint8Array => mutate(originals, stream(0, 'probe', 'mutate', i));

test('mutate is a function of its stream and leaves the originals alone', (t) => {
  const before = originals.map((bytes) => bytes.slice());
  for (let i = 0; i < 200; i++) t.deepEqual(damaged(i), damaged(i));
  t.deepEqual(originals, before);
});

test('mutate gives nearly always another file, shorter, longer and of the same length, never much longer', (t) => {
  const inputs = Array.from({ length: 1000 }, (_, i) => damaged(i));
  const same = inputs.filter((bytes) => originals.some((original) => Buffer.from(original).equals(bytes)));
  t.true(same.length < 50, `${same.length} unchanged`);
  t.true(inputs.some((bytes) => bytes.length > 300));
  t.true(inputs.some((bytes) => bytes.length < 40));
  t.true(inputs.filter((bytes) => bytes.length === 300).length > 50);
  t.true(Math.max(...inputs.map((bytes) => bytes.length)) <= 300 + 4 * 1024);
  t.true(new Set(inputs.map((bytes) => Buffer.from(bytes).toString('hex'))).size > 900);
});

test('mutate takes an empty file', (t) => {
  for (let i = 0; i < 200; i++) t.notThrows(() => mutate([new Uint8Array(0)], stream(1, 'probe', i)));
});
