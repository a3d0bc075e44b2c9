import test from 'ava';
import { MAXIMUM_PAGES, PAGE } from '../../../src/engines/event/memory-limit.js';
import { FIRST_ADDRESS, ModelMemory } from '../../../src/engines/event/model-memory.js';

test('memory is as large as asked for in whole pages, grows when more is needed and never shrinks; contents stay', (t) => {
  const memory = new ModelMemory(FIRST_ADDRESS + 1);
  const bytes = (): number => memory.memory.buffer.byteLength;
  t.is(bytes(), 2 * PAGE);
  memory.words(FIRST_ADDRESS, 1)[0] = 42;
  memory.reach(2 * PAGE);
  t.is(bytes(), 2 * PAGE);
  memory.reach(5 * PAGE - 1);
  t.is(bytes(), 5 * PAGE);
  memory.reach(1);
  t.is(bytes(), 5 * PAGE);
  t.is(memory.words(FIRST_ADDRESS, 1)[0], 42);
  memory.floats(5 * PAGE - 4, 1)[0] = 1; // the grown part can be used
  t.true(memory.memory.buffer instanceof SharedArrayBuffer);
});

test('what cannot be had is an error with the size and what to do', (t) => {
  const memory = new ModelMemory(PAGE);
  const tooMuch = (MAXIMUM_PAGES + 1) * PAGE;
  for (const ask of [() => memory.reach(tooMuch), () => void new ModelMemory(tooMuch)])
    t.throws(ask, {
      name: 'UnsupportedError',
      message: /engine event: 4\.00 GiB of memory cannot be allocated \(.+\); take a smaller batch or width/,
    });
});

test('the views of an address are views of the same bytes', (t) => {
  const memory = new ModelMemory(2 * PAGE);
  memory.floats(FIRST_ADDRESS, 2).set([0, 1]);
  t.deepEqual([...memory.words(FIRST_ADDRESS, 2)], [0, 0x3f800000]);
  t.deepEqual([...memory.doubles(FIRST_ADDRESS, 1)], [2 ** -7]);
});
