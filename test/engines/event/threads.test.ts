import { availableParallelism } from 'node:os';
import test from 'ava';
import { SettingsError } from '../../../src/errors.js';
import { threadCount } from '../../../src/engines/event/threads.js';

test.afterEach(() => {
  delete process.env.SGS_THREADS;
});

test.serial('threads: the option, else SGS_THREADS, else one for each core', (t) => {
  t.is(threadCount(), Math.min(availableParallelism(), 256));
  process.env.SGS_THREADS = '3';
  t.is(threadCount(), 3);
  t.is(threadCount(5), 5);
  process.env.SGS_THREADS = '';
  t.is(threadCount(), Math.min(availableParallelism(), 256));
});

test.serial('threads: other values are refused by name', (t) => {
  for (const value of [0, -1, 1.5, NaN, 257])
    t.throws(() => threadCount(value), {
      instanceOf: SettingsError,
      message: /^threads is \S+: expected a whole number from 1 to 256;/,
    });
  for (const value of ['0', 'two', '1.5', '1e2', ' 2', '-1', '257']) {
    process.env.SGS_THREADS = value;
    const { message } = t.throws(() => threadCount(), { instanceOf: SettingsError });
    t.true(message.startsWith(`SGS_THREADS is "${value}": expected a whole number from 1 to 256;`), message);
  }
});
