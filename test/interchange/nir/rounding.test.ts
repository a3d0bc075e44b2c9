import test from 'ava';
import { roundedDown, roundedUp } from '../../../src/interchange/nir/rounding.js';

test('rounding: to the neighbour in float32 on the side that was asked for, a float32 to itself', (t) => {
  t.deepEqual([roundedDown(1 / 3), roundedUp(1 / 3)], [11184810 / 2 ** 25, 11184811 / 2 ** 25]);
  t.deepEqual([roundedDown(-1 / 3), roundedUp(-1 / 3)], [-11184810 / 2 ** 25, -11184811 / 2 ** 25]);
  for (const same of [0, 0.5, -2, Math.fround(0.1)])
    t.deepEqual([roundedDown(same), roundedUp(same)], [same, same]);
  for (let value = 1e-9; value < 1e9; value *= 1.7) {
    const [down, up] = [roundedDown(value), roundedUp(value)];
    t.true(down <= value && value <= up && up - down < value * 2 ** -22, String(value));
    t.is(Math.fround(down), down);
    t.is(Math.fround(up), up);
  }
});
