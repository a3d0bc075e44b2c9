import test from 'ava';
import { Arena, type Region } from '../../../src/engines/plan/arena.js';
import { stream } from '../../../src/random.js';

test('addresses are multiples of 64 from the start on; what is freed is used again, first fit', (t) => {
  const arena = new Arena(100);
  const [a, b, c] = [arena.alloc(1), arena.alloc(200), arena.alloc(64)];
  t.deepEqual(
    [a, b, c],
    [
      { address: 128, bytes: 64 },
      { address: 192, bytes: 256 },
      { address: 448, bytes: 64 },
    ],
  );
  t.is(arena.peak, 512);
  arena.release(a);
  arena.release(b);
  t.deepEqual(arena.alloc(300), { address: 128, bytes: 320 }); // both pieces, joined
  t.is(arena.peak, 512);
});

test('with another alignment all addresses and sizes are multiples of that', (t) => {
  const arena = new Arena(100, 256);
  t.deepEqual(arena.alloc(1), { address: 256, bytes: 256 });
  t.deepEqual(arena.alloc(257), { address: 512, bytes: 512 });
  t.is(arena.peak, 1024);
});

test('a piece at the end grows instead of being left behind', (t) => {
  const arena = new Arena(0);
  arena.alloc(64);
  arena.release(arena.alloc(64));
  t.deepEqual(arena.alloc(256), { address: 64, bytes: 256 });
  t.is(arena.peak, 320);
});

test('5000 seeded allocations and releases: no two regions overlap, the peak is the highest end, nothing is lost', (t) => {
  const { integer, chance } = stream(1, 'probe', 'arena');
  const arena = new Arena(4096);
  const held: Region[] = [];
  let highest = 4096;
  for (let i = 0; i < 5000; i++) {
    if (held.length > 0 && chance(0.5)) arena.release(held.splice(integer(0, held.length - 1), 1)[0]);
    else {
      const bytes = integer(1, 5000);
      const region = arena.alloc(bytes);
      highest = Math.max(highest, region.address + region.bytes);
      if (region.bytes < bytes || region.address % 64 !== 0 || region.address < 4096)
        t.fail(JSON.stringify(region));
      for (const other of held)
        if (region.address < other.address + other.bytes && other.address < region.address + region.bytes)
          t.fail(`${JSON.stringify(region)} overlaps ${JSON.stringify(other)}`);
      held.push(region);
    }
  }
  t.is(arena.peak, highest);
  for (const region of held) arena.release(region);
  t.deepEqual(arena.alloc(highest - 4096), { address: 4096, bytes: highest - 4096 }); // all of it is one piece again
  t.is(arena.peak, highest);
});
