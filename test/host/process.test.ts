// What the process or the page says of itself.
import os from 'node:os';
import test from 'ava';
import * as browser from '../../src/host/browser/process.js';
import * as node from '../../src/host/process.js';

/** Calls a function with another `navigator`. */
function withNavigator<Result>(navigator: object, call: () => Result): Result {
  const before = Object.getOwnPropertyDescriptor(globalThis, 'navigator');
  Object.defineProperty(globalThis, 'navigator', { value: navigator, configurable: true });
  try {
    return call();
  } finally {
    if (before) Object.defineProperty(globalThis, 'navigator', before);
    else Reflect.deleteProperty(globalThis, 'navigator');
  }
}

test.serial('node: variables, runtime, cores, memory', (t) => {
  process.env.SGS_TEST_VARIABLE = 'x';
  t.is(node.variable('SGS_TEST_VARIABLE'), 'x');
  process.env.SGS_TEST_VARIABLE = '';
  t.is(node.variable('SGS_TEST_VARIABLE'), undefined);
  delete process.env.SGS_TEST_VARIABLE;
  t.is(node.runtime(), `Node ${process.versions.node}`);
  t.is(node.cores(), os.availableParallelism());
  t.is(node.machineMemory(), os.totalmem());
});

test.serial('browser: its name as people know it, whatever it says besides', (t) => {
  const gecko = 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko)';
  for (const [userAgent, name] of [
    [`${gecko} Chrome/156.0.0.0 Safari/537.36`, 'Chrome 156.0.0.0'],
    [`${gecko} Chrome/156.0.0.0 Safari/537.36 Edg/156.1`, 'Edge 156.1'],
    ['Mozilla/5.0 (X11; rv:150.0) Gecko/20100101 Firefox/150.0', 'Firefox 150.0'],
    [
      'Mozilla/5.0 (Macintosh) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/26.1 Safari/605.1.15',
      'Safari 26.1',
    ],
    ['something else', 'a browser'],
  ])
    t.is(
      withNavigator({ userAgent }, () => browser.runtime()),
      name,
    );
});

test.serial('browser: cores and memory where it says them, else those of a small machine', (t) => {
  const said = withNavigator({ hardwareConcurrency: 8, deviceMemory: 0.5 }, () => [
    browser.cores(),
    browser.machineMemory(),
  ]);
  t.deepEqual(said, [8, 2 ** 29]);
  t.deepEqual(
    withNavigator({}, () => [browser.cores(), browser.machineMemory()]),
    [1, 2 ** 32],
  );
  t.is(browser.variable('SGS_THREADS'), undefined);
});
