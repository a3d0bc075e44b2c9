// The control block with several threads played by one: pool.test.ts has real ones.
import test from 'ava';
import { Control } from '../../../src/engines/event/control.js';
import type { Kernel } from '../../../src/engines/event/instance.js';

const never = (): boolean => false;
const always = (): boolean => true;

/** The calling thread and two workers over one block; every call of a kernel is noted. */
function open() {
  const caller = new Control();
  const workers = [1, 2].map((thread) => new Control(caller.buffer, thread));
  const calls: string[] = [];
  const kernels: Kernel[] = ['a', 'b'].map(
    (name) => (args, unit, scratch) => void calls.push(`${name}${args} unit ${unit} scratch ${scratch}`),
  );
  return { caller, workers, calls, kernels };
}

test('units of an op go to whoever asks, each once; nobody begins the next op before all are finished', (t) => {
  const { caller, workers, calls, kernels } = open();
  caller.open(5, 1000, 100, [
    { kernel: 0, args: 7, units: 3 },
    { kernel: 1, args: 8, units: 1 },
  ]);
  t.deepEqual(
    workers.map((worker) => worker.enter()),
    [5, 5],
  );
  t.false(workers[1].work(kernels, always)); // one unit, then a pause
  t.false(caller.work(kernels, always));
  t.deepEqual(calls, ['a7 unit 0 scratch 1200', 'a7 unit 1 scratch 1000']);
  // While the third unit runs, another thread finds nothing to do and the second op not begun.
  const running: Kernel[] = [
    (args, unit, scratch) => (t.false(caller.work(kernels, never)), kernels[0](args, unit, scratch)),
    kernels[1],
  ];
  t.true(workers[0].work(running, never));
  t.deepEqual(calls.slice(2), ['a7 unit 2 scratch 1100', 'b8 unit 0 scratch 1100']);
  t.true(caller.work(kernels, never));
  t.true(workers[1].work(kernels, never));
  t.is(calls.length, 4);
});

test('only an open batch can be entered; a closed one is left when all have gone, and the next begins from its first op', (t) => {
  const { caller, workers, calls, kernels } = open();
  t.is(workers[0].enter(), undefined);
  t.true(caller.left);
  caller.open(0, 0, 0, [{ kernel: 0, args: 1, units: 1 }]);
  t.is(workers[0].enter(), 0);
  t.true(workers[0].work(kernels, never));
  caller.close();
  t.false(caller.left);
  t.is(workers[1].enter(), undefined);
  workers[0].leave();
  t.true(caller.left);
  caller.open(9, 0, 0, [{ kernel: 1, args: 2, units: 2 }]);
  t.is(workers[0].enter(), 9);
  t.true(workers[0].work(kernels, never));
  t.deepEqual(calls, ['a1 unit 0 scratch 0', 'b2 unit 0 scratch 0', 'b2 unit 1 scratch 0']);
});

test('a kernel that throws ends the batch for all: which op, unit and thread and why; the first failure is kept', (t) => {
  const { caller, workers, calls, kernels } = open();
  caller.open(0, 0, 0, [
    { kernel: 0, args: 1, units: 1 },
    { kernel: 1, args: 2, units: 3 },
  ]);
  workers[1].enter();
  const throwing: Kernel[] = [
    kernels[0],
    (_, unit) => {
      if (unit === 1) throw new RangeError('out of bounds');
    },
  ];
  t.is(caller.failure, undefined);
  t.true(workers[1].work(throwing, never));
  caller.fail(0, 'later');
  t.deepEqual(caller.failure, { op: 1, unit: 1, thread: 2, text: 'out of bounds' });
  t.true(caller.work(kernels, never));
  t.is(calls.length, 1); // the failed batch is not gone on with
  workers[1].leave();
  caller.close();
  caller.open(0, 0, 0, []);
  t.is(caller.failure, undefined);
});

test('a long reason is cut off after 240 characters and overwrites no op', (t) => {
  const { caller, calls, kernels } = open();
  caller.open(0, 0, 0, [{ kernel: 1, args: 3, units: 2 }]);
  caller.work(kernels, always);
  caller.fail(1, 'é'.repeat(1000));
  t.is(caller.failure!.text, 'é'.repeat(240));
  caller.close();
  caller.open(0, 0, 0, [{ kernel: 0, args: 4, units: 1 }]);
  t.true(caller.work(kernels, never));
  t.deepEqual(calls, ['b3 unit 0 scratch 0', 'a4 unit 0 scratch 0']);
});

test('whatever others may wait for changes the event; rest returns at once when it has, and after its limit when not', (t) => {
  const { caller, workers } = open();
  for (const change of [
    () => caller.open(0, 0, 0, []),
    () => caller.posted(),
    () => workers[0].started(),
    () => caller.fail(0, ''),
  ]) {
    const { event } = workers[0];
    change();
    t.not(workers[0].event, event);
    workers[0].rest(event); // without a limit: a test that hangs here fails
  }
  t.deepEqual([caller.mail, caller.ready], [1, 1]);
  const started = performance.now();
  workers[0].rest(workers[0].event, 20);
  t.true(performance.now() - started >= 19);
});
