import test from 'ava';
import { allocationMeter } from './allocation.js';

/** Bytes that a function allocates. */
function bytesOf(run: () => void): number {
  const meter = allocationMeter();
  try {
    run();
    return meter.bytes;
  } finally {
    meter.stop();
  }
}

test('buffers, typed arrays and copies are counted, views are not', (t) => {
  t.is(
    bytesOf(() => new Float32Array(10)),
    40,
  );
  t.is(
    bytesOf(() => new ArrayBuffer(7)),
    7,
  );
  const buffer = new ArrayBuffer(64);
  t.is(
    bytesOf(() => new Uint16Array(buffer, 2, 3)),
    0,
  );
  t.is(
    bytesOf(() => Uint8Array.from([1, 2, 3])),
    3,
  );
  t.is(
    bytesOf(() => Buffer.alloc(9)),
    9,
  );
  const source = new Uint8Array(5);
  t.is(
    bytesOf(() => new Uint8Array(source)),
    5,
    'a copy',
  );
});

test('after stop the constructors are the old ones', (t) => {
  const before = Uint8Array;
  const meter = allocationMeter();
  t.not(globalThis.Uint8Array, before);
  meter.stop();
  t.is(globalThis.Uint8Array, before);
  t.true(new Uint8Array(1) instanceof before);
});
