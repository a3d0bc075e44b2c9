import test from 'ava';
import { UnsupportedError } from '../../../src/errors.js';
import { CAPACITY } from '../../../src/engines/event/memory-limit.js';
import { checkFits, checkModelFits, fittingPart } from '../../../src/engines/plan/fitting.js';

const { bytes: LIMIT } = CAPACITY;

test('exactly 4 GiB less one page fits, one byte more does not', (t) => {
  t.is(LIMIT, 2 ** 32 - 65536);
  t.notThrows(() => checkFits(CAPACITY, 'net', 8, () => LIMIT));
  t.throws(() => checkFits(CAPACITY, 'net', 1, () => LIMIT + 1), { instanceOf: UnsupportedError });
});

test('the largest batch that fits is named, found in few trials', (t) => {
  for (const fits of [1, 2, 63, 64, 999]) {
    const perExample = LIMIT / (fits + 0.5);
    let trials = 0;
    const bytesOf = (batch: number): number => (trials++, batch * perExample);
    t.notThrows(() => checkFits(CAPACITY, 'net', fits, bytesOf));
    const { message } = t.throws(() => checkFits(CAPACITY, 'net', 1000, bytesOf), {
      instanceOf: UnsupportedError,
    })!;
    t.true(message.endsWith(`the largest batch that fits is ${fits}`), message);
    t.regex(
      message,
      /^engine event: net: a batch of 1000 needs [\d.]+ GiB, WebAssembly can address 4\.00 GiB; /,
    );
    t.true(trials <= 12, String(trials));
  }
});

test('where not even one example fits, the message says so', (t) => {
  const { message } = t.throws(() => checkFits(CAPACITY, 'net', 5, (batch) => LIMIT + batch))!;
  t.regex(message, /not even a batch of 1 fits: take a smaller width$/);
});

test('a model that does not fit without any batch is refused with its size', (t) => {
  t.notThrows(() => checkModelFits(CAPACITY, 'net', LIMIT));
  t.throws(() => checkModelFits(CAPACITY, 'net-w5', LIMIT + 2 ** 30), {
    instanceOf: UnsupportedError,
    message:
      /^engine event: net-w5: parameters, gradients and optimizer need 5\.00 GiB, WebAssembly can address 4\.00 GiB; take a smaller width$/,
  });
});

test('a batch to evaluate is halved until it fits, down to one example', (t) => {
  const bytesOf = (batch: number): number => 10 * batch;
  const parts = [1000, 999, 500, 250, 40, 1].map((limit) => fittingPart(100, bytesOf, limit));
  t.deepEqual(parts, [100, 50, 50, 25, 4, 1]);
});
