import test from 'ava';
import { float } from '../../../src/engines/event/op.js';

test('float: the bits of a float32, rounded to the nearest, as the 32-bit integer that an argument is', (t) => {
  t.is(float(0), 0);
  t.is(float(1), 0x3f800000);
  t.is(float(-2), 0xc0000000 | 0);
  t.is(float(-Infinity), 0xff800000 | 0);
  const back = (value: number): number => new Float32Array(Int32Array.of(float(value)).buffer)[0];
  for (const value of [0.1, -1 / 3, 1e-40, 3e38]) t.is(back(value), Math.fround(value));
});
