// Event streams: column widths and the check of time order.
import test from 'ava';
import { emptyStream, firstStepBack } from '../../../src/data/events/events.js';

test('emptyStream: one byte a coordinate up to 256 pixels, two above', (t) => {
  const small = emptyStream(128, 256, 3);
  t.true(small.x instanceof Uint8Array && small.y instanceof Uint8Array);
  const wide = emptyStream(346, 260, 3);
  t.true(wide.x instanceof Uint16Array && wide.y instanceof Uint16Array);
  t.deepEqual([small.count, small.x.length, small.y.length, small.t.length, small.p.length], [3, 3, 3, 3, 3]);
});

test('firstStepBack: equal neighbours and negative times are in order; the first decrease is named', (t) => {
  const at = (...times: number[]): number =>
    firstStepBack({ ...emptyStream(1, 1, times.length), t: Int32Array.from(times) });
  t.is(at(), -1);
  t.is(at(5), -1);
  t.is(at(-7, -7, 0, 3, 3), -1);
  t.is(at(0, 4, 3, 2), 2);
  t.is(at(2147483647, -2147483648), 1);
});
